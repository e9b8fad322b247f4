import { z } from 'zod'
import { sql } from '../../warehouse/index.ts'
import { column, stageNames } from '../columns.ts'
import type { Analysis } from '../contract.ts'
import { lifecycleStages as allStages } from '../sales.ts'
import { both, num, pct } from '../words.ts'

export const lifecycleStages: Analysis<Record<string, never>> = {
  id: 'lifecycle_stages',
  layer: 'descriptive',
  name: { zh: '生命周期阶段', en: 'Life-cycle stages' },
  question: { zh: '客户处于生命周期的哪个阶段？', en: 'Where in their life cycle are the customers?' },
  definition: {
    zh: '以客户自身购买间隔的中位数为周期（至少三个购买日，否则用全体中位数），按沉默天数相当于几个周期分阶段；新客看首购距今天数，忠诚另需订单数。阈值为设置“lifecycle”。',
    en: 'The median of the customer\'s own purchase intervals is the cycle (from three purchase days on, else the median of all); stages follow from the days of silence in cycles; new looks at the first purchase, loyal also at the number of orders. Thresholds: setting "lifecycle".',
  },
  params: z.strictObject({}),
  run: async (_scope, _params, tools) => {
    const found = await tools.query<{ stage: string; customers: number; cycle: number; silent: number | null }>(sql`
      select l.stage, count(*) as customers, avg(l.cycle_days) as cycle, avg(l.silent_days) as silent
      from ${tools.lifecycle} l
      join ${tools.people} people on people.person_id = l.person_id
      group by 1`)
    const people = found.reduce((sum, x) => sum + x.customers, 0)
    const rows = allStages.flatMap((s) => found.filter((x) => x.stage === s.id))
    const away = rows.filter((x) => x.stage === 'slipping' || x.stage === 'dormant')
    const awayCount = away.reduce((sum, x) => sum + x.customers, 0)
    return {
      columns: [
        column('stage', 'text', '阶段', 'Stage', { values: stageNames }),
        column('customers', 'int', '客户数', 'Customers'),
        column('share', 'percent', '占比', 'Share'),
        column('cycle', 'number', '平均周期（天）', 'Mean cycle (days)', { unit: 'day' }),
        column('silent', 'number', '平均沉默（天）', 'Mean silence (days)', { unit: 'day' }),
      ],
      rows: rows.map((x) => ({
        stage: x.stage,
        customers: x.customers,
        share: x.customers / people,
        cycle: x.stage === 'prospect' ? null : x.cycle,
        silent: x.silent,
      })),
      figures: { customers: { value: people, text: both('客户数', 'Customers') } },
      findings: awayCount
        ? [
            {
              text: both(
                `${num(awayCount)} 位客户（${pct(awayCount / people)}）的沉默已超出自身节奏但尚未流失。`,
                `${num(awayCount)} customers (${pct(awayCount / people)}) have been silent beyond their own rhythm and are not lost yet.`,
              ),
              advice: allStages.find(
                (s) => s.id === (away.find((x) => x.stage === 'slipping') ? 'slipping' : 'dormant'),
              )!.advice,
              people: "stage in ('slipping', 'dormant')",
            },
          ]
        : [],
      chart: { kind: 'pie', x: 'stage', y: ['customers'] },
    }
  },
}
