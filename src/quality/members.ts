import { sql, type Sql } from '../warehouse/index.ts'

/**
 * Customer records with their amounts for `levelMismatch`: the total on the record, or the sum of the sales of its id
 * space (orders, or order lines where the space has no orders). Null when there is neither.
 */
export function membersOf(customer: Sql, order: Sql, orderLine: Sql): Sql {
  return sql`(
  select c.record_key as member, c.source as grp, c.level,
    coalesce(cast(c.total_spent as double), s.spend, case when s2.space is not null then 0 end) as spend
  from ${customer} as c
  left join (
    select space, customer_id, cast(sum(amount) as double) as spend
    from (
      select space, customer_id, amount from ${order} where kind is null or kind = 'sale'
      union all
      select space, customer_id, amount from ${orderLine} where (kind is null or kind = 'sale') and space not in (select space from ${order})
    ) as sales
    where customer_id is not null
    group by space, customer_id
  ) as s on s.space = c.space and s.customer_id = c.customer_id
  left join (select space from ${order} group by space union select space from ${orderLine} group by space) as s2 on s2.space = c.space
)`
}
