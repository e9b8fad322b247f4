import { personOf, emailKeySql, phoneKeySql, refOf, usableId } from '../identity/index.ts'
import { raw, sql, w, type Sql, type Warehouse, type Writer } from '../warehouse/index.ts'

const cancelled = '.*(取消|关闭|作废|cancel|void).*'

/** Kind of a line: what it says, else what its order says, else the sign. */
const kindOf = (own: Sql, order: Sql, status: Sql, quantity: Sql, amount: Sql): Sql => sql`case
      when ${own} in ('sale', 'return', 'cancellation', 'adjustment') and not (${own} = 'sale' and (coalesce(${quantity}, 0) < 0 or coalesce(${amount}, 0) < 0)) then ${own}
      when ${own} is null and ${order} in ('return', 'cancellation', 'adjustment') then ${order}
      when coalesce(${quantity}, 0) < 0 or coalesce(${amount}, 0) < 0 then 'return'
      when ${status} is not null and ${w.regexMatch(sql`lower(${status})`, cancelled)} then 'cancellation'
      else 'sale'
    end`

/** Returns take away, whatever sign the source gave them. */
const signed = (kind: Sql, x: Sql): Sql => sql`case when ${kind} = 'return' then -abs(${x}) else ${x} end`

const columns = sql`person_id, dataset, space, source, batch, row, copy, order_id, ordered_at, sku, product_name, category,
      quantity, unit_price, amount, kind, channel, store, region, country`

/** Orders by number. Where a number came twice (two sources of one space), the first row counts. */
async function oneOrder(warehouse: Warehouse): Promise<Sql> {
  const [twice] = await warehouse.query(sql`
    select 1 as found
    from "order"
    where order_id is not null and copy = 1
    group by space, order_id
    having count(*) > 1
    limit 1`)
  const wanted = sql`space, order_id, customer_id, ordered_at, kind, status, channel, store, region, country, phone, email`
  if (!twice) return sql`select ${wanted} from "order" where order_id is not null and copy = 1`
  return sql`
    select ${wanted}
    from (
      select o.*, row_number() over (partition by space, order_id order by batch, row) as nth
      from "order" o
      where order_id is not null and copy = 1
    ) o
    where nth = 1`
}

/** Whose a row is: its number, its order's number, else a phone or e-mail that one person alone has. */
function person(space: Sql, own: Sql, order: Sql, phone: Sql, email: Sql): ReturnType<typeof personOf> {
  const ref = sql`coalesce(${refOf(space, own)}, ${refOf(space, order)})`
  // Keys are dear to compute: only for rows that name nobody.
  const nobody = sql`not coalesce(${usableId(own)}, false) and not coalesce(${usableId(order)}, false)`
  return personOf({
    ref,
    phone: sql`case when ${nobody} then ${phoneKeySql(phone)} end`,
    email: sql`case when ${nobody} then ${emailKeySql(email)} end`,
  })
}

/** All purchases, built anew: order lines, orders without lines, refunds that no line tells of. */
export async function fillPurchases(warehouse: Warehouse, writer: Writer): Promise<number> {
  await writer.run(sql`delete from purchase`)
  const orders = await oneOrder(warehouse)
  return (await fromLines(writer, orders)) + (await fromOrders(writer)) + (await fromRefunds(writer, orders))
}

async function fromLines(writer: Writer, orders: Sql): Promise<number> {
  const p = person(
    raw('l.space'),
    raw('l.customer_id'),
    raw('o.customer_id'),
    raw('coalesce(l.phone, o.phone)'),
    raw('o.email'),
  )
  const kind = kindOf(raw('l.kind'), raw('o.kind'), raw('o.status'), raw('l.quantity'), raw('l.amount'))
  return writer.run(sql`
    insert into purchase (${columns})
    with orders as (${orders}),
    products as (
      select sku, min(product_name) as product_name, min(category) as category from product where sku is not null group by sku
    ),
    line as (
      select
        ${p.person} as person_id, l.space, l.source, l.batch, l.row, l.copy, l.order_id,
        coalesce(l.ordered_at, o.ordered_at) as ordered_at, l.sku,
        coalesce(l.product_name, g.product_name) as product_name,
        coalesce(l.category, g.category) as category,
        l.quantity, l.unit_price, coalesce(l.amount, l.quantity * l.unit_price) as amount,
        ${kind} as kind,
        coalesce(l.channel, o.channel) as channel, coalesce(l.store, o.store) as store,
        coalesce(l.region, o.region) as region, coalesce(l.country, o.country) as country
      from order_line l
      left join orders o on o.space = l.space and o.order_id = l.order_id
      left join products g on g.sku = l.sku
      ${p.joins}
    )
    select
      person_id, 'order_line', space, source, batch, row, copy, order_id, ordered_at, sku, product_name, category,
      ${signed(raw('kind'), raw('quantity'))}, unit_price, ${signed(raw('kind'), raw('amount'))}, kind, channel, store, region, country
    from line`)
}

async function fromOrders(writer: Writer): Promise<number> {
  const p = person(raw('o.space'), raw('o.customer_id'), raw('o.customer_id'), raw('o.phone'), raw('o.email'))
  const kind = kindOf(raw('o.kind'), sql`null`, raw('o.status'), sql`null`, raw('o.amount'))
  return writer.run(sql`
    insert into purchase (${columns})
    with lined as (
      select distinct space, order_id from order_line where order_id is not null
    ),
    bare as (
      select ${p.person} as person_id, o.space, o.source, o.batch, o.row, o.copy, o.order_id, o.ordered_at, o.amount, ${kind} as kind,
        o.channel, o.store, o.region, o.country
      from "order" o
      left join lined l on l.space = o.space and l.order_id = o.order_id
      ${p.joins}
      where l.order_id is null
    )
    select
      person_id, 'order', space, source, batch, row, copy, order_id, ordered_at, null, null, null,
      ${signed(raw('kind'), sql`1`)}, null, ${signed(raw('kind'), raw('amount'))}, kind, channel, store, region, country
    from bare`)
}

async function fromRefunds(writer: Writer, orders: Sql): Promise<number> {
  const p = person(raw('r.space'), raw('r.customer_id'), raw('o.customer_id'), raw('o.phone'), raw('o.email'))
  return writer.run(sql`
    insert into purchase (${columns})
    with orders as (${orders}),
    products as (
      select sku, min(product_name) as product_name, min(category) as category from product where sku is not null group by sku
    ),
    told as (
      select distinct space, order_id from purchase where kind in ('return', 'cancellation') and order_id is not null
    )
    select
      ${p.person}, 'refund', r.space, r.source, r.batch, r.row, r.copy, r.order_id, coalesce(r.refunded_at, o.ordered_at), r.sku,
      g.product_name, g.category, -abs(coalesce(r.quantity, 1)), null, -abs(r.amount), 'return', o.channel, o.store, o.region, o.country
    from refund r
    left join told t on t.space = r.space and t.order_id = r.order_id
    left join orders o on o.space = r.space and o.order_id = r.order_id
    left join products g on g.sku = r.sku
    ${p.joins}
    where t.order_id is null`)
}
