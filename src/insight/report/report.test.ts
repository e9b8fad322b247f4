import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seeded } from '../../base/random.ts'
import { createSegments, segmentTables } from '../../segments/index.ts'
import { openSmallGround, type SmallGround } from '../../testing/small-ground.ts'
import { sql } from '../../warehouse/index.ts'
import { createInsight, insightTables, type Insight, type ReportSpec } from '../index.ts'
import { chartSvg } from './svg.ts'
import { findChromium } from './pdf.ts'

let ground: SmallGround
let insight: Insight
let now = Date.UTC(2024, 5, 30, 12)
const by = { actor: 'test' }
const spec: ReportSpec = {
  name: '高价值客户复购 <b>&',
  goal: '提升高价值客户复购率',
  scope: {},
  period: { asOf: '2024-07-01', windowDays: 365 },
  metrics: [],
  analyses: [],
  locale: 'zh',
}

beforeAll(async () => {
  ground = await openSmallGround([...segmentTables, ...insightTables])
  Object.defineProperty(ground, 'clock', { value: () => now })
  const segments = createSegments(ground)
  insight = createInsight(ground, {
    segments,
    cleaning: async () => [{ step: { zh: '去重', en: 'Duplicates' }, rows: 7 }],
  })
  ground.register([...segments.projectors, ...insight.projectors])
  const random = seeded(7)
  const people = Array.from({ length: 300 }, (_, i) => `p${String(i).padStart(3, '0')}`)
  const category = ['羽绒服', 'T恤', '牛仔裤', '围巾', '=cmd()']
  const regions = ['广东省', '浙江省', '北京市']
  await ground.fill(
    'profile',
    people.map((person_id, i) => ({ person_id, name: `客户${i}`, region: regions[i % 3] })),
  )
  await ground.fill(
    'purchase',
    people
      .slice(0, 280)
      .flatMap((person_id, i) =>
        Array.from({ length: 1 + random.int(i % 10 ? 6 : 20) }, (_, k) => ({
          person_id,
          order_id: `${i}-${k}`,
          ordered_at: new Date(Date.UTC(2024, 6, 1) - random.int(600) * 86_400_000 - 3_600_000),
          amount: 50 + random.int(500) * (i % 10 ? 1 : 3),
          category: category[random.int(5)],
          region: regions[i % 3],
          channel: i % 2 ? '门店' : '商城',
        })),
      )
      .map((row) => ({ ...row, ordered_at: row.ordered_at.toISOString().slice(0, 19) })),
  )
  await segments.refresh({ asOf: '2024-07-01', windowDays: 365 })
})
afterAll(async () => ground.close())

describe('a report', () => {
  it('runs the six steps, is kept, and is compared with its last run', async () => {
    const { id } = await insight.reports.put(spec, by)
    const first = await insight.reports.run(id)
    expect(first.comparison).toBeUndefined()
    expect(first.data).toMatchObject({ people: 300 })
    expect(first.cleaning).toEqual([{ step: { zh: '去重', en: 'Duplicates' }, rows: 7 }])
    expect(first.sections.map((s) => s.id)).toContain('rfm_levels')
    expect(first.conclusions.length).toBeGreaterThan(0)
    expect(first.conclusions[0]!.text.zh).toMatch(/占比 [\d.]+%（\d+ 人），贡献 [\d.]+% 的销售额/)
    const [total] = await ground.warehouse.query<{ n: number; amount: number }>(
      sql`select count(distinct order_id) as n, sum(amount) as amount from purchase where ordered_at >= timestamp '2023-07-02'`,
    )
    expect(first.data).toMatchObject({ orders: total!.n, amount: total!.amount })

    await ground.fill('purchase', [
      { person_id: 'p000', order_id: 'new', ordered_at: '2024-06-30 10:00:00', amount: 1000 },
    ])
    now += 60_000
    const second = await insight.reports.run((await insight.reports.put({ ...spec, goal: '新目标' }, by)).id)
    expect(second.id).toBe(id)
    expect(second.comparison?.changes.find((c) => c.metric.en === 'Orders')).toMatchObject({
      before: total!.n,
      after: total!.n + 1,
    })
    expect(second.comparison?.changes.find((c) => c.metric.en === 'Sales')).toMatchObject({
      before: total!.amount,
      after: total!.amount + 1000,
    })
    expect((await insight.reports.list())[0]).toMatchObject({ id, runs: [{}, {}] })

    await expect(insight.reports.get('none')).rejects.toThrow(/none/)
  })

  it('says what is wrong with a spec', async () => {
    await expect(insight.reports.put({ ...spec, analyses: ['nothing'] }, by)).rejects.toThrow(/rfm_levels/)
    await expect(insight.reports.put({ ...spec, period: { asOf: '1.7.2024', windowDays: 365 } }, by)).rejects.toThrow(
      /YYYY-MM-DD/,
    )
    await expect(insight.reports.put({ ...spec, name: '' }, by)).rejects.toThrow(/name/)
  })

  it('is one page without anything from elsewhere, in both languages, with its data drawn', async () => {
    const [{ id }] = (await insight.reports.list()) as unknown as [{ id: string }]
    const report = await insight.reports.get(id)
    const zh = await insight.html(report)
    const en = await insight.html(report, 'en')
    for (const page of [zh, en]) {
      expect(page).not.toMatch(/<script|src=|href=|url\((?!#)|@import|NaN|undefined|\[object/)
      expect(page).not.toContain('<b>&')
      expect(page).toContain('&#60;b&#62;&#38;')
      expect(page.match(/<svg/g)!.length).toBeGreaterThanOrEqual(7)
      expect(page).toContain('var(--ink)')
    }
    expect(zh).toContain('lang="zh-CN"')
    expect(zh).toContain('核心结论与建议')
    expect(en).toContain('Conclusions and advice')
    expect(en.replace(/高价值客户复购|提升高价值客户复购率|新目标/g, '')).not.toMatch(/建议|口径|等级/)
  })

  it('is a workbook that reads back equal', async () => {
    const [{ id }] = (await insight.reports.list()) as unknown as [{ id: string }]
    const report = await insight.reports.get(id)
    const book = await readXlsx(await insight.xlsx(report))
    expect(book.sheets).toHaveLength(report.sections.length + 3)
    const levels = report.sections.find((s) => s.id === 'rfm_levels')!
    const sheet = book.sheets.find((s) => s.name === levels.title.zh)!
    const rows = sheet.rows.slice(-levels.result.rows.length)
    expect(rows.map((r) => r.slice(1, 5))).toEqual(
      levels.result.rows.map((r) => [r['customers'], r['customer_share'], r['amount'], r['amount_share']]),
    )
    const all = JSON.stringify(book.sheets.map((s) => s.rows))
    expect(all).toContain("'=cmd()")
    expect(all).not.toContain('"=cmd()"')
  })

  it.skipIf(!findChromium())('prints to PDF with the system browser (skipped where there is none)', async () => {
    const [{ id }] = (await insight.reports.list()) as unknown as [{ id: string }]
    const pdf = Buffer.from(await insight.pdf(await insight.reports.get(id)))
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.length).toBeGreaterThan(30_000)
  })

  it('says what to install when there is no browser', async () => {
    const { htmlToPdf } = await import('./pdf.ts')
    await expect(htmlToPdf('<p>x</p>', undefined, '/nowhere/chromium')).rejects.toThrow(/CHROMIUM_PATH/)
  })
})

describe('charts', () => {
  it('draw the numbers they are given, the same every time', async () => {
    const result = await insight.run('rfm_levels')
    const svg = (await chartSvg(result, 'zh'))!
    for (const row of result.rows)
      expect(svg).toContain(`${Math.round((row['customer_share'] as number) * 1000) / 10}%`)
    expect(svg).toContain('流失风险')
    expect(await chartSvg(result, 'zh')).toBe(svg)
    expect(await chartSvg({ ...result, rows: [] }, 'zh')).toBeUndefined()
  })
})

describe('home', () => {
  it('has six cards and what changed', async () => {
    const home = await insight.home()
    expect(home.cards.map((c) => c.id)).toEqual([
      'customers',
      'active',
      'new',
      'revenue',
      'repurchase_rate',
      'completeness',
    ])
    expect(home.cards[5]).toMatchObject({ value: null })
    expect(home.empty).toBe(false)
    expect(home.revenueByMonth.at(-1)!.month).toBe('2024-06')
    const [sum] = await ground.warehouse.query<{ s: number }>(
      sql`select sum(amount) as s from purchase where ordered_at >= timestamp '2024-06-01'`,
    )
    expect(home.cards[3]!.value).toBe(sum!.s)
  })
})

describe('kept reports', () => {
  it('are the same after a rebuild', async () => {
    const [{ id, runs }] = (await insight.reports.list()) as unknown as [{ id: string; runs: { run: string }[] }]
    const before = await Promise.all(runs.map((r) => insight.reports.get(id, r.run)))
    expect(before).toHaveLength(2)
    await ground.projection.rebuild()
    expect(await Promise.all(runs.map((r) => insight.reports.get(id, r.run)))).toEqual(before)
  })
})
