import { id, join, raw, sql, steps, w, type Sql } from '../warehouse/index.ts'
import { rfmLevels, type RfmSettings } from './rfm-levels.ts'
import { quintileSegments } from './quintile-scheme.ts'
import { addDays, type Calendar } from './local-time.ts'
import { validSale } from './sales.ts'

export interface RfmPeriod {
  /** Day after the last day looked at, `YYYY-MM-DD`. */
  readonly asOf: string
  readonly windowDays: number
}

/**
 * One row per person who ever bought before the as-of day:
 * - recency_days: calendar days (of the workspace's zone) from the day of the last purchase to the as-of day;
 * - frequency: distinct orders in the window; monetary: sum of the amounts of valid sales lines in it;
 * - r, f, m: percent rank 0–100, ties at their middle rank: 100 × (below + (equal − 1) / 2) / (n − 1), recency
 *   reversed; a single customer has nobody below or above and scores 100; rfm: their mean;
 * - r5, f5, m5: quintiles 1–5, ceil(5 × rank / n), ties by person id, recency reversed.
 * An order is (id space, order id); lines without an order id make one order a day.
 */
export function rfmQuery(period: RfmPeriod, settings: RfmSettings, days: Calendar): Sql {
  const from = days.startOf(addDays(period.asOf, -period.windowDays))
  const to = days.startOf(period.asOf)
  const p = id('p')
  return steps(
    {
      orders: sql`
        select p.person_id, p.space, coalesce(p.order_id, ${w.timeText(w.dateTrunc('day', sql`p.ordered_at`))}) as order_key,
          max(p.ordered_at) as ordered_at, sum(p.amount) as amount
        from purchase p
        where ${validSale(p, settings.withoutCopies)}
          and p.ordered_at < ${to}
        group by 1, 2, 3`,
      buyers: sql`
        select person_id,
          ${w.boundaries('day', days.local(sql`max(ordered_at)`), w.cast(sql`${period.asOf}`, 'timestamp'))} as recency_days,
          ${w.countIf(sql`ordered_at >= ${from}`)} as frequency,
          round(${w.cast(sql`coalesce(sum(case when ordered_at >= ${from} then amount end), 0)`, 'double')}, 2) as monetary
        from orders
        group by 1`,
      scored: sql`
        select person_id, recency_days, frequency, monetary,
          ${percentRank(sql`recency_days`, 'desc')} as r,
          ${percentRank(sql`frequency`, 'asc')} as f,
          ${percentRank(sql`monetary`, 'asc')} as m,
          6 - ${quintile(sql`recency_days`)} as r5,
          ${quintile(sql`frequency`)} as f5,
          ${quintile(sql`monetary`)} as m5
        from buyers`,
    },
    sql`
      select person_id, recency_days, frequency, monetary, r, f, m, (r + f + m) / 3.0 as rfm,
        ${levelCase(settings)} as level, r5, f5, m5, ${quintileCase()} as quintile_segment
      from scored`,
  )
}

function percentRank(x: Sql, order: 'asc' | 'desc'): Sql {
  return sql`case when count(*) over () = 1 then 100.0e0
    else 100.0e0 * (rank() over (order by ${x} ${raw(order)}) - 1 + (count(*) over (partition by ${x}) - 1) / 2.0e0)
      / (count(*) over () - 1) end`
}

function quintile(x: Sql): Sql {
  return w.cast(sql`ceil(5.0e0 * row_number() over (order by ${x}, person_id) / count(*) over ())`, 'int')
}

function levelCase(settings: RfmSettings): Sql {
  const branches = rfmLevels.flatMap((level) => {
    const bounds = (['r', 'f', 'm'] as const).flatMap((score) => {
      const range = level.when[score]
      return [
        ...(range?.from ? [sql`${id(score)} >= ${settings[range.from]}`] : []),
        ...(range?.below ? [sql`${id(score)} < ${settings[range.below]}`] : []),
      ]
    })
    return bounds.length ? [sql`when ${join(bounds, ' and ')} then ${level.id}`] : []
  })
  return sql`case ${join(branches, '\n')} else ${rfmLevels.at(-1)!.id} end`
}

function quintileCase(): Sql {
  const branches = quintileSegments.map(
    (s) => sql`when r5 between ${s.r[0]} and ${s.r[1]} and f5 between ${s.f[0]} and ${s.f[1]} then ${s.id}`,
  )
  return sql`case ${join(branches, '\n')} end`
}
