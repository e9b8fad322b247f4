import { domainOf, type DomainName } from '../intake/index.ts'
import { id, join, sql, w, type ColumnType, type Sql, type Warehouse } from '../warehouse/index.ts'
import type { Ratio } from './scan.ts'
import { missingSql } from './values.ts'
import { wilson } from './wilson.ts'

type Reader = Pick<Warehouse, 'query'>

export interface MeasuredField {
  readonly name: string
  readonly type: ColumnType
}

export interface Completeness {
  readonly numerator: number
  readonly denominator: number
  readonly fields: readonly { readonly field: string; readonly present: number; readonly total: number }[]
}

/**
 * Completeness (A12) of some fields over any table: non-missing cells over all cells. Before governance it is taken
 * over the raw customer records, after it over the golden profiles.
 * @param table a table expression, e.g. `id('profile')`
 */
export async function measureCompleteness(
  warehouse: Reader,
  table: Sql,
  fields: readonly MeasuredField[],
  signal?: AbortSignal,
): Promise<Completeness> {
  if (!fields.length) return { numerator: 0, denominator: 0, fields: [] }
  const counts = fields.map((f, i) => sql`${w.countIf(sql`not ${missingSql(id(f.name), f.type)}`)} as ${id(`n${i}`)}`)
  const [row] = await warehouse.query(sql`select count(*) as total, ${join(counts)} from ${table} as measured`, {
    signal,
    lane: 'heavy',
  })
  const total = Number(row?.total ?? 0)
  const found = fields.map((f, i) => ({ field: f.name, present: Number(row?.[`n${i}`] ?? 0), total }))
  return { numerator: found.reduce((sum, f) => sum + f.present, 0), denominator: total * fields.length, fields: found }
}

/** Key fields of a data set with their types. */
export function keyFieldsOf(dataset: DomainName): MeasuredField[] {
  const domain = domainOf(dataset)
  return domain.keyFields.map((name) => ({ name, type: domain.fields[name]!.type }))
}

/** Distinct keys over rows with a key, by source; nothing when the data set has no natural key. */
export async function measureUniqueness(
  warehouse: Reader,
  dataset: DomainName,
  signal?: AbortSignal,
): Promise<Ratio[]> {
  const key = domainOf(dataset).naturalKey
  if (!key.length) return []
  const there = join(
    key.map((k) => sql`${id(k)} is not null`),
    ' and ',
  )
  const rows = await warehouse.query(
    sql`select source, count(*) as keys, sum(n) as total
from (select source, space, ${join(key.map((k) => id(k)))}, count(*) as n from ${id(dataset)} where ${there} group by source, space, ${join(key.map((k) => id(k)))}) as grouped
group by source order by source`,
    { signal, lane: 'heavy' },
  )
  return rows.map((r) => ({ source: String(r.source), numerator: Number(r.keys), denominator: Number(r.total) }))
}

/** The time at which what a record tells happened. */
export const occurredColumn: Readonly<Partial<Record<DomainName, string>>> = {
  event: 'occurred_at',
  interaction: 'occurred_at',
  feedback: 'occurred_at',
  campaign_touch: 'occurred_at',
  order: 'ordered_at',
  order_line: 'ordered_at',
  delivery: 'shipped_at',
}

/**
 * Records that were taken within the agreed time after they happened, by source. What had happened before the source
 * was first taken could not be in time and is not judged: a source of history alone is not measured. @param slaSeconds default one day */
export async function measureTimeliness(
  warehouse: Reader,
  dataset: DomainName,
  slaSeconds = 86_400,
  signal?: AbortSignal,
): Promise<Ratio[]> {
  const column = occurredColumn[dataset]
  if (!column) return []
  const at = id('t', column)
  const rows = await warehouse.query(
    sql`select t.source, count(*) as total, ${w.countIf(sql`${w.epoch(sql`b.taken_at`)} - ${w.epoch(at)} <= ${slaSeconds}`)} as timely
from ${id(dataset)} as t join batch as b on b.batch = t.batch
join (select source, min(taken_at) as first_at from batch group by source) as f on f.source = t.source
where ${at} is not null and ${at} >= f.first_at group by t.source order by t.source`,
    { signal, lane: 'heavy' },
  )
  return rows.map((r) => ({ source: String(r.source), numerator: Number(r.timely), denominator: Number(r.total) }))
}

export interface Accuracy {
  /** Cells compared: the field has a value in both. */
  readonly n: number
  readonly agree: number
  /** Undefined = not measured. */
  readonly interval?: { readonly low: number; readonly high: number }
}

/**
 * Agreement with a reference list or a verified sample, with its Wilson 95 % interval. Without a reference accuracy is
 * not measured: there is no other way to know.
 * @param reference a table expression with the key column and the fields, as folded text
 */
export async function measureAccuracy(
  warehouse: Reader,
  table: Sql,
  reference: Sql,
  key: string,
  fields: readonly string[],
  signal?: AbortSignal,
): Promise<Accuracy> {
  const both = (f: string): Sql => sql`t.${id(f)} is not null and r.${id(f)} is not null`
  const same = (f: string): Sql =>
    sql`${w.foldText(w.cast(sql`t.${id(f)}`, 'text'))} = ${w.foldText(w.cast(sql`r.${id(f)}`, 'text'))}`
  const sum = (of: (f: string) => Sql): Sql =>
    fields.map((f) => w.countIf(of(f))).reduce((a, b) => sql`${a} + ${b}`, sql`0`)
  const [row] = await warehouse.query(
    sql`select ${sum(both)} as n, ${sum((f) => sql`${both(f)} and ${same(f)}`)} as agree
from ${table} as t join ${reference} as r on r.${id(key)} = t.${id(key)}`,
    { signal },
  )
  const [n, agree] = [Number(row?.n ?? 0), Number(row?.agree ?? 0)]
  return { n, agree, interval: wilson(agree, n) }
}
