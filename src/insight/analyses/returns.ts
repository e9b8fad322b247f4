import { z } from 'zod'
import { sql, steps, w, type Sql } from '../../warehouse/index.ts'
import { column } from '../columns.ts'
import type { Analysis } from '../contract.ts'
import { bounds } from '../sales.ts'
import { twoProportions } from '../statistics/trend.ts'
import { both, num, pct, pValue } from '../words.ts'

const params = z.strictObject({
  by: z.enum(['category', 'month', 'channel', 'store', 'region', 'product_name']).default('category'),
})
type Params = z.infer<typeof params>

const names = {
  category: ['品类', 'Category'],
  month: ['月份', 'Month'],
  channel: ['渠道', 'Channel'],
  store: ['门店', 'Store'],
  region: ['区域', 'Region'],
  product_name: ['商品', 'Product'],
} as const

export const returns: Analysis<Params> = {
  id: 'returns',
  layer: 'descriptive',
  name: { zh: '退货', en: 'Returns' },
  question: { zh: '什么被退得多，何时退得多？', en: 'What is sent back most, and when?' },
  definition: {
    zh: '退货率 = 窗口内退货与取消的行数 ÷ 有效销售行数；金额占比 = 退货金额 ÷ 有效销售额；都按退货或销售发生的月份归属，不追溯到原订单。',
    en: 'Return rate = lines returned or cancelled in the window ÷ valid sales lines; share of money = amount returned ÷ valid sales; each counts where it happened, not traced back to the original order.',
  },
  params,
  run: async (scope, { by }, tools) => {
    const { from, to } = bounds(scope, tools)
    const group: Sql =
      by === 'month'
        ? tools.days.month(sql`p.ordered_at`)
        : {
            category: sql`p.category`,
            channel: sql`p.channel`,
            store: sql`p.store`,
            region: sql`p.region`,
            product_name: sql`p.product_name`,
          }[by]
    const rows = await tools.query<{
      group: string | null
      sold: number
      returned: number
      returned_amount: number
      sold_amount: number
    }>(
      steps(
        {
          lines: sql`
            select ${group} as grp, p.kind, p.amount
            from purchase p
            join ${tools.people} people on people.person_id = p.person_id
            where p.ordered_at >= ${from} and p.ordered_at < ${to}
              and (p.kind in ('return', 'cancellation') or p.kind = 'sale' and p.amount > 0 and coalesce(p.quantity, 1) > 0)`,
        },
        sql`
          select grp as "group", ${w.countIf(sql`kind = 'sale'`)} as sold, ${w.countIf(sql`kind <> 'sale'`)} as returned,
            coalesce(sum(case when kind <> 'sale' then abs(amount) end), 0) as returned_amount,
            coalesce(sum(case when kind = 'sale' then amount end), 0) as sold_amount
          from lines
          group by 1
          order by ${by === 'month' ? sql`1` : sql`3 desc, 1`}
          ${w.page(200, 0)}`,
      ),
    )
    const sold = rows.reduce((sum, x) => sum + x.sold, 0)
    const returned = rows.reduce((sum, x) => sum + x.returned, 0)
    const rate = sold ? returned / sold : null
    const worst = rows
      .filter((x) => x.group !== null && x.sold >= 100 && rate !== null && x.returned / x.sold > rate * 1.2)
      .map((x) => ({
        ...x,
        p: twoProportions(
          { hits: Math.min(x.returned, x.sold), of: x.sold },
          { hits: Math.min(returned - x.returned, sold - x.sold), of: sold - x.sold },
        ),
      }))
      // Several groups are tried: Bonferroni.
      .filter((x) => x.p * rows.length < 0.05)
      .sort((a, b) => b.returned / b.sold - a.returned / a.sold)
      .slice(0, 3)
    const [zh, en] = names[by]
    return {
      columns: [
        column('group', 'text', zh, en),
        column('sold', 'int', '销售行', 'Lines sold'),
        column('returned', 'int', '退货行', 'Lines returned'),
        column('rate', 'percent', '退货率', 'Return rate'),
        column('returned_amount', 'money', '退货金额', 'Amount returned', { unit: 'money' }),
        column('amount_share', 'percent', '退货金额占比', 'Share of sales returned'),
      ],
      rows: rows.map((x) => ({
        group: x.group,
        sold: x.sold,
        returned: x.returned,
        rate: x.sold ? x.returned / x.sold : null,
        returned_amount: x.returned_amount,
        amount_share: x.sold_amount ? x.returned_amount / x.sold_amount : null,
      })),
      figures: {
        rate: { value: rate, text: both('退货率', 'Return rate'), unit: 'percent' },
        returned: { value: returned, text: both('退货行', 'Lines returned') },
      },
      findings: [
        ...(rate === null
          ? []
          : [
              {
                text: both(
                  `窗口内退货率 ${pct(rate)}（${num(returned)} / ${num(sold)} 行）。`,
                  `The return rate in the window is ${pct(rate)} (${num(returned)} of ${num(sold)} lines).`,
                ),
              },
            ]),
        ...worst.map((x) => ({
          text: both(
            `${zh}“${x.group}”的退货率 ${pct(x.returned / x.sold)}，明显高于总体 ${pct(rate!)}（${pValue(x.p)}）。`,
            `${en} "${x.group}": return rate ${pct(x.returned / x.sold)}, clearly above ${pct(rate!)} overall (${pValue(x.p)}).`,
          ),
          advice: both(
            '查看其退货原因与评价，核对描述、尺码与质检。',
            'Look at the reasons and reviews; check description, sizes and quality control.',
          ),
        })),
      ],
      chart: { kind: by === 'month' ? 'line' : 'bar', x: 'group', y: ['rate'] },
    }
  },
}
