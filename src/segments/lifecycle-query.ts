import { id, sql, steps, w, type Sql } from '../warehouse/index.ts'
import type { LifecycleSettings } from './lifecycle-stages.ts'
import type { Calendar } from './local-time.ts'
import { validSale } from './sales.ts'

/**
 * One row per profile: stage, the cycle it was judged by (days; `own_cycle` when it is the customer's own), days since
 * the last purchase, orders. Looks at all valid sales before the as-of day. See `lifecycleStages` for the rule.
 */
export function lifecycleQuery(asOf: string, settings: LifecycleSettings, days: Calendar): Sql {
  const p = id('p')
  const end = w.cast(sql`${asOf}`, 'timestamp')
  return steps(
    {
      purchase_days: sql`
        select distinct p.person_id, ${w.dateTrunc('day', days.local(sql`p.ordered_at`))} as day
        from purchase p
        where ${validSale(p)}
          and p.ordered_at < ${days.startOf(asOf)}`,
      gaps: sql`
        select person_id, day,
          ${w.boundaries('day', sql`lag(day) over (partition by person_id order by day)`, sql`day`)} as gap
        from purchase_days`,
      population: sql`
        select coalesce(${w.median(sql`gap`)}, ${settings.defaultCycleDays}) as cycle
        from gaps`,
      buyers: sql`
        select person_id, count(*) as days, min(day) as first_day, max(day) as last_day,
          case when count(gap) >= 2 then ${w.median(sql`gap`)} end as own_cycle
        from gaps
        group by 1`,
      judged: sql`
        select profile.person_id, b.days, b.own_cycle is not null as own_cycle,
          case when coalesce(b.own_cycle, a.cycle) < ${settings.minCycleDays} then ${settings.minCycleDays}
            else coalesce(b.own_cycle, a.cycle) end as cycle_days,
          ${w.boundaries('day', sql`b.first_day`, end)} as first_days,
          ${w.boundaries('day', sql`b.last_day`, end)} as silent_days
        from profile
        left join buyers b on b.person_id = profile.person_id
        cross join population a`,
    },
    sql`
      select person_id,
        case when silent_days is null then 'prospect'
          when silent_days > ${settings.lost} * cycle_days then 'lost'
          when silent_days > ${settings.dormant} * cycle_days then 'dormant'
          when silent_days > ${settings.slipping} * cycle_days then 'slipping'
          when first_days <= ${settings.newDays} then 'new'
          when days >= ${settings.loyalOrders} then 'loyal'
          else 'active' end as stage,
        ${w.cast(sql`cycle_days`, 'double')} as cycle_days,
        own_cycle,
        ${w.cast(sql`silent_days`, 'int')} as silent_days,
        ${w.cast(sql`coalesce(days, 0)`, 'int')} as purchase_days
      from judged`,
  )
}
