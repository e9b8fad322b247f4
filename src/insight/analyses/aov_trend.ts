import { z } from 'zod'
import { sql, steps, w } from '../../warehouse/index.ts'
import { column } from '../columns.ts'
import type { Analysis } from '../contract.ts'
import { addDays, salesLines, salesNote } from '../sales.ts'
import { mannKendall } from '../statistics/trend.ts'
import { both, num, pct, pValue } from '../words.ts'

export const aovTrend: Analysis<Record<string, never>> = {
  id: 'aov_trend',
  layer: 'descriptive',
  name: { zh: '客单价趋势', en: 'Order value trend' },
  question: { zh: '平均每单金额在升还是降？', en: 'Is the average order worth more or less than before?' },
  definition: {
    zh: `客单价 = 当月有效销售额 ÷ 当月订单数；中位数为订单金额的中位数。趋势用 Mann–Kendall 检验与 Theil–Sen 斜率，只看窗口内的完整月份。${salesNote.zh}`,
    en: `Order value = valid sales of the month ÷ orders of the month; median: of the orders' amounts. Trend by the Mann–Kendall test and the Theil–Sen slope over the full months of the window. ${salesNote.en}`,
  },
  params: z.strictObject({}),
  run: async (scope, _params, tools) => {
    const rows = await tools.query<{ month: string; aov: number; median: number; orders: number }>(
      steps(
        {
          lines: salesLines(scope, tools),
          orders: sql`select order_key, person_id, ${tools.days.month(sql`min(ordered_at)`)} as month, sum(amount) as amount from lines group by 1, 2`,
        },
        sql`
          select month, ${w.ratio(sql`sum(amount)`, sql`count(*)`)} as aov, ${w.median(sql`amount`)} as median, count(*) as orders
          from orders
          group by 1
          order by 1`,
      ),
    )
    const first = addDays(scope.asOf, -scope.windowDays)
    const full = rows.filter(
      (x) => x.month < scope.asOf.slice(0, 7) && (x.month > first.slice(0, 7) || first.endsWith('-01')),
    )
    const trend = mannKendall(full.map((x) => x.aov))
    const start = full[0]?.aov ?? 0
    const change = full.length > 1 && start ? (trend.slope * (full.length - 1)) / start : 0
    const clear = trend.p < 0.05 && Math.abs(change) >= 0.03
    const orders = rows.reduce((sum, x) => sum + x.orders, 0)
    const aov = orders ? rows.reduce((sum, x) => sum + x.aov * x.orders, 0) / orders : null
    return {
      columns: [
        column('month', 'text', '月份', 'Month'),
        column('aov', 'money', '客单价', 'Order value', { unit: 'money' }),
        column('median', 'money', '订单金额中位数', 'Median order', { unit: 'money' }),
        column('orders', 'int', '订单数', 'Orders'),
      ],
      rows,
      figures: {
        aov: { value: aov, text: both('客单价', 'Order value'), unit: 'money' },
        slope: {
          value: full.length > 3 ? trend.slope : null,
          text: both('每月变化', 'Change per month'),
          unit: 'money',
        },
      },
      findings:
        full.length < 4 || aov === null
          ? []
          : clear
            ? [
                {
                  text: both(
                    `客单价在 ${full.length} 个完整月内${change > 0 ? '上升' : '下降'}约 ${pct(Math.abs(change))}（每月 ${num(trend.slope, 2)}，${pValue(trend.p)}）。`,
                    `The order value ${change > 0 ? 'rose' : 'fell'} by about ${pct(Math.abs(change))} over ${full.length} full months (${num(trend.slope, 2)} a month, ${pValue(trend.p)}).`,
                  ),
                  advice:
                    change > 0
                      ? both(
                          '核对是提价还是多件购买带来的上升，保持有效的搭配。',
                          'Check whether prices or more pieces per order lift it, and keep what works.',
                        )
                      : both(
                          '用组合装、满减门槛和搭配推荐稳住客单价，并检查折扣力度。',
                          'Hold it with bundles, spend-and-save thresholds and matching offers; check the discounts.',
                        ),
                },
              ]
            : [
                {
                  text: both(
                    `客单价平均 ${num(aov, 2)}，${full.length} 个完整月内无显著趋势（${pValue(trend.p)}）。`,
                    `The order value is ${num(aov, 2)} on average, with no sure trend over ${full.length} full months (${pValue(trend.p)}).`,
                  ),
                },
              ],
      chart: { kind: 'line', x: 'month', y: ['aov', 'median'] },
    }
  },
}
