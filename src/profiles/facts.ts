import { refOf } from '../identity/index.ts'
import { raw, sql, w, type Sql, type Writer } from '../warehouse/index.ts'

const ticket = '.*(投诉|工单|售后|退换|维权|complain|ticket|after.?sale|issue).*'

/** Money that stays: sales, less returns and reversals, plus adjustments. A cancelled order that was never paid is no money. */
export const netAmount = sql`case when kind = 'cancellation' then least(amount, 0) else amount end`

/** Best value of a column by sales amount, per person; the lower one when equal. */
const favourite = (column: Sql): Sql => sql`
    select person_id, value
    from (
      select person_id, value, row_number() over (partition by person_id order by total desc, value) as nth
      from (
        select person_id, ${column} as value, sum(amount) as total
        from purchase
        where kind = 'sale' and person_id is not null and ${column} is not null
        group by person_id, ${column}
      ) t
    ) r
    where nth = 1`

/** Temporary tables with one row per person: `bought`, `liked_category`, `liked_channel`, `contacted`, `rated`, `active`. */
export async function fillFacts(writer: Writer, zoneHours: number): Promise<void> {
  await writer.run(sql`create or replace temp table bought as
    with orders as (
      select
        person_id, space, order_id,
        count(case when kind = 'sale' then 1 end) as sales,
        count(case when kind = 'return' then 1 end) as returns,
        sum(${netAmount}) as net,
        sum(case when kind = 'sale' then amount else 0 end) as gross,
        sum(case when kind = 'return' or (kind = 'cancellation' and amount < 0) then -amount else 0 end) as returned,
        min(case when kind = 'sale' then ordered_at end) as first_at,
        max(case when kind = 'sale' then ordered_at end) as last_at,
        max(ordered_at) as seen_at,
        max(country) as country,
        max(region) as region
      from purchase
      where person_id is not null
      group by person_id, space, order_id
    )
    select
      person_id,
      count(case when sales > 0 and order_id is not null then 1 end) + sum(case when order_id is null then sales else 0 end) as orders,
      sum(sales) as lines,
      sum(returns) as returns,
      sum(net) as amount,
      sum(gross) as gross_amount,
      sum(returned) as return_amount,
      min(first_at) as first_order_at,
      max(last_at) as last_order_at,
      max(seen_at) as seen_at,
      max(country) as country
    from orders
    group by person_id`)
  await writer.run(sql`create or replace temp table liked_category as ${favourite(raw('category'))}`)
  await writer.run(sql`create or replace temp table liked_channel as ${favourite(raw('channel'))}`)
  await writer.run(sql`create or replace temp table contacted as
    select
      k.person_id,
      count(*) as interactions,
      count(case when ${w.regexMatch(sql`lower(coalesce(i.type, ''))`, ticket)} then 1 end) as tickets,
      min(i.occurred_at) as first_at,
      max(i.occurred_at) as last_at
    from interaction i
    join person_key k on k.key_type = 'ref' and k.key_value = ${refOf(raw('i.space'), raw('i.customer_id'))}
    group by k.person_id`)
  await writer.run(sql`create or replace temp table rated as
    select k.person_id, avg(f.rating) as rating
    from feedback f
    join person_key k on k.key_type = 'ref' and k.key_value = ${refOf(raw('f.space'), raw('f.customer_id'))}
    where f.rating is not null
    group by k.person_id`)
  const day = (at: Sql): Sql => sql`cast(${w.dateTrunc('day', w.addTime(at, zoneHours, 'hour'))} as date)`
  await writer.run(sql`create or replace temp table active as
    select person_id, count(distinct day) as days
    from (
      select person_id, ${day(raw('ordered_at'))} as day from purchase where person_id is not null and kind = 'sale' and ordered_at is not null
      union all
      select k.person_id, ${day(raw('i.occurred_at'))}
      from interaction i
      join person_key k on k.key_type = 'ref' and k.key_value = ${refOf(raw('i.space'), raw('i.customer_id'))}
      where i.occurred_at is not null
      union all
      select k.person_id, ${day(raw('e.occurred_at'))}
      from event e
      join person_key k on k.key_type = 'ref' and k.key_value = ${refOf(raw('e.space'), raw('e.customer_id'))}
      where e.occurred_at is not null
    ) d
    group by person_id`)
}

export const factTables = [
  'bought',
  'liked_category',
  'liked_channel',
  'contacted',
  'rated',
  'active',
  'golden',
] as const
