import { personOf, emailKeySql, phoneKeySql, refOf, usableId } from '../identity/index.ts'
import { domainTables, type DomainName } from '../intake/index.ts'
import { empty, id, raw, sql, w, type Sql, type Warehouse, type Writer } from '../warehouse/index.ts'

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

interface Ways {
  readonly own: boolean
  readonly phone: boolean
  readonly email: boolean
}

/** Which ways to a person the rows of a table need at all: a join that finds nothing still costs its memory. */
async function waysOf(warehouse: Warehouse, table: DomainName): Promise<Ways> {
  const has = async (column: string, condition: Sql): Promise<boolean> =>
    column in domainTables[table].columns &&
    (
      await warehouse.query(
        sql`select 1 as found from ${id(table)} where ${id(column)} is not null and ${condition} limit 1`,
      )
    ).length > 0
  const nobody = sql`not ${usableId(raw('customer_id'))}`
  return {
    own: await has('customer_id', sql`true`),
    phone: await has('phone', nobody),
    email: await has('email', nobody),
  }
}

/** Joins and person of a row: its own number, else a phone or e-mail that one person alone has. */
function whose(row: Sql, ways: Ways): { joins: Sql; person: Sql } {
  const of = (column: string): Sql => sql`${row}.${raw(column)}`
  // Keys are dear to compute: only for rows that name nobody.
  const nobody = sql`not ${usableId(of('customer_id'))}`
  if (!ways.own && !ways.phone && !ways.email) return { joins: empty, person: sql`cast(null as varchar)` }
  return personOf({
    ...(ways.own ? { ref: refOf(of('space'), of('customer_id')) } : {}),
    ...(ways.phone ? { phone: sql`case when ${nobody} then ${phoneKeySql(of('phone'))} end` } : {}),
    ...(ways.email ? { email: sql`case when ${nobody} then ${emailKeySql(of('email'))} end` } : {}),
  })
}

/** All purchases, built anew: order lines, orders without lines, refunds that no line tells of. */
export async function fillPurchases(warehouse: Warehouse, writer: Writer): Promise<number> {
  await writer.run(sql`delete from purchase`)
  const ways = await waysOf(warehouse, 'order')
  const o = whose(raw('o'), ways)
  // Orders get their person once; lines and refunds only look it up.
  await writer.run(sql`create or replace temp table order_person as
    with orders as (${await oneOrder(warehouse)})
    select o.space, o.order_id, o.ordered_at, o.kind, o.status, o.channel, o.store, o.region, o.country, ${o.person} as person_id
    from orders o
    ${o.joins}`)
  const total =
    (await fromLines(writer, await waysOf(warehouse, 'order_line'))) +
    (await fromOrders(writer, ways)) +
    (await fromRefunds(writer, await waysOf(warehouse, 'refund')))
  await writer.run(sql`drop table if exists temp.order_person`)
  return total
}

async function fromLines(writer: Writer, ways: Ways): Promise<number> {
  const p = whose(raw('l'), ways)
  const kind = kindOf(raw('l.kind'), raw('o.kind'), raw('o.status'), raw('l.quantity'), raw('l.amount'))
  return writer.run(sql`
    insert into purchase (${columns})
    with products as (
      select sku, min(product_name) as product_name, min(category) as category from product where sku is not null group by sku
    ),
    line as (
      select
        coalesce(${p.person}, o.person_id) as person_id, l.space, l.source, l.batch, l.row, l.copy, l.order_id,
        coalesce(l.ordered_at, o.ordered_at) as ordered_at, l.sku,
        coalesce(l.product_name, g.product_name) as product_name,
        coalesce(l.category, g.category) as category,
        l.quantity, l.unit_price, coalesce(l.amount, l.quantity * l.unit_price) as amount,
        ${kind} as kind,
        coalesce(l.channel, o.channel) as channel, coalesce(l.store, o.store) as store,
        coalesce(l.region, o.region) as region, coalesce(l.country, o.country) as country
      from order_line l
      left join order_person o on o.space = l.space and o.order_id = l.order_id
      left join products g on g.sku = l.sku
      ${p.joins}
    )
    select
      person_id, 'order_line', space, source, batch, row, copy, order_id, ordered_at, sku, product_name, category,
      ${signed(raw('kind'), raw('quantity'))}, unit_price, ${signed(raw('kind'), raw('amount'))}, kind, channel, store, region, country
    from line`)
}

async function fromOrders(writer: Writer, ways: Ways): Promise<number> {
  const p = whose(raw('o'), ways)
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

async function fromRefunds(writer: Writer, ways: Ways): Promise<number> {
  const p = whose(raw('r'), ways)
  return writer.run(sql`
    insert into purchase (${columns})
    with products as (
      select sku, min(product_name) as product_name, min(category) as category from product where sku is not null group by sku
    ),
    told as (
      select distinct space, order_id from purchase where kind in ('return', 'cancellation') and order_id is not null
    )
    select
      coalesce(${p.person}, o.person_id), 'refund', r.space, r.source, r.batch, r.row, r.copy, r.order_id, coalesce(r.refunded_at, o.ordered_at), r.sku,
      g.product_name, g.category, -abs(coalesce(r.quantity, 1)), null, -abs(r.amount), 'return', o.channel, o.store, o.region, o.country
    from refund r
    left join told t on t.space = r.space and t.order_id = r.order_id
    left join order_person o on o.space = r.space and o.order_id = r.order_id
    left join products g on g.sku = r.sku
    ${p.joins}
    where t.order_id is null`)
}
