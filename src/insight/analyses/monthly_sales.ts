import { z } from 'zod'
import { sql, steps } from '../../warehouse/index.ts'
import { column } from '../columns.ts'
import type { Analysis } from '../contract.ts'
import { salesLines, salesNote } from '../sales.ts'
import { both, money, num, pct } from '../words.ts'

export const monthlySales: Analysis<Record<string, never>> = {
  id: 'monthly_sales',
  layer: 'descriptive',
  name: { zh: '月度销售', en: 'Monthly sales' },
  question: { zh: '每月卖了多少，来自多少客户？', en: 'How much was sold each month, and to how many customers?' },
  definition: {
    zh: `窗口内有效销售额、订单数与购买客户数，按工作区时区的自然月；首尾月可能不完整。${salesNote.zh}`,
    en: `Valid sales, orders and buyers in the window by calendar month of the workspace's zone; the first and last month may be incomplete. ${salesNote.en}`,
  },
  params: z.strictObject({}),
  run: async (scope, _params, tools) => {
    const rows = await tools.query<{ month: string; revenue: number; orders: number; customers: number }>(
      steps(
        {
          lines: salesLines(scope, tools),
          orders: sql`select person_id, order_key, ${tools.days.month(sql`min(ordered_at)`)} as month, sum(amount) as amount from lines group by 1, 2`,
        },
        sql`select month, sum(amount) as revenue, count(*) as orders, count(distinct person_id) as customers from orders group by 1 order by 1`,
      ),
    )
    const total = rows.reduce((sum, x) => sum + x.revenue, 0)
    const best = rows.reduce<(typeof rows)[number] | undefined>(
      (a, b) => (a && a.revenue >= b.revenue ? a : b),
      undefined,
    )
    return {
      columns: [
        column('month', 'text', '月份', 'Month'),
        column('revenue', 'money', '销售额', 'Sales', { unit: 'money' }),
        column('orders', 'int', '订单数', 'Orders'),
        column('customers', 'int', '购买客户', 'Buyers'),
      ],
      rows,
      figures: {
        revenue: { value: total, text: both('销售额', 'Sales'), unit: 'money' },
        orders: { value: rows.reduce((sum, x) => sum + x.orders, 0), text: both('订单数', 'Orders') },
      },
      findings:
        best && rows.length >= 3
          ? [
              {
                text: both(
                  `窗口内销售额 ${money(total)}，最高月为 ${best.month}（${pct(best.revenue / total)}，${num(best.customers)} 位客户）。`,
                  `Sales of ${money(total)} in the window; the best month is ${best.month} (${pct(best.revenue / total)}, ${num(best.customers)} customers).`,
                ),
              },
            ]
          : [],
      chart: { kind: 'bar', x: 'month', y: ['revenue'] },
    }
  },
}
