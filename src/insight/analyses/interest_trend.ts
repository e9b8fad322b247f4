import { z } from 'zod'
import { NotEnoughDataError } from '../../base/errors.ts'
import { id, list, sql, steps, w, type Sql } from '../../warehouse/index.ts'
import { column } from '../columns.ts'
import type { Analysis, AnalysisTools, Scope } from '../contract.ts'
import { bounds, salesLines } from '../sales.ts'
import { proportionTrend } from '../statistics/trend.ts'
import { both, num, pct, pValue } from '../words.ts'

const params = z.strictObject({
  /** Products marked limited, or those of a category or brand. */
  of: z.enum(['limited', 'category', 'brand']).default('limited'),
  /** Which category or brand. */
  value: z.string().default(''),
  /** Names of events that are views of a product. */
  views: z
    .array(z.string())
    .default(['view', 'product_view', 'product_viewed', 'view_item', 'Product Viewed', 'browse', '浏览', '浏览商品']),
})
type Params = z.infer<typeof params>

const least = 100

export const interestTrend: Analysis<Params> = {
  id: 'interest_trend',
  layer: 'diagnostic',
  name: { zh: '兴趣趋势', en: 'Interest trend' },
  question: {
    zh: '客户对某类商品（如限量款）的兴趣在升还是降？',
    en: 'Is the interest in a kind of product (such as limited editions) rising or falling?',
  },
  definition: {
    zh: '每月：该类商品的浏览次数 ÷ 全部带商品编号的浏览次数；该类商品的有效销售行 ÷ 全部有效销售行。趋势用 Cochran–Armitage 检验，起止为加权最小二乘的拟合值。限定人群时只计已识别客户的浏览。',
    en: 'By month: views of such products ÷ all views with a product number; valid sales lines of such products ÷ all valid sales lines. Trend by the Cochran–Armitage test; first and last are fitted by weighted least squares. With people in scope only views of known customers count.',
  },
  params,
  run: async (scope, { of, value, views }, tools) => {
    const columns = [
      column('month', 'text', '月份', 'Month'),
      column('views', 'int', '该类浏览', 'Views of it'),
      column('all_views', 'int', '全部浏览', 'All views'),
      column('view_share', 'percent', '浏览占比', 'Share of views'),
      column('sales', 'int', '该类销售行', 'Lines of it sold'),
      column('all_sales', 'int', '全部销售行', 'All lines sold'),
      column('sales_share', 'percent', '购买占比', 'Share of sales lines'),
    ]
    if (!tools.tables.some((t) => t.name === 'product')) return { columns, rows: [] }
    const kind =
      of === 'limited'
        ? sql`max(case when limited then 1 else 0 end)`
        : sql`max(case when ${id(of)} = ${value} then 1 else 0 end)`
    const products = sql`select sku, ${kind} as wanted from product where sku is not null group by 1`
    const seen = await monthly(tools, { products, acts: viewsOf(scope, tools, views) })
    const bought = await monthly(tools, {
      products,
      acts: sql`select sku, ordered_at as happened_at from (${salesLines(scope, tools)}) l`,
    })
    const months = [...new Set([...seen, ...bought].map((x) => x.month))].sort()
    if (![...seen, ...bought].some((x) => x.wanted)) return { columns, rows: [] }
    const total = Math.max(...[seen, bought].map((x) => x.reduce((sum, m) => sum + m.n, 0)))
    if (months.length < 3 || total < least)
      throw new NotEnoughDataError('not_enough_data', {
        method: 'interest_trend',
        need: `3 months and ${least} views or sales`,
        got: `${months.length}, ${total}`,
      })
    const at = (rows: readonly Month[], month: string): Month =>
      rows.find((x) => x.month === month) ?? { month, n: 0, wanted: 0 }
    const rows = months.map((month) => {
      const [v, s] = [at(seen, month), at(bought, month)]
      return {
        month,
        views: v.wanted,
        all_views: v.n,
        view_share: v.n ? v.wanted / v.n : null,
        sales: s.wanted,
        all_sales: s.n,
        sales_share: s.n ? s.wanted / s.n : null,
      }
    })
    const name = of === 'limited' ? both('限量款', 'limited editions') : both(value, value)
    const trends = [
      { of: both('浏览占比', 'share of views'), ...trendOf(seen) },
      { of: both('购买占比', 'share of sales lines'), ...trendOf(bought) },
    ].filter((t) => t.total >= least)
    return {
      columns,
      rows,
      figures: {
        view_slope: {
          value: trends.find((t) => t.of.en === 'share of views')?.slope ?? null,
          text: both('浏览占比每月变化', 'Change of the share of views a month'),
          unit: 'percent',
        },
        sales_slope: {
          value: trends.find((t) => t.of.en !== 'share of views')?.slope ?? null,
          text: both('购买占比每月变化', 'Change of the share of sales a month'),
          unit: 'percent',
        },
      },
      findings: trends
        .filter((t) => t.p < 0.01 && t.first > 0 && Math.abs(t.last / t.first - 1) >= 0.1)
        .map((t) => {
          const falls = t.slope < 0
          return {
            text: both(
              `${name.zh}的${t.of.zh}由 ${pct(t.first)} ${falls ? '降' : '升'}至 ${pct(Math.max(0, t.last))}（${num(t.months)} 个月，${pValue(t.p)}）。`,
              `The ${t.of.en} of ${name.en} ${falls ? 'fell' : 'rose'} from ${pct(t.first)} to ${pct(Math.max(0, t.last))} (${num(t.months)} months, ${pValue(t.p)}).`,
            ),
            advice: falls
              ? both(
                  '减少同质款，改用抢先购与会员专属款重新制造稀缺，并访谈流失兴趣的老客。',
                  'Make fewer look-alikes, bring scarcity back with early access and member-only editions, and ask those who lost interest.',
                )
              : both(
                  '增加供给与曝光，优先给高价值客户。',
                  'Add supply and visibility, for high-value customers first.',
                ),
          }
        }),
      chart: { kind: 'line', x: 'month', y: ['view_share', 'sales_share'] },
    }
  },
}

interface Month extends Record<string, unknown> {
  month: string
  n: number
  wanted: number
}

function monthly(tools: AnalysisTools, parts: { products: Sql; acts: Sql }): Promise<Month[]> {
  return tools.query<Month>(
    steps(
      { products: parts.products, acts: parts.acts },
      sql`
        select ${tools.days.month(sql`acts.happened_at`)} as month, count(*) as n, coalesce(sum(products.wanted), 0) as wanted
        from acts
        join products on products.sku = acts.sku
        group by 1
        order by 1`,
    ),
  )
}

function viewsOf(scope: Scope, tools: AnalysisTools, names: readonly string[]): Sql {
  if (!tools.tables.some((t) => t.name === 'event')) return sql`select null as sku, null as happened_at where 1 = 0`
  const { from, to } = bounds(scope, tools)
  const known = scope.people
    ? sql`join person_key k on k.key_type = 'ref' and k.key_value = ${w.concat(sql`e.space`, sql`':'`, sql`e.customer_id`)}
      join ${tools.people} people on people.person_id = k.person_id`
    : sql``
  return sql`
    select e.sku, e.occurred_at as happened_at
    from event e
    ${known}
    where e.occurred_at >= ${from} and e.occurred_at < ${to}
      and (e.event in ${list(names)} or e.type in ${list(names)})`
}

function trendOf(rows: readonly Month[]) {
  return {
    total: rows.reduce((sum, x) => sum + x.n, 0),
    months: rows.length,
    ...proportionTrend(
      rows.map((x) => x.wanted),
      rows.map((x) => x.n),
    ),
  }
}
