import { z } from 'zod'
import { fillText } from '../../base/text.ts'
import { sql, steps, w } from '../../warehouse/index.ts'
import { column, levelNames } from '../columns.ts'
import type { Analysis, AnalysisResult } from '../contract.ts'
import { allRfmLevels, salesLines, salesNote } from '../sales.ts'
import { both, money, num, pct } from '../words.ts'

type Found = {
  level: string
  customers: number
  amount: number
  recency: number
  frequency: number
  monetary: number
  aov: number | null
  category: string | null
}

const columns = [
  column('level', 'text', '等级', 'Level', { values: levelNames }),
  column('customers', 'int', '客户数', 'Customers'),
  column('customer_share', 'percent', '客户占比', 'Share of customers'),
  column('amount', 'money', '销售额', 'Sales', { unit: 'money' }),
  column('amount_share', 'percent', '销售额占比', 'Share of sales'),
  column('avg_recency', 'number', '平均最近消费（天）', 'Mean days since last order', { unit: 'day' }),
  column('avg_frequency', 'number', '平均订单数', 'Mean orders'),
  column('avg_monetary', 'money', '人均消费', 'Mean spend', { unit: 'money' }),
  column('avg_order_value', 'money', '客单价', 'Order value', { unit: 'money' }),
  column('top_category', 'text', '最常买品类', 'Most bought category'),
]

export const rfmLevels: Analysis<Record<string, never>> = {
  id: 'rfm_levels',
  layer: 'descriptive',
  name: { zh: 'RFM 等级分布与特征', en: 'RFM levels and their features' },
  question: {
    zh: '哪些客户最有价值，各等级贡献多少，有何特征？',
    en: 'Who are the most valuable customers, what does each level contribute, and what marks it?',
  },
  definition: {
    zh: `R 为最近消费日到统计日的天数，F 为窗口内订单数，M 为窗口内消费金额；各自按百分位排名打 0–100 分（并列取中间名次，R 越近越高），再按阈值分级。占比以范围内全部客户为分母，销售额只计窗口内。${salesNote.zh}`,
    en: `R: days from the last purchase day to the as-of day; F: orders in the window; M: amount in the window. Each is scored 0–100 by percent rank (ties at their middle rank, recent is high), levels follow from thresholds. Shares are of all people in scope; sales are those in the window. ${salesNote.en}`,
  },
  params: z.strictObject({}),
  run: async (scope, _params, tools) => {
    const rows = await tools.query<Found>(
      steps(
        {
          members: sql`
            select people.person_id, coalesce(s.level, 'no_purchase') as level, s.recency_days, s.frequency, s.monetary
            from ${tools.people} people
            left join ${tools.rfm} s on s.person_id = people.person_id`,
          lines: salesLines(scope, tools),
          by_category: sql`
            select m.level, l.category, count(distinct l.person_id) as customers
            from lines l
            join members m on m.person_id = l.person_id
            where l.category is not null
            group by 1, 2`,
          favourites: sql`
            select level, category, row_number() over (partition by level order by customers desc, category) as place
            from by_category`,
        },
        sql`
          select m.level, count(*) as customers, coalesce(sum(m.monetary), 0) as amount, avg(m.recency_days) as recency,
            avg(m.frequency) as frequency, avg(m.monetary) as monetary,
            ${w.ratio(sql`sum(m.monetary)`, sql`sum(m.frequency)`)} as aov, max(f.category) as category
          from members m
          left join favourites f on f.level = m.level and f.place = 1
          group by 1`,
      ),
    )
    const people = rows.reduce((sum, x) => sum + x.customers, 0)
    const total = rows.reduce((sum, x) => sum + x.amount, 0)
    const ordered = allRfmLevels.flatMap((level) => rows.filter((x) => x.level === level.id))
    return {
      columns,
      rows: ordered.map((x) => ({
        level: x.level,
        customers: x.customers,
        customer_share: x.customers / people,
        amount: x.amount,
        amount_share: total ? x.amount / total : 0,
        avg_recency: x.recency,
        avg_frequency: x.frequency,
        avg_monetary: x.monetary,
        avg_order_value: x.aov,
        top_category: x.category,
      })),
      figures: {
        customers: { value: people, text: both('客户数', 'Customers') },
        amount: { value: total, text: both('销售额', 'Sales'), unit: 'money' },
      },
      findings: findings(ordered, people, total),
      chart: { kind: 'bar', x: 'level', y: ['customer_share', 'amount_share'] },
    }
  },
}

function findings(rows: readonly Found[], people: number, total: number): AnalysisResult['findings'] {
  if (!people || !total) return []
  const worth = new Set(['high_value', 'potential', 'at_risk', 'key_keep', 'key_develop', 'no_purchase'])
  return rows
    .filter((x) => worth.has(x.level) && x.customers > 0)
    .map((x) => {
      const level = allRfmLevels.find((l) => l.id === x.level)!
      const [share, amountShare] = [pct(x.customers / people), pct(x.amount / total)]
      const text =
        x.level === 'no_purchase'
          ? both('{zh}客户 {n} 人，占 {share}。', '{n} customers ({share}) are at the level "{en}".')
          : both(
              '{zh}客户占比 {share}（{n} 人），贡献 {amountShare} 的销售额；人均 {orders} 单、消费 {spend}，平均 {days} 天前购买。',
              '"{en}": {share} of customers ({n}) bring {amountShare} of sales; on average {orders} orders, {spend} spent, last bought {days} days ago.',
            )
      const values = {
        zh: level.text.zh,
        en: level.text.en,
        n: num(x.customers),
        share,
        amountShare,
        orders: num(x.frequency ?? 0),
        spend: money(x.monetary ?? 0),
        days: num(x.recency ?? 0, 0),
      }
      return { text: fillText(text, values), advice: level.advice, people: `rfm.level = '${x.level}'` }
    })
}
