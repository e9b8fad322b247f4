import type { Locale } from '../../base/text.ts'
import { column } from '../columns.ts'
import { xlsx, type Sheet } from '../export/xlsx.ts'
import { show } from '../format.ts'
import type { Report } from './spec.ts'

/** A report as a workbook: a summary, then a sheet per section with all of its rows. */
export function reportXlsx(report: Report, locale: Locale): Promise<Uint8Array> {
  const zh = locale === 'zh'
  const { spec } = report
  const figures: Sheet = {
    name: zh ? '核心指标' : 'Figures',
    notes: [spec.name, spec.goal, `${spec.period.asOf} · ${spec.period.windowDays} ${zh ? '天' : 'days'}`].filter(
      Boolean,
    ),
    columns: [
      column('metric', 'text', '指标', 'Figure'),
      column('value', 'text', '数值', 'Value'),
      column('previous', 'text', '上期', 'Period before'),
      column('last_run', 'text', '上次运行', 'Last run'),
    ],
    rows: report.metrics.map((m) => ({
      metric: m.text[locale],
      value: show(m.value, m, locale),
      previous: m.previous === null ? null : show(m.previous, m, locale),
      last_run: lastRun(report, m, locale),
    })),
  }
  const conclusions: Sheet = {
    name: zh ? '结论与建议' : 'Conclusions',
    columns: [
      column('text', 'text', '结论', 'Conclusion'),
      column('advice', 'text', '建议', 'Advice'),
      column('people', 'text', '人群规则', 'Rule for the people'),
    ],
    rows: report.conclusions.map((c) => ({ text: c.text[locale], advice: c.advice[locale], people: c.people ?? null })),
  }
  const sections = report.sections.map((s): Sheet => ({
    name: s.title[locale],
    notes: [
      s.title[locale],
      ...(s.problem ? [s.problem[locale]] : []),
      `${zh ? '口径：' : 'Definition: '}${s.definition[locale]}`,
    ],
    columns: s.result.columns,
    rows: s.result.rows,
  }))
  const data: Sheet = {
    name: zh ? '数据与清洗' : 'Data and cleaning',
    columns: [
      column('source', 'text', '来源 / 步骤', 'Source / step'),
      column('dataset', 'text', '数据集', 'Data set'),
      column('rows', 'int', '行数', 'Rows'),
    ],
    rows: [
      ...report.data.sources.map((s) => ({ ...s })),
      ...report.cleaning.map((c) => ({ source: c.step[locale], dataset: null, rows: c.rows })),
    ],
  }
  return xlsx([figures, conclusions, ...sections, data], locale)
}

function lastRun(report: Report, m: Report['metrics'][number], locale: Locale): string | null {
  const change = report.comparison?.changes.find((c) => c.metric.en === m.text.en)
  return change ? show(change.before, m, locale) : null
}
