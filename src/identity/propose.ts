import { raw, sql, w, type Sql, type Writer } from '../warehouse/index.ts'
import { linkTypes, type LinkType } from './link-types.ts'

/** `张*` fits `张伟`: the stars stand for anything. */
const fits = (whole: Sql, masked: Sql): Sql => sql`${whole} like replace(${masked}, '*', '%')`

/** What one shared value carries: how many whole names, and whether the others fit the only one. */
const groups = sql`
  select
    type,
    value,
    count(distinct node) as records,
    count(distinct case when kind = 'full' then name_key end) as names,
    count(distinct case when kind = 'full' then sound end) as sounds,
    min(case when kind = 'full' then name_key end) as one_name,
    count(case when kind = 'none' then 1 end) as nameless,
    count(case when kind = 'partial' then 1 end) as masked
  from identity_shared
  group by type, value`

const limits = linkTypes.map((t) => sql`when ${t.name} then ${t.limit}`)
const limitOf = (type: Sql): Sql => sql`case ${type} ${limits.reduce((a, b) => sql`${a} ${b}`)} end`
const byStrength = (...strengths: LinkType['strength'][]): Sql => {
  const names = linkTypes.filter((t) => strengths.includes(t.strength)).map((t) => sql`${t.name}`)
  return sql`(${names.reduce((a, b) => sql`${a}, ${b}`)})`
}
const priorityOf = (type: Sql): Sql =>
  sql`case ${type} ${linkTypes.map((t) => sql`when ${t.name} then ${t.priority}`).reduce((a, b) => sql`${a} ${b}`)} end`

/**
 * Links that a shared value proves, by the agreement of names; and the values that prove nothing, with the reason.
 * Only tables prepared by `fillShared` are read; nothing depends on the order of rows.
 */
export async function proposeLinks(writer: Writer): Promise<void> {
  await writer.run(sql`delete from identity_link`)
  await writer.run(sql`delete from identity_conflict`)
  await writer.run(sql`create or replace temp table link_group as ${groups}`)
  await writer.run(sql`create or replace temp table link_problem (type varchar, value varchar, reason varchar)`)
  await writer.run(sql`
    insert into link_problem
    select type, value, 'generic'
    from link_group g
    where names > ${limitOf(raw('g.type'))} or (names > 1 and records > 10 * ${limitOf(raw('g.type'))})`)
  // From here on the generic values are gone.
  await writer.run(sql`create or replace temp table link_member as
    select s.*, g.names, g.masked, g.one_name, n.birth, n.id_card
    from identity_shared s
    join link_group g on g.type = s.type and g.value = s.value
    join identity_node n on n.node = s.node
    left join link_problem p on p.type = s.type and p.value = s.value
    where p.value is null`)
  await linkEqualNames(writer)
  await linkMissingNames(writer)
  await linkWithSecondKey(writer)
  await noteNames(writer)
  await writer.run(sql`
    insert into identity_conflict (key_type, key_value, reason, records, sample)
    with worst as (
      select type, value, min(reason) as reason from link_problem group by type, value
    ),
    sample as (
      select s.type, s.value, n.ref, row_number() over (partition by s.type, s.value order by s.node) as nth
      from (select distinct p.type, p.value, s.node from worst p join identity_shared s on s.type = p.type and s.value = p.value) s
      join identity_node n on n.node = s.node
    )
    select p.type, p.value, p.reason, g.records, ${w.joinText(raw('x.ref'), ' ', raw('x.ref'))}
    from worst p
    join link_group g on g.type = p.type and g.value = p.value
    join sample x on x.type = p.type and x.value = p.value and x.nth <= 5
    group by p.type, p.value, p.reason, g.records`)
  for (const name of ['link_group', 'link_problem', 'link_member', 'link_same'])
    await writer.run(sql`drop table if exists temp.${raw(name)}`)
}

/** Same value and same whole name. Where birth dates or ID cards differ, only those that agree on them link. */
async function linkEqualNames(writer: Writer): Promise<void> {
  const contacts = sql`
    select
      m.type, m.value, m.name_key,
      count(distinct r.phone) as phones,
      count(distinct r.email) as emails
    from link_member m
    join identity_record r on r.node = m.node
    where m.type in ${byStrength('hint')} and m.kind = 'full'
    group by m.type, m.value, m.name_key`
  await writer.run(sql`create or replace temp table link_same as
    with same as (
      select
        type, value, name_key,
        min(node) as first,
        max(node) as last,
        count(distinct birth) as births,
        count(distinct id_card) as cards
      from link_member
      where kind = 'full'
      group by type, value, name_key
      having min(node) <> max(node)
    ),
    contacts as (${contacts})
    select s.*, coalesce(k.phones, 0) as phones, coalesce(k.emails, 0) as emails
    from same s
    left join contacts k on k.type = s.type and k.value = s.value and k.name_key = s.name_key`)
  await writer.run(sql`
    insert into identity_link (a, b, type, priority, agreement)
    with agreeing as (
      select
        m.type, m.node,
        min(m.node) over (
          partition by m.type, m.value, m.name_key,
            case when s.births > 1 then m.birth end,
            case when s.cards > 1 then m.id_card end
        ) as first
      from link_member m
      join link_same s on s.type = m.type and s.value = m.value and s.name_key = m.name_key
      where m.kind = 'full'
        and (s.births <= 1 or m.birth is not null)
        and (s.cards <= 1 or m.id_card is not null)
        and (m.type not in ${byStrength('hint')} or (s.phones <= 1 and s.emails <= 1 and s.births <= 1 and s.cards <= 1))
    )
    select distinct first, node, type, ${priorityOf(raw('type'))}, 'equal'
    from agreeing
    where first <> node`)
  await writer.run(sql`
    insert into link_problem
    select type, value, 'different_birth_date' from link_same where births > 1
    union all
    select type, value, 'different_id_card' from link_same where cards > 1 and births <= 1
    union all
    select type, value, 'different_contacts' from link_same where type in ${byStrength('hint')} and births <= 1 and cards <= 1 and (phones > 1 or emails > 1)`)
}

/**
 * A record without a name joins when all whole names on all its values are one name and no birth date or ID card
 * differs there: on a value of the strength `person`, also when there is no name at all; on a value that households
 * share only when a second one agrees, for the card without a name may be that of somebody else at home.
 */
async function linkMissingNames(writer: Writer): Promise<void> {
  await writer.run(sql`
    insert into identity_link (a, b, type, priority, agreement)
    with nameless as (
      select node from identity_record group by node having max(case when kind <> 'none' then 1 else 0 end) = 0
    ),
    held as (
      select distinct m.type, m.value, m.node, m.names, m.one_name
      from link_member m
      join nameless l on l.node = m.node
      where m.type not in ${byStrength('hint')}
    ),
    unclear as (
      select node
      from held
      group by node
      having count(distinct one_name) > 1 or max(names) > 1
    ),
    odd as (
      select m.type, m.value
      from link_member m
      where m.kind = 'partial' and m.one_name is not null and not ${fits(raw('m.one_name'), raw('m.name_key'))}
      group by m.type, m.value
      union
      select type, value from link_same where births > 1 or cards > 1
    ),
    named as (
      select type, value, min(node) as first from link_member where kind = 'full' group by type, value
    ),
    second as (
      select h.node
      from held h
      join link_member m on m.type = h.type and m.value = h.value and m.node <> h.node and m.kind = 'full'
      join identity_node n on n.node = h.node
      group by h.node, m.node
      having count(distinct h.type) >= 2 or max(case when n.birth = m.birth then 1 else 0 end) = 1
    ),
    anybody as (
      select type, value, min(node) as first from link_member where type in ${byStrength('person')} group by type, value
    )
    select distinct coalesce(n.first, y.first), h.node, h.type, ${priorityOf(raw('h.type'))}, 'missing'
    from held h
    left join unclear u on u.node = h.node
    left join odd o on o.type = h.type and o.value = h.value
    left join named n on n.type = h.type and n.value = h.value
    left join anybody y on y.type = h.type and y.value = h.value
    where u.node is null and o.value is null and coalesce(n.first, y.first) <> h.node
      and (h.type in ${byStrength('person')} or h.node in (select node from second))`)
}

/**
 * Masked names that fit and names that only sound alike need two agreeing values of different types, or one and the
 * same birth date; and no other name there that would fit too.
 */
async function linkWithSecondKey(writer: Writer): Promise<void> {
  await writer.run(sql`
    insert into identity_link (a, b, type, priority, agreement)
    with pairs as (
      select
        a.type, a.node as a, b.node as b, b.name_key as other,
        case when a.kind = 'partial' then 'masked' else 'sound' end as agreement,
        case when a.birth = b.birth then 1 else 0 end as born
      from link_member a
      join link_member b on b.type = a.type and b.value = a.value and b.node <> a.node
      where a.type not in ${byStrength('hint')}
        and (a.names > 1 or a.masked > 0)
        and b.kind = 'full'
        and (
          (a.kind = 'partial' and ${fits(raw('b.name_key'), raw('a.name_key'))})
          or (a.kind = 'full' and a.name_key <> b.name_key and a.sound <> '' and a.sound = b.sound)
        )
        and (a.birth is null or b.birth is null or a.birth = b.birth)
        and (a.id_card is null or b.id_card is null or a.id_card = b.id_card)
    ),
    candidates as (
      select a, count(distinct other) as others from pairs group by a
    ),
    proved as (
      select a, b, agreement, min(type) as type, min(${priorityOf(raw('type'))}) as priority
      from pairs
      group by a, b, agreement
      having count(distinct type) >= 2 or max(born) = 1
    )
    select least(p.a, p.b), greatest(p.a, p.b), p.type, p.priority, p.agreement
    from proved p
    join candidates k on k.a = p.a
    where k.others = 1`)
}

/** Values whose names did not agree. */
async function noteNames(writer: Writer): Promise<void> {
  await writer.run(sql`
    insert into link_problem
    select
      g.type, g.value,
      case
        when g.names > 1 and g.sounds = 1 then 'similar_names'
        when g.names > 1 then 'different_names'
        when g.masked > 0 then 'masked_name'
        else 'missing_name'
      end
    from link_group g
    left join link_problem p on p.type = g.type and p.value = g.value
    left join (
      -- Linked through this very value: then nothing is left to tell.
      select m.type, m.value, count(distinct m.node) as linked
      from link_member m
      join (select a as node, type from identity_link union select b, type from identity_link) l on l.node = m.node and l.type = m.type
      group by m.type, m.value
    ) d on d.type = g.type and d.value = g.value
    where p.value is null
      and g.type not in ${byStrength('hint')}
      and (g.names > 1 or coalesce(d.linked, 0) < g.records)`)
}
