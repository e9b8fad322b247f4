import { id, join, raw, sql, tableId, w, type Sql, type Writer } from '../../warehouse/index.ts'
import type { CompiledMapping } from '../mapping/compile.ts'
import type { Counted } from './batches.ts'
import { temp } from './names.ts'
import { sameKeyInFile } from './versions.ts'

export interface RunOf {
  readonly source: string
  /** Batch of each `_file`. */
  readonly batches: readonly number[]
  /** Mended rows of a batch that is there already: copies go on from those stored, and nothing is a file of its own. */
  readonly mending?: boolean
}

const rows = id(temp.rows)
const out = id(temp.out)
const copies = id(temp.copies)
const files = id(temp.files)
const met = id(temp.met)

/**
 * Decide for every row of `intake_rows` what becomes of it and write the domain rows; quarantine is written by
 * `holdRows` from the same tables. Window functions and joins run only over the few rows that need them: hashes that
 * occur twice are found first by grouping their first 12 hex digits, which the engine keeps inline.
 */
export async function settle(mapping: CompiledMapping, run: RunOf, writer: Writer): Promise<Counted[]> {
  await writer.run(
    sql`create or replace temp table ${copies} ("_file" integer, "_row" bigint, copy integer, record_key varchar)`,
  )
  await writer.run(sql`create or replace temp table ${out} ("_file" integer, "_row" bigint, why varchar)`)
  await numberCopies(mapping, run, writer)
  const replaced = new Map<number, number>()
  for (const [from, to] of await spans(mapping, run, writer)) {
    const range = sql`m."_file" between ${from} and ${to}`
    const again = await meetStored(mapping, run, range, writer)
    await findTaken(mapping, run, range, again, writer)
    if (again) for (const [file, n] of await replaceVersions(mapping, range, writer)) replaced.set(file, n)
    await insertRows(mapping, run, range, writer)
  }
  return count(mapping, run, replaced, writer)
}

/** Exact copies inside a file: `copy` 2, 3 …; without a key each gets a record key of its own by its number. */
async function numberCopies(mapping: CompiledMapping, run: RunOf, writer: Writer): Promise<void> {
  const stored = run.mending
    ? sql`(select count(*) from ${tableId(mapping.table)} as d where d.batch = f.batch and d.content_hash = m."_hash")`
    : raw('0')
  const several = sql`select "_file" as file, substr("_hash", 1, 12) as head
    from ${rows}
    where not "_skip"
    group by 1, 2
    having count(*) > 1 ${run.mending ? sql`or true` : raw('')}`
  await writer.run(sql`insert into ${copies}
with several as (
  ${several}
), numbered as (
  select m."_file", m."_row", m."_hash", m."_key", m."_keyed", f.path,
    ${stored} + row_number() over (partition by m."_file", m."_hash", case when m."_keyed" then m."_key" end order by m."_row") as n
  from ${rows} as m
  join several as s on s.file = m."_file" and s.head = substr(m."_hash", 1, 12)
  join ${files} as f on f."_file" = m."_file"
  where not m."_skip"
)
select "_file", "_row", cast(n as integer),
  case when "_keyed" then "_key" else ${w.md5(sql`concat(${run.source}, '|', path, '|', "_hash", '|', cast(n as varchar))`)} end
from numbered
where n > 1`)
  if (mapping.keyed && sameKeyInFile[mapping.domain.name] === 'last')
    await writer.run(sql`insert into ${out}
with several as (
  select "_file" as file, substr("_key", 1, 12) as head
  from ${rows}
  where "_keyed" and not "_skip" and not "_held"
  group by 1, 2
  having count(*) > 1
), last as (
  select m."_file", m."_key", ${w.argMax(sql`m."_hash"`, sql`m."_row"`)} as "_hash"
  from ${rows} as m join several as s on s.file = m."_file" and s.head = substr(m."_key", 1, 12)
  where m."_keyed" and not m."_skip" and not m."_held"
  group by 1, 2
)
select m."_file", m."_row", 'old'
from ${rows} as m join last as l on l."_file" = m."_file" and l."_key" = m."_key"
where m."_keyed" and not m."_skip" and not m."_held" and m."_hash" <> l."_hash"`)
}

/**
 * Files are settled together; one after the other only where a key occurs in two of them, so that the outcome is the
 * same however the journal's records were grouped.
 */
async function spans(mapping: CompiledMapping, run: RunOf, writer: Writer): Promise<[number, number][]> {
  const all: [number, number][] = [[0, run.batches.length - 1]]
  if (!mapping.keyed || run.batches.length === 1) return all
  const shared = await writer.query(sql`select 1 as one from (
  select substr("_key", 1, 12) from ${rows} where "_keyed" and not "_skip" group by 1 having min("_file") <> max("_file") limit 1
) as x`)
  return shared.length ? run.batches.map((_, i): [number, number] => [i, i]) : all
}

/**
 * The keys that are stored or in quarantine already, into `intake_met`: mostly none, and then nothing is compared. One
 * join over the keys' beginnings, which the engine keeps inline, finds the candidates.
 */
async function meetStored(mapping: CompiledMapping, run: RunOf, range: Sql, writer: Writer): Promise<boolean> {
  if (!mapping.keyed) return false
  const [others] = await writer.query<{ n: number }>(sql`select count(*) as n from batch as b
where b.dataset = ${mapping.domain.name} and b.space = ${mapping.space} and b.undone_at is null and b.batch <> ${run.batches[0]!}`)
  if (!others!.n && run.batches.length === 1 && !run.mending) return false
  const keys = (table: Sql): Sql => sql`select distinct d.record_key from ${table} as d
where d.record_key is not null
  and substr(d.record_key, 1, 12) in (select substr(m."_key", 1, 12) from ${rows} as m where ${range} and m."_keyed" and not m."_skip")`
  await writer.run(
    sql`create or replace temp table ${met} as ${keys(tableId(mapping.table))} union ${keys(sql`quarantine`)}`,
  )
  const [found] = await writer.query<{ n: number }>(sql`select count(*) as n from ${met}`)
  return found!.n > 0
}

/** Rows that were taken before, be they stored or in quarantine: with a key by key and content, else by their place and content. */
async function findTaken(
  mapping: CompiledMapping,
  run: RunOf,
  range: Sql,
  again: boolean,
  writer: Writer,
): Promise<void> {
  const table = tableId(mapping.table)
  const [first] = await writer.query<{ unkeyed: number }>(sql`select
  (select count(*) from batch as b where b.source = ${run.source} and b.dataset = ${mapping.domain.name} and b.undone_at is null
    and b.path in (select path from ${files}) and b.batch not in (select batch from ${files})) as unkeyed`)
  const before = sql`not exists (select 1 from ${files} as own where own.batch = d.batch)`
  const earlier = sql`select b.batch from batch as b where b.source = ${run.source} and b.undone_at is null and b.path in (select path from ${files})`
  const unmended = run.mending ? sql`and ${before}` : raw('')
  if (first!.unkeyed > 0)
    await writer.run(sql`insert into ${out}
select m."_file", m."_row", 'dup'
from ${rows} as m left join ${copies} as c on c."_file" = m."_file" and c."_row" = m."_row"
where ${range} and not m."_keyed" and not m."_skip" and (
  coalesce(c.record_key, m."_key") in (select d.record_key from ${table} as d where d.batch in (${earlier}) ${unmended})
  or coalesce(c.record_key, m."_key") in (select d.record_key from quarantine as d where d.batch in (${earlier}) and d.record_key is not null ${unmended}))`)
  if (again)
    await writer.run(sql`insert into ${out}
select m."_file", m."_row", 'dup'
from ${rows} as m
where ${range} and m."_keyed" and not m."_skip" and m."_key" in (select record_key from ${met}) and (
  exists (select 1 from ${table} as d where d.record_key = m."_key" and d.content_hash = m."_hash" ${unmended})
  or exists (select 1 from quarantine as d where d.record_key = m."_key" and d.content_hash = m."_hash" ${unmended}))`)
}

/** A key with other content is a new version: the stored rows that the file does not have any more go. */
async function replaceVersions(mapping: CompiledMapping, range: Sql, writer: Writer): Promise<Map<number, number>> {
  const found = new Map<number, number>()
  if (!mapping.keyed) return found
  const table = tableId(mapping.table)
  const winners = sql`select m."_file", m."_key"
  from ${rows} as m
  where ${range} and m."_keyed" and not m."_skip" and not m."_held" and m."_key" in (select record_key from ${met})
    and not exists (select 1 from ${out} as o where o."_file" = m."_file" and o."_row" = m."_row")`
  const kept =
    sameKeyInFile[mapping.domain.name] === 'last'
      ? raw('')
      : sql`and not exists (select 1 from ${rows} as m where ${range} and m."_key" = d.record_key and m."_hash" = d.content_hash and not m."_held")`
  const counted = await writer.query<{ file: number; n: number }>(sql`select v."_file" as file, count(*) as n
from ${table} as d join (select distinct "_file", "_key" from (${winners}) as x) as v on v."_key" = d.record_key
where true ${kept}
group by 1`)
  for (const c of counted) found.set(c.file, c.n)
  if (counted.length)
    await writer.run(sql`delete from ${table} as d
where d.record_key in (select x."_key" from (${winners}) as x) ${kept}`)
  return found
}

async function insertRows(mapping: CompiledMapping, run: RunOf, range: Sql, writer: Writer): Promise<void> {
  const [some] = await writer.query<{ copies: number; out: number }>(
    sql`select (select count(*) from ${copies}) as copies, (select count(*) from ${out}) as out`,
  )
  const withCopies = some!.copies > 0
  const fields = mapping.fields.map((f) => id(f))
  await writer.run(sql`insert into ${tableId(mapping.table)} (record_key, source, space, batch, row, copy, tags, content_hash, ${join(fields)})
select ${withCopies ? sql`coalesce(c.record_key, m."_key")` : sql`m."_key"`}, ${run.source}, ${mapping.space}, f.batch, m."_row",
  ${withCopies ? sql`coalesce(c.copy, 1)` : raw('1')}, m."_tags", m."_hash", ${join(fields.map((f) => sql`m.${f}`))}
from ${rows} as m
join ${files} as f on f."_file" = m."_file"
${withCopies ? sql`left join ${copies} as c on c."_file" = m."_file" and c."_row" = m."_row"` : raw('')}
where ${range} and not m."_skip" and not m."_held"
  ${some!.out > 0 ? sql`and not exists (select 1 from ${out} as o where o."_file" = m."_file" and o."_row" = m."_row")` : raw('')}`)
}

async function count(
  mapping: CompiledMapping,
  run: RunOf,
  replaced: ReadonlyMap<number, number>,
  writer: Writer,
): Promise<Counted[]> {
  const customer = mapping.fields.includes('customer_id')
    ? sql`m.customer_id is null`
    : raw(Object.hasOwn(mapping.domain.fields, 'customer_id') ? 'true' : 'false')
  const all = await writer.query<Record<string, number>>(sql`select m."_file" as file, count(*) as n,
  ${w.countIf(sql`m."_skip"`)} as skipped,
  ${w.countIf(sql`m."_held" and not m."_skip"`)} as held,
  ${w.countIf(sql`not m."_skip" and ${customer}`)} as without_customer
from ${rows} as m
group by 1`)
  const dup = await writer.query<Record<string, number>>(sql`select m."_file" as file, count(*) as n,
  ${w.countIf(sql`m."_held"`)} as held,
  ${w.countIf(customer)} as without_customer
from ${rows} as m join ${out} as o on o."_file" = m."_file" and o."_row" = m."_row" and o.why = 'dup'
group by 1`)
  const copied = await writer.query<Record<string, number>>(sql`select m."_file" as file, count(*) as n
from ${rows} as m join ${copies} as c on c."_file" = m."_file" and c."_row" = m."_row"
where not m."_held" and not exists (select 1 from ${out} as o where o."_file" = m."_file" and o."_row" = m."_row")
group by 1`)
  return run.batches.map((batch, file) => {
    const of = (found: readonly Record<string, number>[], name: string): number =>
      found.find((r) => r.file === file)?.[name] ?? 0
    const quarantined = of(all, 'held') - of(dup, 'held')
    return {
      batch,
      rows: of(all, 'n'),
      skipped: of(all, 'skipped'),
      duplicate: of(dup, 'n'),
      quarantined,
      stored: of(all, 'n') - of(all, 'skipped') - of(dup, 'n') - quarantined,
      copies: of(copied, 'n'),
      withoutCustomer: of(all, 'without_customer') - of(dup, 'without_customer'),
      replaced: replaced.get(file) ?? 0,
    }
  })
}
