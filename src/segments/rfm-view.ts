import { fillText, type Text } from '../base/text.ts'
import { sql, type Sql, type Warehouse } from '../warehouse/index.ts'
import { allRfmLevels, type RfmSettings } from './rfm-levels.ts'
import { rfmQuery, type RfmPeriod } from './rfm-query.ts'
import type { Calendar } from './local-time.ts'

/** Shares are fractions of 1. */
export interface RfmOverview {
  readonly asOf: string
  readonly windowDays: number
  readonly levels: readonly {
    readonly level: string
    readonly text: Text
    readonly customers: number
    readonly share: number
    readonly amount: number
    readonly amountShare: number
    readonly avgRecency: number
    readonly avgFrequency: number
    readonly avgMonetary: number
    readonly advice: Text
    readonly definition: Text
    readonly segment: string
  }[]
  readonly grid: readonly {
    readonly r: number
    readonly f: number
    readonly customers: number
    readonly amount: number
  }[]
  readonly thresholds: {
    readonly high: number
    readonly potentialRecency: number
    readonly riskRecency: number
    readonly risk: number
  }
  readonly migration?: readonly Migration[]
}

export interface Migration {
  readonly from: string
  readonly to: string
  readonly customers: number
}

/** `scores` is a table expression with the columns of `rfmQuery`; its rows sum to `people` with those who never bought. */
export async function rfmOverview(
  warehouse: Warehouse,
  scores: Sql,
  period: RfmPeriod,
  settings: RfmSettings,
): Promise<RfmOverview> {
  const rows = await warehouse.query<{
    level: string
    customers: number
    amount: number
    recency: number
    frequency: number
    monetary: number
  }>(sql`
    select level, count(*) as customers, sum(monetary) as amount, avg(recency_days) as recency, avg(frequency) as frequency, avg(monetary) as monetary
    from ${scores} s
    group by 1`)
  const [all] = await warehouse.query<{ people: number }>(sql`select count(*) as people from profile`)
  const grid = await warehouse.query<{ r: number; f: number; customers: number; amount: number }>(sql`
    select r5 as r, f5 as f, count(*) as customers, round(sum(monetary), 2) as amount
    from ${scores} s
    group by 1, 2
    order by 1, 2`)
  const buyers = rows.reduce((sum, x) => sum + x.customers, 0)
  const amount = rows.reduce((sum, x) => sum + x.amount, 0)
  const people = Math.max(all!.people, buyers)
  const found = new Map(rows.map((x) => [x.level, x]))
  found.set('no_purchase', {
    level: 'no_purchase',
    customers: people - buyers,
    amount: 0,
    recency: 0,
    frequency: 0,
    monetary: 0,
  })
  return {
    asOf: period.asOf,
    windowDays: period.windowDays,
    levels: allRfmLevels.map((level) => {
      const x = found.get(level.id)
      return {
        level: level.id,
        text: level.text,
        customers: x?.customers ?? 0,
        share: people ? (x?.customers ?? 0) / people : 0,
        amount: round(x?.amount ?? 0),
        amountShare: amount ? (x?.amount ?? 0) / amount : 0,
        avgRecency: round(x?.recency ?? 0),
        avgFrequency: round(x?.frequency ?? 0),
        avgMonetary: round(x?.monetary ?? 0),
        advice: level.advice,
        definition: fillText(level.definition, { ...settings }),
        segment: level.id,
      }
    }),
    grid,
    thresholds: {
      high: settings.high,
      potentialRecency: settings.potentialRecency,
      riskRecency: settings.riskRecency,
      risk: settings.risk,
    },
  }
}

/** How many customers went from which level to which between two as-of days; who had not bought yet is `no_purchase`. */
export async function rfmMigration(
  warehouse: Warehouse,
  days: { from: string; to: string; windowDays: number },
  settings: RfmSettings,
  calendar: Calendar,
): Promise<Migration[]> {
  const at = (asOf: string): Sql => rfmQuery({ asOf, windowDays: days.windowDays }, settings, calendar)
  return warehouse.query<Migration & Record<string, unknown>>(
    sql`
      with earlier as (${at(days.from)}),
      later as (${at(days.to)})
      select coalesce(a.level, 'no_purchase') as "from", b.level as "to", count(*) as customers
      from later b
      left join earlier a on a.person_id = b.person_id
      group by 1, 2
      order by 3 desc, 1, 2`,
    { lane: 'heavy' },
  )
}

const round = (x: number): number => Math.round(x * 100) / 100
