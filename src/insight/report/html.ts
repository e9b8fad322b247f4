import type { Locale, Text } from '../../base/text.ts'
import type { AnalysisResult } from '../contract.ts'
import { show, short } from '../format.ts'
import { lightInk } from './chart.ts'
import { reportStyle } from './style.ts'
import { chartSvg } from './svg.ts'
import type { Report, ReportSection } from './spec.ts'

const words = {
  brand: { zh: '百川 · 客户分析报告', en: 'Tributary · Customer report' },
  period: { zh: '{from} 至 {to}（{days} 天）', en: '{from} to {to} ({days} days)' },
  everyone: { zh: '全部客户', en: 'All customers' },
  against: { zh: '较上期', en: 'against before' },
  conclusions: { zh: '核心结论与建议', en: 'Conclusions and advice' },
  data: { zh: '数据与清洗', en: 'Data and cleaning' },
  sources: { zh: '数据来源', en: 'Sources' },
  cleaning: { zh: '清洗处理', en: 'Cleaning' },
  rows: { zh: '行数', en: 'Rows' },
  step: { zh: '步骤', en: 'Step' },
  source: { zh: '来源', en: 'Source' },
  dataset: { zh: '数据集', en: 'Data set' },
  scope: {
    zh: '范围内 {people} 位客户，{orders} 个订单，有效销售额 {amount}。',
    en: '{people} customers in scope, {orders} orders, valid sales of {amount}.',
  },
  comparison: { zh: '与上次运行比较', en: 'Against the last run' },
  metric: { zh: '指标', en: 'Figure' },
  before: { zh: '上次', en: 'Last run' },
  after: { zh: '本次', en: 'This run' },
  change: { zh: '变化', en: 'Change' },
  definition: { zh: '口径', en: 'Definition' },
  more: {
    zh: '共 {n} 行，此处列出前 {shown} 行；全部数据见 Excel 导出。',
    en: '{n} rows, the first {shown} are listed; the Excel export has all.',
  },
  empty: { zh: '所选范围与时间内没有数据。', en: 'No data for this scope and period.' },
  advice: { zh: '建议：', en: 'Advice: ' },
  footer: {
    zh: '运行于 {at}（{zone}）。数字口径见各节“口径”。',
    en: 'Run at {at} ({zone}). Each section carries its definition.',
  },
} as const satisfies Record<string, Text>

/** Texts of people and of data come in here: everything is escaped. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}

const shownRows = 30

/** A report as one HTML page that needs nothing else: charts are inline SVG in the page's own colours. */
export async function reportHtml(report: Report, locale: Locale, zone: string): Promise<string> {
  const say = (name: keyof typeof words, values: Record<string, unknown> = {}): string =>
    words[name][locale].replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''))
  const { spec } = report
  const at = when(report.runs[0]?.at ?? report.createdAt, zone)
  const chips = [
    say('period', {
      from: addDays(spec.period.asOf, -spec.period.windowDays),
      to: addDays(spec.period.asOf, -1),
      days: spec.period.windowDays,
    }),
    [spec.scope.region, spec.scope.people, spec.scope.activeWithinDays ? `≤ ${spec.scope.activeWithinDays} d` : '']
      .filter(Boolean)
      .join(' · ') || say('everyone'),
    `${at} · ${zone}`,
  ]
  const sections = await Promise.all(report.sections.map((s, i) => section(s, i + 1, locale, say)))
  return `<!doctype html>
<html lang="${locale === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(spec.name)}</title>
<style>${reportStyle}</style>
</head>
<body>
<header><div>
<div class="brand">${say('brand')}</div>
<h1>${escapeHtml(spec.name)}</h1>
${spec.goal ? `<p class="goal">${escapeHtml(spec.goal)}</p>` : ''}
<ul class="chips">${chips.map((c) => `<li>${escapeHtml(c)}</li>`).join('')}</ul>
</div></header>
<main>
${cards(report, locale, say)}
${conclusions(report, locale, say)}
${comparison(report, locale, say)}
${sections.join('\n')}
${data(report, locale, say)}
</main>
<footer>${escapeHtml(say('footer', { at, zone }))}</footer>
</body>
</html>
`
}

type Say = (name: keyof typeof words, values?: Record<string, unknown>) => string

function cards(report: Report, locale: Locale, say: Say): string {
  const shown = report.metrics.filter((m) => !m.id.startsWith('level_'))
  const one = (m: Report['metrics'][number]): string => {
    const value =
      m.value !== null && m.type !== 'percent' && Math.abs(m.value) >= 1e6
        ? short(m.value, locale)
        : show(m.value, m, locale)
    const change =
      m.previous && m.value !== null ? (m.type === 'percent' ? m.value - m.previous : m.value / m.previous - 1) : null
    const unit = m.type === 'percent' ? (locale === 'zh' ? ' 个百分点' : ' pp') : '%'
    const text =
      change === null
        ? ''
        : `<i class="${change > 0 ? 'up' : change < 0 ? 'down' : ''}">${change > 0 ? '▲' : change < 0 ? '▼' : '■'} ${Math.abs(change * 100).toFixed(1)}${unit}</i> <i>${say('against')}</i>`
    return `<div class="card"><span>${escapeHtml(m.text[locale])}</span><b>${escapeHtml(value)}</b>${text}</div>`
  }
  return `<div class="cards">${shown.map(one).join('')}</div>`
}

function conclusions(report: Report, locale: Locale, say: Say): string {
  if (!report.conclusions.length) return ''
  const items = report.conclusions.map(
    (c) =>
      `<li><p>${escapeHtml(c.text[locale])}</p><p class="advice">${say('advice')}${escapeHtml(c.advice[locale])}</p></li>`,
  )
  return `<section><h2>${say('conclusions')}</h2><ol class="conclusions">${items.join('')}</ol></section>`
}

function comparison(report: Report, locale: Locale, say: Say): string {
  if (!report.comparison?.changes.length) return ''
  const rows = report.comparison.changes.map((c) => {
    const difference = c.after - c.before
    const sign = difference > 0 ? '+' : difference < 0 ? '−' : ''
    return `<tr><td class="t">${escapeHtml(c.metric[locale])}</td><td class="n">${show(c.before, c, locale)}</td><td class="n">${show(c.after, c, locale)}</td><td class="n ${difference > 0 ? 'up' : difference < 0 ? 'down' : ''}">${sign}${show(Math.abs(difference), c, locale)}</td></tr>`
  })
  return `<section><h2>${say('comparison')} <small>${escapeHtml(report.comparison.at.slice(0, 10))}</small></h2><div class="scroll"><table><thead><tr><th>${say('metric')}</th><th class="n">${say('before')}</th><th class="n">${say('after')}</th><th class="n">${say('change')}</th></tr></thead><tbody>${rows.join('')}</tbody></table></div></section>`
}

async function section(s: ReportSection, n: number, locale: Locale, say: Say): Promise<string> {
  const svg = await chartSvg(s.result, locale, { prefix: `s${n}-` })
  const findings = (s.result.findings ?? []).map(
    (f) =>
      `<li><p>${escapeHtml(f.text[locale])}</p>${f.advice ? `<p class="advice">${say('advice')}${escapeHtml(f.advice[locale])}</p>` : ''}</li>`,
  )
  return `<section id="${escapeHtml(s.id)}"><h2><small>${String(n).padStart(2, '0')}</small>${escapeHtml(s.title[locale])}</h2>
${s.question ? `<p class="question">${escapeHtml(s.question[locale])}</p>` : ''}
${s.problem ? `<p class="problem">${escapeHtml(s.problem[locale])}</p>` : s.result.rows.length ? '' : `<p class="problem">${say('empty')}</p>`}
${svg ? `<figure role="img" aria-label="${escapeHtml(s.title[locale])}">${inPageColours(svg)}</figure>` : ''}
${findings.length ? `<ul class="findings">${findings.join('')}</ul>` : ''}
${tableOf(s.result, locale, say)}
<details><summary>${say('definition')}</summary><p>${escapeHtml(s.definition[locale])}</p></details></section>`
}

function tableOf(result: AnalysisResult, locale: Locale, say: Say): string {
  if (!result.rows.length) return ''
  const number = (type: string): boolean => type !== 'text' && type !== 'date'
  const head = result.columns.map((c) => `<th${number(c.type) ? ' class="n"' : ''}>${escapeHtml(c.text[locale])}</th>`)
  const rows = result.rows
    .slice(0, shownRows)
    .map(
      (row) =>
        `<tr>${result.columns.map((c) => `<td class="${number(c.type) ? 'n' : 't'}">${escapeHtml(show(row[c.name], c, locale))}</td>`).join('')}</tr>`,
    )
  const more =
    result.rows.length > shownRows
      ? `<p class="more">${say('more', { n: result.rows.length, shown: shownRows })}</p>`
      : ''
  return `<div class="scroll" tabindex="0"><table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>${more}`
}

function data(report: Report, locale: Locale, say: Say): string {
  const number = (n: number, type: 'int' | 'money' = 'int'): string => show(n, { type }, locale)
  const sources = report.data.sources.map(
    (s) =>
      `<tr><td>${escapeHtml(s.source)}</td><td>${escapeHtml(s.dataset)}</td><td class="n">${number(s.rows)}</td></tr>`,
  )
  const steps = report.cleaning.map(
    (c) => `<tr><td>${escapeHtml(c.step[locale])}</td><td class="n">${number(c.rows)}</td></tr>`,
  )
  return `<section><h2>${say('data')}</h2><p class="question">${escapeHtml(say('scope', { people: number(report.data.people), orders: number(report.data.orders), amount: number(report.data.amount, 'money') }))}</p>
<div class="two">${sources.length ? `<div><h3>${say('sources')}</h3><table><thead><tr><th>${say('source')}</th><th>${say('dataset')}</th><th class="n">${say('rows')}</th></tr></thead><tbody>${sources.join('')}</tbody></table></div>` : ''}
${steps.length ? `<div><h3>${say('cleaning')}</h3><table><thead><tr><th>${say('step')}</th><th class="n">${say('rows')}</th></tr></thead><tbody>${steps.join('')}</tbody></table></div>` : ''}</div></section>`
}

/** The chart's text and line colours become the page's, so that they follow light, dark and print. */
function inPageColours(svg: string): string {
  const swap: Readonly<Record<string, string>> = {
    [lightInk.text]: 'var(--ink)',
    [lightInk.faint]: 'var(--faint)',
    [lightInk.line]: 'var(--line)',
  }
  return Object.entries(swap).reduce((text, [from, to]) => text.replaceAll(from, to), svg)
}

function addDays(day: string, n: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)
}

function when(at: string, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(at),
  )
}
