import { z } from 'zod'
import { sql, steps } from '../../warehouse/index.ts'
import { column, levelNames } from '../columns.ts'
import type { Analysis } from '../contract.ts'
import { salesLines, salesNote } from '../sales.ts'
import { both, num, pct } from '../words.ts'

const params = z.strictObject({
  by: z.enum(['decile', 'category', 'channel', 'region', 'store', 'level']).default('decile'),
})
type Params = z.infer<typeof params>

const groupText = {
  decile: ['客户十分位（1 为消费最高）', 'Decile of customers (1 spends most)'],
  category: ['品类', 'Category'],
  channel: ['渠道', 'Channel'],
  region: ['区域', 'Region'],
  store: ['门店', 'Store'],
  level: ['RFM 等级', 'RFM level'],
} as const

export const salesContribution: Analysis<Params> = {
  id: 'sales_contribution',
  layer: 'descriptive',
  name: { zh: '销售额贡献', en: 'Sales contribution' },
  question: {
    zh: '销售额由谁贡献，集中在多少客户身上？',
    en: 'Who brings the sales, and on how few customers do they rest?',
  },
  definition: {
    zh: `窗口内有效销售额按所选维度分组；十分位把有消费的客户按金额从高到低分成十等份（并列按编号），累计占比从最高开始。${salesNote.zh}`,
    en: `Valid sales in the window by the chosen dimension; deciles split buyers by amount, highest first, into ten equal parts (ties by id), cumulative from the top. ${salesNote.en}`,
  },
  params,
  run: async (scope, { by }, tools) => {
    const group = by === 'decile' ? sql`10 - ntile(10) over (order by amount, person_id desc) + 1` : sql`label`
    const label =
      by === 'level'
        ? sql`s.level`
        : by === 'decile'
          ? sql`null`
          : { category: sql`l.category`, channel: sql`l.channel`, region: sql`l.region`, store: sql`l.store` }[by]
    const rows = await tools.query<{ label: string | number | null; customers: number; amount: number }>(
      steps(
        {
          lines: salesLines(scope, tools),
          spending: sql`
            select l.person_id, ${label} as label, sum(l.amount) as amount
            from lines l
            left join ${tools.rfm} s on s.person_id = l.person_id
            group by 1, 2`,
          grouped: sql`select person_id, amount, ${group} as label from spending`,
        },
        sql`
          select label, count(*) as customers, sum(amount) as amount
          from grouped
          group by 1
          order by ${by === 'decile' ? sql`1` : sql`3 desc, 1`}`,
      ),
    )
    const total = rows.reduce((sum, x) => sum + x.amount, 0)
    let running = 0
    const table = rows.map((x) => {
      running += x.amount
      return {
        group: x.label === null ? null : String(x.label),
        customers: x.customers,
        amount: x.amount,
        share: x.amount / total,
        cumulative: running / total,
      }
    })
    const [zh, en] = groupText[by]
    const buyers = rows.reduce((sum, x) => sum + x.customers, 0)
    const top20 = by === 'decile' && buyers >= 10 ? table[1]!.cumulative : null
    const leader = table[0]
    return {
      columns: [
        column('group', 'text', zh, en, by === 'level' ? { values: levelNames } : {}),
        column('customers', 'int', '客户数', 'Customers'),
        column('amount', 'money', '销售额', 'Sales', { unit: 'money' }),
        column('share', 'percent', '占比', 'Share'),
        column('cumulative', 'percent', '累计占比', 'Cumulative share'),
      ],
      rows: table,
      figures: {
        amount: { value: total, text: both('销售额', 'Sales'), unit: 'money' },
        ...(top20 === null
          ? {}
          : {
              top20: {
                value: top20,
                text: both('消费最高的 20% 客户的销售额占比', 'Share of sales of the top 20% of customers'),
                unit: 'percent',
              },
            }),
      },
      findings:
        top20 !== null
          ? [
              {
                text: both(
                  `消费最高的 20% 客户贡献了 ${pct(top20)} 的销售额。`,
                  `The top 20% of customers bring ${pct(top20)} of sales.`,
                ),
                advice:
                  top20 >= 0.6
                    ? both(
                        '销售高度集中：优先保障这部分客户的服务与库存，并培育第二梯队。',
                        'Sales rest on few: look after these customers first, and build a second tier.',
                      )
                    : both(
                        '销售较为分散：以提升整体频次与客单价为主。',
                        'Sales are spread out: work on frequency and basket of all customers.',
                      ),
              },
            ]
          : leader && leader.group !== null && table.length > 1
            ? [
                {
                  text: both(
                    `“${levelNames[leader.group]?.zh ?? leader.group}”贡献最高：${num(leader.customers)} 位客户，占销售额 ${pct(leader.share)}。`,
                    `"${levelNames[leader.group]?.en ?? leader.group}" brings most: ${num(leader.customers)} customers, ${pct(leader.share)} of sales.`,
                  ),
                },
              ]
            : [],
      chart: { kind: 'bar', x: 'group', y: ['share'] },
    }
  },
}
