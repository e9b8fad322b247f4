import { join, raw, sql, w, type Sql, type Writer } from '../warehouse/index.ts'
import { agreementText, linkTypes, type NameAgreement } from './link-types.ts'

/** `P` and 20 characters of a digest: the same for the same reference in the same workspace. */
const mintedId = (workspace: string, ...more: readonly Sql[]): Sql =>
  sql`concat('P', substr(${w.md5(w.concat(sql`${workspace}`, raw(`'/'`), ...more))}, 1, 20))`

const agreements = Object.keys(agreementText) as NameAgreement[]
const whens = (of: (agreement: NameAgreement, i: number) => Sql): Sql => join(agreements.map(of), ' ')
const strength = sql`priority * 10 + case agreement ${whens((a, i) => sql`when ${a} then ${i}`)} else 9 end`
const reason = sql`case cast(floor(e.best / 10) as int) ${join(
  linkTypes.map(
    (t) =>
      sql`when ${t.priority} then case e.best % 10 ${whens((a, i) => sql`when ${i} then ${`${t.name}+${a}`}`)} else ${t.name} end`,
  ),
  ' ',
)} end`

/**
 * From clusters to the ledger's persons: a person goes where the largest part of its references went (the cluster
 * with the smallest reference when equal), unless that part began as somebody who was merged into it; a cluster that
 * receives several keeps the oldest id; one that receives none takes back a retired id that began with one of its
 * references, or mints. Writes what changes to `identity_proposal`.
 */
export async function assignPersons(writer: Writer, workspace: string): Promise<void> {
  await writer.run(sql`delete from identity_proposal`)
  await writer.run(sql`create or replace temp table assign_member as
    select n.node, n.ref, coalesce(c.root, n.node) as root, k.person_id
    from identity_node n
    left join identity_cluster c on c.node = n.node
    left join person_key k on k.key_type = 'ref' and k.key_value = n.ref`)
  await writer.run(sql`create or replace temp table assign_cluster as
    with overlap as (
      select person_id, root, count(*) as refs
      from assign_member
      where person_id is not null
      group by person_id, root
    ),
    undone as (
      -- A part that a merged person began, without what its heir began: the merge is being taken back.
      select r.merged_into as person_id, m.root
      from person r
      join assign_member m on m.ref = r.origin_ref
      join person heir on heir.person_id = r.merged_into
      left join assign_member own on own.ref = heir.origin_ref and own.root = m.root
      where r.state = 'merged' and own.root is null
      group by r.merged_into, m.root
    ),
    home as (
      select
        o.person_id, o.root,
        row_number() over (partition by o.person_id order by case when u.root is null then 0 else 1 end, o.refs desc, o.root) as nth
      from overlap o
      left join undone u on u.person_id = o.person_id and u.root = o.root
    ),
    claim as (
      select h.root, h.person_id, row_number() over (partition by h.root order by p.minted_run, h.person_id) as nth
      from home h
      join person p on p.person_id = h.person_id
      where h.nth = 1
    ),
    unclaimed as (
      select distinct m.root
      from assign_member m
      left join claim c on c.root = m.root
      where c.root is null
    ),
    back as (
      select m.root, p.person_id, row_number() over (partition by m.root order by p.minted_run, p.person_id) as nth
      from person p
      join assign_member m on m.ref = p.origin_ref
      join unclaimed u on u.root = m.root
      where p.state <> 'active'
    )
    select root, person_id, 'kept' as how from claim where nth = 1
    union all
    select root, person_id, 'back' from back where nth = 1
    union all
    select u.root, case when taken.person_id is null then ${mintedId(workspace, raw('n.ref'))} else ${mintedId(workspace, raw('n.ref'), raw(`'/'`), raw('cast(runs.n as varchar)'))} end, 'new'
    from unclaimed u
    join identity_node n on n.node = u.root
    cross join (select coalesce(max(run), 0) as n from identity_run) runs
    left join (select root from back where nth = 1) b on b.root = u.root
    left join person taken on taken.person_id = ${mintedId(workspace, raw('n.ref'))}
    where b.root is null`)
  await writer.run(sql`
    insert into identity_proposal (seq, kind, person_id, other_id, key_type, key_value, reason)
    with homes as (
      -- Where the person before now lives: a reference that came along merged, one that left was split off.
      select c.person_id, c.root from assign_cluster c
    ),
    evidence as (
      -- The strongest link of each node, as a number: texts cost ten times as much to compare.
      select node, min(strength) as best
      from (
        select a as node, ${strength} as strength from identity_link
        union all
        select b, ${strength} from identity_link
      ) e
      group by node
    ),
    changed as (
      select
        case
          when m.person_id is null and m.node = m.root and c.how = 'new' then 'mint'
          when m.person_id is null then 'attach'
          when h.root is null then 'merge'
          else 'split'
        end as kind,
        c.person_id, m.person_id as other_id, m.ref, m.node
      from assign_member m
      join assign_cluster c on c.root = m.root
      left join homes h on h.person_id = m.person_id
      where m.person_id is null or m.person_id <> c.person_id
    ),
    gone as (
      select k.person_id, k.key_value as ref
      from person_key k
      left join identity_node n on n.ref = k.key_value
      where k.key_type = 'ref' and n.ref is null
    ),
    rows_of_run as (
      select c.kind, c.person_id, c.other_id, c.ref, c.node, ${reason} as reason
      from changed c
      left join evidence e on e.node = c.node
      union all
      select 'detach', person_id, null, ref, null, null from gone
    )
    select row_number() over (order by node nulls last, ref), kind, person_id, other_id, 'ref', ref, reason
    from rows_of_run`)
  for (const name of ['assign_member', 'assign_cluster']) await writer.run(sql`drop table if exists temp.${raw(name)}`)
}
