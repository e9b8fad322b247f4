import { domainOf, type DomainName } from '../intake/index.ts'
import { id, join, list, sql, w, type Sql, type Warehouse } from '../warehouse/index.ts'
import type { RuleContext } from './contract.ts'
import type { RuleInUse } from './judge.ts'
import { columnType, judgedColumns, ruleSql, type RuleSql } from './rule-sql.ts'
import { missingSql } from './values.ts'

/** What one source delivers of a data set. */
export interface Delivery {
  readonly source: string
  readonly rows: number
  /** Columns with at least one value. */
  readonly columns: ReadonlySet<string>
}

export interface RuleCount {
  readonly rule: string
  readonly source: string
  readonly evaluated: number
  readonly failed: number
  /** Set when the rule could not run. */
  readonly problem?: string
}

/** Cells or rows behind a score, by source. */
export interface Ratio {
  readonly source: string
  readonly numerator: number
  readonly denominator: number
}

export interface Scan {
  readonly counts: readonly RuleCount[]
  readonly completeness: readonly Ratio[]
  readonly validity: readonly Ratio[]
  readonly consistency: readonly Ratio[]
}

/** Rows and filled columns by source: one pass that reads only null masks. */
export async function deliveries(
  warehouse: Pick<Warehouse, 'query'>,
  dataset: DomainName,
  signal?: AbortSignal,
): Promise<Delivery[]> {
  const fields = Object.keys(domainOf(dataset).fields)
  const counted = fields.map((field, i) => sql`count(${id(field)}) as ${id(`n${i}`)}`)
  const rows = await warehouse.query(
    sql`select source, count(*) as total, ${join(counted)} from ${id(dataset)} group by source order by source`,
    { signal, lane: 'heavy' },
  )
  return rows.map((row) => ({
    source: String(row.source),
    rows: Number(row.total),
    columns: new Set(fields.filter((_, i) => Number(row[`n${i}`]) > 0)),
  }))
}

/**
 * Evaluate all rules of a data set in one pass per group of sources that deliver the same columns: each predicate once
 * per row, all counts and the cells behind the scores from it.
 */
export async function scanDataset(
  warehouse: Pick<Warehouse, 'query'>,
  dataset: DomainName,
  all: readonly Delivery[],
  rules: readonly RuleInUse[],
  context: RuleContext,
  signal?: AbortSignal,
): Promise<Scan> {
  const groups = new Map<string, Delivery[]>()
  for (const one of all) {
    const key = [...one.columns].sort().join(' ')
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const scans: Scan[] = []
  for (const group of groups.values()) scans.push(await scanGroup(warehouse, dataset, group, rules, context, signal))
  return {
    counts: scans.flatMap((s) => s.counts),
    completeness: scans.flatMap((s) => s.completeness),
    validity: scans.flatMap((s) => s.validity),
    consistency: scans.flatMap((s) => s.consistency),
  }
}

interface Planned extends RuleSql {
  readonly id: string
  readonly dimension: string
  readonly columns: readonly string[]
}

async function scanGroup(
  warehouse: Pick<Warehouse, 'query'>,
  dataset: DomainName,
  group: readonly Delivery[],
  rules: readonly RuleInUse[],
  context: RuleContext,
  signal?: AbortSignal,
): Promise<Scan> {
  const delivered = group[0]!.columns
  const broken: RuleCount[] = []
  const breaks = (rule: string, error: unknown): void => {
    const problem = error instanceof Error ? error.message : String(error)
    broken.push(...group.map(({ source }) => ({ rule, source, evaluated: 0, failed: 0, problem })))
  }
  const planned: Planned[] = []
  for (const { rule } of rules) {
    if (rule.off || !(rule.stage.includes('batch') || rule.stage.includes('profile'))) continue
    const columns = judgedColumns(rule, delivered)
    if (!columns) continue
    try {
      planned.push({ id: rule.id, dimension: rule.dimension, columns, ...ruleSql(rule, context, { columns }) })
    } catch (error) {
      breaks(rule.id, error)
    }
  }
  const run = async (some: readonly Planned[]): Promise<Scan> =>
    collect(some, await warehouse.query(statement(dataset, group, some), { signal, lane: 'heavy' }), dataset, group)
  try {
    const scan = await run(planned)
    return { ...scan, counts: [...scan.counts, ...broken] }
  } catch (error) {
    if (signal?.aborted) throw error
    // One rule that cannot run must not take the others with it: find it, then scan without it.
    const sound: Planned[] = []
    for (const one of planned) {
      try {
        await run([one])
        sound.push(one)
      } catch (problem) {
        breaks(one.id, problem)
      }
    }
    const scan = await run(sound)
    return { ...scan, counts: [...scan.counts, ...broken] }
  }
}

/** Flags of each row once, then counts of them. */
function statement(dataset: DomainName, group: readonly Delivery[], planned: readonly Planned[]): Sql {
  const keys = requiredHere(dataset, group)
  const valid = validColumns(planned)
  const consistent = planned.flatMap((p, i) => (p.dimension === 'consistency' ? [i] : []))
  const flags = [
    sql`source`,
    ...planned.flatMap((p, i) => [sql`${p.applies} as ${id(`a${i}`)}`, sql`${p.fails} as ${id(`f${i}`)}`]),
    ...unique([...keys, ...valid.keys()]).map(
      (c) => sql`${missingSql(id(c), columnType(dataset, c))} as ${id(`m_${c}`)}`,
    ),
  ]
  const or = (conditions: readonly Sql[]): Sql => sql`(${join(conditions, ' or ')})`
  const counts = [
    sql`source`,
    sql`count(*) as total`,
    ...planned.flatMap((_, i) => [
      sql`${w.countIf(id(`a${i}`))} as ${id(`e${i}`)}`,
      sql`${w.countIf(id(`f${i}`))} as ${id(`n${i}`)}`,
    ]),
    ...keys.map((c) => sql`${w.countIf(sql`not ${id(`m_${c}`)}`)} as ${id(`k_${c}`)}`),
    ...[...valid].flatMap(([c, indexes]) => [
      sql`${w.countIf(sql`not ${id(`m_${c}`)}`)} as ${id(`d_${c}`)}`,
      sql`${w.countIf(sql`not ${id(`m_${c}`)} and not ${or(indexes.map((i) => id(`f${i}`)))}`)} as ${id(`v_${c}`)}`,
    ]),
    ...(consistent.length
      ? [
          sql`${w.countIf(or(consistent.map((i) => id(`a${i}`))))} as cd`,
          sql`${w.countIf(sql`${or(consistent.map((i) => id(`a${i}`)))} and not ${or(consistent.map((i) => id(`f${i}`)))}`)} as cn`,
        ]
      : []),
  ]
  return sql`select ${join(counts)}
from (select ${join(flags)} from ${id(dataset)} where source in ${list(group.map((g) => g.source))}) as flagged
group by source
order by source`
}

function collect(
  planned: readonly Planned[],
  rows: readonly Record<string, unknown>[],
  dataset: DomainName,
  group: readonly Delivery[],
): Scan {
  const required = domainOf(dataset).keyFields.length
  const keys = requiredHere(dataset, group)
  const valid = [...validColumns(planned).keys()]
  const sum = (row: Record<string, unknown>, names: readonly string[]): number =>
    names.reduce((total, name) => total + Number(row[name]), 0)
  return {
    counts: rows.flatMap((row) =>
      planned.map((p, i) => ({
        rule: p.id,
        source: String(row.source),
        evaluated: Number(row[`e${i}`]),
        failed: Number(row[`n${i}`]),
      })),
    ),
    completeness: rows.map((row) => ({
      source: String(row.source),
      numerator: sum(
        row,
        keys.map((c) => `k_${c}`),
      ),
      denominator: required * Number(row.total),
    })),
    validity: rows.map((row) => ({
      source: String(row.source),
      numerator: sum(
        row,
        valid.map((c) => `v_${c}`),
      ),
      denominator: sum(
        row,
        valid.map((c) => `d_${c}`),
      ),
    })),
    consistency: rows.map((row) => ({
      source: String(row.source),
      numerator: Number(row.cn ?? 0),
      denominator: Number(row.cd ?? 0),
    })),
  }
}

/** Key fields that these sources deliver: the others are missing in every row and need no look. */
function requiredHere(dataset: DomainName, group: readonly Delivery[]): string[] {
  return domainOf(dataset).keyFields.filter((field) => group[0]!.columns.has(field))
}

/** Columns under validity rules of one column, with the rules' places. */
function validColumns(planned: readonly Planned[]): Map<string, number[]> {
  const found = new Map<string, number[]>()
  planned.forEach((p, i) => {
    if (p.dimension === 'validity' && p.columns.length === 1)
      found.set(p.columns[0]!, [...(found.get(p.columns[0]!) ?? []), i])
  })
  return found
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}
