import { domainTables } from '../intake/index.ts'
import { id, join, raw, sql, w, type Sql, type Writer } from '../warehouse/index.ts'
import { birthSql, customerRef, digestSql, emailKeySql, linkKeySql, phoneKeySql, realmOf, refOf } from './key-sql.ts'
import { fillRealms } from './realms.ts'
import { linkTypes } from './link-types.ts'

const c = raw('c')

/** Domains whose rows name a customer, besides `customer` itself. */
export const referringDomains: readonly string[] = Object.values(domainTables)
  .filter((t) => t.name !== 'customer' && 'customer_id' in t.columns)
  .map((t) => t.name)

/** Every reference becomes a node, numbered in the order of the reference: the same whatever came first. */
export async function fillNodes(writer: Writer, salt: string): Promise<void> {
  const others = referringDomains.map(
    (name) => sql`
      select distinct space, customer_id
      from ${id(name)}
      where customer_id is not null`,
  )
  await writer.run(sql`delete from identity_node`)
  await writer.run(sql`
    insert into identity_node (node, ref, birth, id_card)
    with named as (
      select distinct space, customer_id from (${join(others, '\nunion all\n')}) r
    ),
    refs as (
      select ${refOf(raw('space'), raw('customer_id'))} as ref, cast(null as date) as birth, cast(null as varchar) as id_card
      from named
      union all
      select ${customerRef(c)}, ${birthSql(sql`c.birth_date`)}, ${digestSql(sql`c.id_card`, salt)}
      from customer c
    ),
    one as (
      select
        ref,
        case when min(birth) = max(birth) then min(birth) end as birth,
        case when min(id_card) = max(id_card) then min(id_card) end as id_card
      from refs
      where ref is not null
      group by ref
    )
    select row_number() over (order by ref) - 1, ref, birth, id_card
    from one`)
}

/**
 * Comparable keys of every customer row. References that only other domains know (a service desk with its own
 * numbers) bring the phone and e-mail of their calls, when these are always the same.
 */
export async function fillRecords(writer: Writer, salt: string): Promise<void> {
  const keys = linkTypes.map((t) => sql`${linkKeySql(t.name, c, salt)} as ${id(t.name)}`)
  const names = linkTypes.map((t) => id(t.name))
  await fillRealms(writer)
  await writer.run(sql`delete from identity_record`)
  await writer.run(sql`
    insert into identity_record (node, name_key, kind, sound, ${join(names)})
    select n.node, f.name_key, coalesce(f.kind, 'none'), f.sound, ${join(keys)}
    from customer c
    join identity_node n on n.ref = ${customerRef(c)}
    left join name_form f on f.name = c.name`)
  await writer.run(sql`
    insert into identity_record (node, kind, phone, email)
    with calls as (
      select ${refOf(raw('space'), raw('customer_id'))} as ref, ${phoneKeySql(raw('phone'))} as phone, ${emailKeySql(raw('email'))} as email
      from interaction
      where customer_id is not null and (phone is not null or email is not null)
    ),
    steady as (
      select
        ref,
        case when min(phone) = max(phone) then min(phone) end as phone,
        case when min(email) = max(email) then min(email) end as email
      from calls
      where ref is not null
      group by ref
    )
    select n.node, 'none', s.phone, s.email
    from steady s
    join identity_node n on n.ref = s.ref
    left join (select distinct node from identity_record) r on r.node = n.node
    where r.node is null and (s.phone is not null or s.email is not null)`)
  await addBoundKeys(writer, salt)
}

/** Keys that the domains `identity` and `loyalty` bind to a customer number; rows without a name of their own take the customer's. */
async function addBoundKeys(writer: Writer, salt: string): Promise<void> {
  const bound: Readonly<Record<string, Sql>> = {
    phone: phoneKeySql(raw('v')),
    email: emailKeySql(raw('v')),
    unionid: raw('trim(v)'),
    openid: raw('trim(v)'),
    id_card: digestSql(raw('v'), salt),
    member_no: w.concat(realmOf(raw('o.space')), raw(`':'`), raw('trim(v)')),
  }
  const columns = Object.keys(bound)
  await writer.run(sql`
    insert into identity_record (node, name_key, kind, sound, ${join(columns.map((k) => id(k)))})
    with given as (
      select space, customer_id, lower(key_type) as t, key_value as v from identity where "until" is null
      union all
      select space, customer_id, 'member_no', member_no from loyalty
    ),
    once as (
      select distinct space, ${refOf(raw('space'), raw('customer_id'))} as ref, t, v from given where v is not null and trim(v) <> ''
    ),
    named as (
      select
        node,
        case when min(name_key) = max(name_key) then min(name_key) end as name_key,
        case when min(name_key) = max(name_key) then min(kind) else 'none' end as kind,
        case when min(name_key) = max(name_key) then min(sound) end as sound
      from identity_record
      group by node
    )
    select n.node, m.name_key, coalesce(m.kind, 'none'), m.sound,
      ${join(columns.map((k) => sql`case when o.t in (${k}, ${k.replace('_', '')}) then ${bound[k]!} end`))}
    from once o
    join identity_node n on n.ref = o.ref
    left join named m on m.node = n.node`)
}

/** Values on two or more references, with the name forms they come with. */
export async function fillShared(writer: Writer): Promise<void> {
  await writer.run(sql`delete from identity_shared`)
  for (const type of linkTypes) {
    const value = id(type.name)
    await writer.run(sql`
      insert into identity_shared (type, value, node, name_key, kind, sound)
      with shared as (
        select ${value} as value
        from identity_record
        where ${value} is not null
        group by ${value}
        having min(node) <> max(node)
      )
      select distinct ${type.name}, s.value, r.node, r.name_key, r.kind, r.sound
      from shared s
      join identity_record r on r.${value} = s.value`)
  }
}
