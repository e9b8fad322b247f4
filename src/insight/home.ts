import { fillText, type Text } from '../base/text.ts'
import { addDays, saleDefinition } from '../segments/index.ts'
import { id, sql, steps, w } from '../warehouse/index.ts'
import type { AnalysisTools, Scope } from './contract.ts'
import { salesLines } from './sales.ts'
import { both, money, pct } from './words.ts'

export interface HomeView {
  readonly asOf: string
  readonly cards: readonly {
    readonly id: 'customers' | 'active' | 'new' | 'revenue' | 'repurchase_rate' | 'completeness'
    readonly value: number | null
    readonly previous: number | null
    readonly unit: 'count' | 'money' | 'percent'
    readonly definition: Text
    /** A rule that finds the people behind the number. */
    readonly people?: string
  }[]
  readonly revenueByMonth: readonly { readonly month: string; readonly revenue: number; readonly orders: number }[]
  readonly changes: readonly { readonly text: Text; readonly size: number }[]
  readonly empty: boolean
}

/** Shares, 0–1; asked from quality. */
export type Completeness = () => Promise<{ value: number | null; previous: number | null }>

const spanDays = 30

/** The home page of a day: six cards against the period before, sales by month, what changed most. */
export async function homeView(
  scope: Scope,
  tools: AnalysisTools,
  completeness: Completeness | undefined,
): Promise<HomeView> {
  const day = (back: number): Date => tools.days.startOf(addDays(scope.asOf, -back))
  const [to, mid, from] = [day(0), day(spanDays), day(2 * spanDays)]
  const [year, yearBefore] = [day(365), day(730)]
  const orders = sql`select person_id, order_key, min(ordered_at) as bought_at, sum(amount) as amount from lines group by 1, 2`
  const lines = salesLines(scope, tools, 'ever')
  const [figures] = await tools.query<Record<string, number>>(
    steps(
      {
        lines,
        orders,
        people: sql`
          select person_id, min(bought_at) as first_at, max(bought_at) as last_at, max(case when bought_at < ${mid} then bought_at end) as last_before,
            ${w.countIf(sql`bought_at >= ${year}`)} as in_year, ${w.countIf(sql`bought_at >= ${yearBefore} and bought_at < ${year}`)} as in_year_before,
            coalesce(sum(case when bought_at >= ${mid} then amount end), 0) as revenue,
            coalesce(sum(case when bought_at >= ${from} and bought_at < ${mid} then amount end), 0) as revenue_before
          from orders
          group by 1`,
      },
      sql`
        select ${w.countIf(sql`last_at >= ${day(90)}`)} as active, ${w.countIf(sql`last_before >= ${day(90 + spanDays)}`)} as active_before,
          ${w.countIf(sql`first_at >= ${mid}`)} as fresh, ${w.countIf(sql`first_at >= ${from} and first_at < ${mid}`)} as fresh_before,
          ${w.countIf(sql`in_year >= 1`)} as buyers, ${w.countIf(sql`in_year >= 2`)} as again,
          ${w.countIf(sql`in_year_before >= 1`)} as buyers_before, ${w.countIf(sql`in_year_before >= 2`)} as again_before,
          coalesce(sum(revenue), 0) as revenue, coalesce(sum(revenue_before), 0) as revenue_before
        from people`,
    ),
  )
  const [count] = await tools.query<{ customers: number }>(
    sql`select count(*) as customers from ${tools.people} people`,
  )
  const revenueByMonth = await tools.query<{ month: string; revenue: number; orders: number }>(
    steps(
      { lines: salesLines(scope, tools, tools.days.startOf(`${addDays(scope.asOf, -365).slice(0, 7)}-01`)), orders },
      sql`select ${tools.days.month(sql`bought_at`)} as month, sum(amount) as revenue, count(*) as orders from orders group by 1 order by 1`,
    ),
  )
  const x = figures!
  const share = (a: number, b: number): number | null => (b ? a / b : null)
  const quality = await completeness?.()
  return {
    asOf: scope.asOf,
    cards: [
      {
        id: 'customers',
        value: count!.customers,
        previous: null,
        unit: 'count',
        definition: both('去重合并后的客户数。', 'People after duplicates were linked.'),
      },
      {
        id: 'active',
        value: x['active']!,
        previous: x['active_before']!,
        unit: 'count',
        definition: both(
          '近 90 天有有效消费的客户；对比 30 天前。',
          'People with a valid purchase in the last 90 days; against 30 days ago.',
        ),
        people: 'orders.count(90d) >= 1',
      },
      {
        id: 'new',
        value: x['fresh']!,
        previous: x['fresh_before']!,
        unit: 'count',
        definition: both(
          '首次有效消费在近 30 天内的客户；对比再前 30 天。',
          'People whose first valid purchase was in the last 30 days; against the 30 days before.',
        ),
        people: `first_order.days <= ${spanDays}`,
      },
      {
        id: 'revenue',
        value: x['revenue']!,
        previous: x['revenue_before']!,
        unit: 'money',
        definition: fillText(
          both(
            '近 30 天有效销售额；对比再前 30 天。{zh}',
            'Valid sales of the last 30 days; against the 30 days before. {en}',
          ),
          saleDefinition,
        ),
        people: `orders.count(${spanDays}d) >= 1`,
      },
      {
        id: 'repurchase_rate',
        value: share(x['again']!, x['buyers']!),
        previous: share(x['again_before']!, x['buyers_before']!),
        unit: 'percent',
        definition: both(
          '近 365 天下单 ≥ 2 次的客户 ÷ 下单客户；对比再前 365 天。',
          'People with ≥ 2 orders in 365 days ÷ people with an order; against the 365 days before.',
        ),
        people: 'orders.count(365d) >= 2',
      },
      {
        id: 'completeness',
        value: quality?.value ?? null,
        previous: quality?.previous ?? null,
        unit: 'percent',
        definition: both(
          '客户关键字段已填写的比例；未评估时不显示。',
          'Share of key customer fields that are filled; not shown before it was measured.',
        ),
      },
    ],
    revenueByMonth,
    changes: await changesOf(scope, tools, { to, mid, from }),
    empty: count!.customers === 0,
  }
}

/** The three groups whose sales changed most against the 30 days before. */
async function changesOf(
  scope: Scope,
  tools: AnalysisTools,
  t: { to: Date; mid: Date; from: Date },
): Promise<HomeView['changes']> {
  const dimensions = [
    ['category', '品类', 'Category'],
    ['region', '区域', 'Region'],
    ['channel', '渠道', 'Channel'],
  ] as const
  const parts = dimensions.map(
    ([name]) => sql`
    select ${name} as dimension, ${id(name)} as value, coalesce(sum(case when ordered_at >= ${t.mid} then amount end), 0) as now,
      coalesce(sum(case when ordered_at < ${t.mid} then amount end), 0) as before
    from lines
    where ${id(name)} is not null
    group by 2`,
  )
  const rows = await tools.query<{ dimension: string; value: string; now: number; before: number }>(
    steps(
      {
        lines: salesLines(scope, tools, t.from),
        grouped: sql`${parts[0]!} union all ${parts[1]!} union all ${parts[2]!}`,
      },
      sql`select * from grouped where before > 0 and now <> before order by abs(now - before) desc, dimension, value ${w.page(3, 0)}`,
    ),
  )
  return rows.map((x) => {
    const [, zh, en] = dimensions.find(([name]) => name === x.dimension)!
    const up = x.now > x.before
    const change = `${money(Math.abs(x.now - x.before))}, ${pct(Math.abs(x.now / x.before - 1))}`
    return {
      text: both(
        `${zh}“${x.value}”的销售额较前 30 天${up ? '增加' : '减少'} ${change}`,
        `${en} "${x.value}": sales ${up ? 'up' : 'down'} ${change} against the 30 days before`,
      ),
      size: x.now - x.before,
    }
  })
}
