import { z } from 'zod'
import { sql, steps, w, type Sql } from '../../warehouse/index.ts'
import { column } from '../columns.ts'
import type { Analysis } from '../contract.ts'
import { bounds, salesLines, salesNote } from '../sales.ts'
import { twoProportions } from '../statistics/trend.ts'
import { both, num, pct, pValue } from '../words.ts'

export const repurchase: Analysis<Record<string, never>> = {
  id: 'repurchase',
  layer: 'descriptive',
  name: { zh: '复购率', en: 'Repurchase rate' },
  question: { zh: '多少客户会再次购买，趋势如何？', en: 'How many customers buy again, and how does it move?' },
  definition: {
    zh: `复购率 = 窗口内下单 ≥ 2 次的客户 ÷ 窗口内下单的客户；上期为紧邻的同长窗口。月度：当月下单客户中，此前（含当月更早）已下过单的占比。${salesNote.zh}`,
    en: `Repurchase rate = customers with ≥ 2 orders in the window ÷ customers with an order in it; the period before is the window of the same length just before. By month: the share of the month's buyers who had ordered before (earlier in the month included). ${salesNote.en}`,
  },
  params: z.strictObject({}),
  run: async (scope, _params, tools) => {
    const [now, before] = [bounds(scope, tools), bounds(scope, tools, 1)]
    const orders = {
      lines: salesLines(scope, tools, 'ever'),
      orders: sql`
        select person_id, order_key, min(ordered_at) as ordered_at, ${w.monthText(sql`min(local_at)`)} as month
        from lines
        group by 1, 2`,
    }
    const within = (from: Date, to: Date): Sql => w.countIf(sql`ordered_at >= ${from} and ordered_at < ${to}`)
    const [rate] = await tools.query<Record<'buyers' | 'again' | 'buyers_before' | 'again_before', number>>(
      steps(
        {
          ...orders,
          people: sql`
            select person_id, ${within(now.from, now.to)} as n, ${within(before.from, before.to)} as n_before
            from orders
            group by 1`,
        },
        sql`
          select ${w.countIf(sql`n >= 1`)} as buyers, ${w.countIf(sql`n >= 2`)} as again,
            ${w.countIf(sql`n_before >= 1`)} as buyers_before, ${w.countIf(sql`n_before >= 2`)} as again_before
          from people`,
      ),
    )
    const months = await tools.query<{ month: string; buyers: number; again: number }>(
      steps(
        {
          ...orders,
          numbered: sql`select person_id, month, ordered_at, row_number() over (partition by person_id order by ordered_at, order_key) as nth from orders`,
        },
        sql`
          select month, count(distinct person_id) as buyers, count(distinct case when nth > 1 then person_id end) as again
          from numbered
          where ordered_at >= ${now.from}
          group by 1
          order by 1`,
      ),
    )
    const { buyers, again, buyers_before, again_before } = rate!
    const value = buyers ? again / buyers : null
    const earlier = buyers_before ? again_before / buyers_before : null
    const p = twoProportions({ hits: again, of: buyers }, { hits: again_before, of: buyers_before })
    return {
      columns: [
        column('month', 'text', '月份', 'Month'),
        column('buyers', 'int', '购买客户', 'Buyers'),
        column('returning', 'int', '再次购买的客户', 'Who had bought before'),
        column('rate', 'percent', '老客占比', 'Share who had bought before'),
      ],
      rows: months.map((m) => ({ month: m.month, buyers: m.buyers, returning: m.again, rate: m.again / m.buyers })),
      figures: {
        rate: { value, text: both('复购率', 'Repurchase rate'), unit: 'percent' },
        before: { value: earlier, text: both('上期复购率', 'Repurchase rate in the period before'), unit: 'percent' },
        buyers: { value: buyers, text: both('购买客户', 'Buyers') },
      },
      findings: value === null ? [] : [finding(value, earlier, buyers, p, scope.windowDays)],
      chart: { kind: 'line', x: 'month', y: ['rate'] },
    }
  },
}

function finding(value: number, earlier: number | null, buyers: number, p: number, windowDays: number) {
  const sure = earlier !== null && p < 0.05
  const change =
    earlier === null
      ? both('', '')
      : sure
        ? value > earlier
          ? both(`，较上期 ${pct(earlier)} 上升（${pValue(p)}）`, `, up from ${pct(earlier)} (${pValue(p)})`)
          : both(`，较上期 ${pct(earlier)} 下降（${pValue(p)}）`, `, down from ${pct(earlier)} (${pValue(p)})`)
        : both(`，与上期 ${pct(earlier)} 无显著差异`, `, no sure change from ${pct(earlier)}`)
  return {
    text: both(
      `近 ${windowDays} 天 ${num(buyers)} 位购买客户中，${pct(value)} 购买了两次以上${change.zh}。`,
      `Of ${num(buyers)} buyers in ${windowDays} days, ${pct(value)} bought at least twice${change.en}.`,
    ),
    advice:
      sure && value < earlier!
        ? both(
            '复购在下滑：先看购买周期拉长的等级，再对只买过一次的客户做首单后 30 天的二购引导。',
            'Repurchase is falling: see which level buys at longer intervals, and lead one-time buyers to a second order within 30 days.',
          )
        : both(
            '对只买过一次的客户，在首单后 30 天内引导第二单。',
            'Lead one-time buyers to a second order within 30 days of the first.',
          ),
    people: `orders.count(${windowDays}d) = 1`,
  }
}
