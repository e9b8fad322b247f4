import { customerRef } from '../identity/index.ts'
import { id, join, raw, sql, type Sql, type Warehouse, type Writer } from '../warehouse/index.ts'
import { goldenFields, type SurvivorshipRule } from './golden-fields.ts'
import { survivorOf } from './survivorship.ts'

/** When a record last told something: its own times first, else when its file was taken. */
export const observedAt: Sql = sql`coalesce(c.last_active_at, c.registered_at, c.first_contact_at, b.taken_at)`

/**
 * Sources by trust, the best first: as defined, then by how many of the key fields their records fill, so that the
 * order follows from the data when nobody said anything.
 */
export async function sourcesByTrust(
  warehouse: Warehouse,
  defined: readonly string[],
  keyFields: readonly string[],
): Promise<string[]> {
  const filled = join(
    keyFields.map((f) => sql`case when ${id(f)} is not null then 1 else 0 end`),
    ' + ',
  )
  const found = await warehouse.query<{ source: string }>(sql`
    select source
    from customer
    group by source
    order by avg(${filled}) desc, source`)
  return [...new Set([...defined, ...found.map((f) => f.source)])]
}

/** One row per person with a customer row, in the temporary table `golden`. */
export async function fillGolden(
  writer: Writer,
  rules: ReadonlyMap<string, SurvivorshipRule>,
  trusted: readonly string[],
): Promise<void> {
  const given = join(goldenFields.map((f) => sql`c.${id(f.from)} as ${id(f.name)}`))
  const rank = trusted.length
    ? sql`case c.source ${join(
        trusted.map((s, i) => sql`when ${s} then ${trusted.length - i}`),
        ' ',
      )} else 0 end`
    : sql`0`
  await writer.run(sql`create or replace temp table golden_record as
    select
      k.person_id, c.source, c.batch, c.row,
      ${observedAt} as observed_at, ${rank} as rank, coalesce(f.kind, 'none') as name_kind,
      ${given}
    from customer c
    join person_key k on k.key_type = 'ref' and k.key_value = ${customerRef(raw('c'))}
    left join batch b on b.batch = c.batch
    left join name_form f on f.name = c.name`)
  // Windows over few narrow columns: sorting whole records of everybody would not fit into memory.
  await writer.run(sql`create or replace temp table golden_rank as
    with many as (
      select person_id from golden_record group by person_id having count(*) > 1
    )
    select
      r.batch, r.row,
      row_number() over (partition by r.person_id order by r.observed_at nulls first, r.batch, r.row) as recent,
      row_number() over (partition by r.person_id order by r.rank, r.observed_at nulls first, r.batch, r.row) as trust
    from golden_record r
    join many m on m.person_id = r.person_id`)
  const only = join(
    goldenFields.map((f) =>
      f.name === 'name' ? sql`case when name_kind <> 'none' then name end as name` : id(f.name),
    ),
  )
  const chosen = join(goldenFields.map((f) => survivorOf(f, rules.get(f.name)!)))
  // Most persons have one record: nothing to choose there.
  await writer.run(sql`create or replace temp table golden as
    select r.person_id, ${only}, 1 as sources, 1 as records
    from golden_record r
    left join golden_rank o on o.batch = r.batch and o.row = r.row
    where o.batch is null
    union all
    select person_id, ${chosen}, count(distinct source), count(*)
    from golden_record r
    join golden_rank o on o.batch = r.batch and o.row = r.row
    group by person_id`)
  await writer.run(sql`drop table if exists temp.golden_record`)
  await writer.run(sql`drop table if exists temp.golden_rank`)
}
