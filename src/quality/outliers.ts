import { id, sql, steps, w, type Sql } from '../warehouse/index.ts'

export interface OutlierParams {
  /** An order above `factor` × the mean of the other orders of its source is looked at. */
  readonly factor: number
  /** Sources with fewer orders have no mean worth the name. */
  readonly minOrders: number
}

export const outlierDefaults: OutlierParams = { factor: 10, minOrders: 5 }

/**
 * Orders far above the mean (单笔消费金额为均值的 10 倍以上). The mean is over all sales of the same source, of any
 * time, without the order itself. An order that is known only by its lines is their sum; its largest line stands for
 * it. The lines of a flagged order that are themselves above the limit are flagged too: there the slip may sit.
 * @returns a query with dataset, record_key, value, expected (the limit), mean, orders, order_id, source
 */
export function orderOutliers(p: OutlierParams): Sql {
  const order = id('order')
  const sale = sql`(kind is null or kind = 'sale')`
  const limit = (amount: Sql): Sql => sql`${p.factor} * (s.total - ${amount}) / (s.n - 1)`
  return steps(
    {
      whole: sql`select 'order' as dataset, source, space, order_id, record_key, cast(amount as double) as amount
from ${order} where ${sale} and amount > 0`,
      // sources of lines in id spaces that have no orders, such as tills and plain sales lists
      summed: sql`select 'order_line' as dataset, source, space, order_id,
  ${w.argMax(sql`record_key`, sql`amount`)} as record_key, cast(sum(amount) as double) as amount
from order_line
where ${sale} and amount > 0 and order_id is not null and space not in (select space from ${order} group by space)
group by source, space, order_id`,
      orders: sql`select dataset, source, space, order_id, record_key, amount from whole union all select dataset, source, space, order_id, record_key, amount from summed`,
      sums: sql`select source, sum(amount) as total, count(*) as n from orders group by source`,
      flagged: sql`select o.dataset, o.source, o.space, o.order_id, o.record_key, o.amount, ${limit(sql`o.amount`)} as most, s.n
from orders as o join sums as s on s.source = o.source
where s.n >= ${p.minOrders} and o.amount > ${limit(sql`o.amount`)}`,
      lines: sql`select 'order_line' as dataset, f.source, f.space, f.order_id, l.record_key, cast(l.amount as double) as amount, f.most, f.n
from flagged as f join order_line as l on l.space = f.space and l.order_id = f.order_id
where f.dataset = 'order' and (l.kind is null or l.kind = 'sale') and l.amount > f.most`,
      found: sql`select dataset, source, order_id, record_key, amount, most, n from flagged union all select dataset, source, order_id, record_key, amount, most, n from lines`,
    },
    sql`select dataset, record_key, max(amount) as value, max(most) as expected, max(most) / ${p.factor} as mean, max(n) as orders,
  max(order_id) as order_id, max(source) as source
from found group by dataset, record_key`,
  )
}
