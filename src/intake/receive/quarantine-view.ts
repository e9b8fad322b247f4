import type { Text } from '../../base/text.ts'
import { join, raw, sql, w, type Actor, type Row, type Sql, type Warehouse } from '../../warehouse/index.ts'
import { domains } from '../schema/index.ts'
import type { DomainName } from '../contract.ts'
import { batchTable, quarantineTable } from '../tables.ts'
import { messageOf, ruleNames } from './messages.ts'
import type { Page } from './pages.ts'

export interface QuarantineRow {
  batch: number
  row: number
  source: string
  dataset: string
  path: string
  rule: string
  field?: string
  value?: string
  message: Text
  raw: string
  state: 'open' | 'fixed' | 'replayed' | 'discarded'
}

export interface QuarantineQuery {
  source?: string
  rule?: string
  state?: string
  batch?: number
  cursor?: string
  limit?: number
}

const columns = {
  batch: quarantineTable.columns.batch!,
  row: quarantineTable.columns.row!,
  source: quarantineTable.columns.source!,
  dataset: quarantineTable.columns.dataset!,
  rule: quarantineTable.columns.rule!,
  field: quarantineTable.columns.field!,
  value: quarantineTable.columns.value!,
  code: quarantineTable.columns.code!,
  params: quarantineTable.columns.params!,
  raw: quarantineTable.columns.raw!,
  state: quarantineTable.columns.state!,
  path: batchTable.columns.path!,
}

function filtered(query: QuarantineQuery): Sql {
  const parts = [
    query.source && sql`q.source = ${query.source}`,
    query.rule && sql`q.rule = ${query.rule}`,
    query.state && sql`q.state = ${query.state}`,
    query.batch !== undefined && sql`q.batch = ${query.batch}`,
  ].filter((p): p is Sql => Boolean(p))
  return sql`select q.batch, q.row, q.source, q.dataset, q.rule, q.field, q.value, q.code, q.params, q.raw, q.state, b.path
from quarantine as q join batch as b on b.batch = q.batch
where ${parts.length ? join(parts, ' and ') : raw('true')}`
}

/** Entries newest batch first, as the actor may see them. */
export async function quarantinePage(
  warehouse: Warehouse,
  query: QuarantineQuery,
  actor: Actor,
): Promise<Page<QuarantineRow>> {
  const limit = Math.min(query.limit ?? 50, 500)
  const offset = Number(query.cursor) || 0
  const rows = await warehouse.read<Row>({
    actor,
    purpose: 'quality',
    columns,
    query: sql`${filtered(query)}
order by q.batch desc, q.row, q.rule, q.field
${w.page(limit + 1, offset)}`,
  })
  return { items: rows.slice(0, limit).map(view), ...(rows.length > limit ? { next: String(offset + limit) } : {}) }
}

/** All entries, no cap. */
export async function* quarantineStream(
  warehouse: Warehouse,
  query: QuarantineQuery,
  actor: Actor,
): AsyncIterable<QuarantineRow[]> {
  const request = {
    actor,
    purpose: 'quality',
    columns,
    query: sql`${filtered(query)} order by q.batch, q.row, q.rule, q.field`,
  }
  for await (const rows of warehouse.readStream<Row>(request)) yield rows.map(view)
}

export interface QuarantineSummary {
  total: number
  byRule: { rule: string; name: Text; rows: number }[]
  bySource: { source: string; rows: number }[]
}

/** Open rows; a row that several rules hold counts once in the total and once under each rule. */
export async function quarantineSummary(warehouse: Warehouse): Promise<QuarantineSummary> {
  const open = sql`quarantine where state = 'open'`
  const [total] = await warehouse.query<Row>(
    sql`select count(*) as n from (select distinct batch, row from ${open}) as x`,
  )
  const rules = await warehouse.query<Row>(sql`select rule, min(params) as params, count(*) as n
from (select rule, batch, row, min(cast(params as varchar)) as params from ${open} group by rule, batch, row) as x
group by rule
order by n desc, rule`)
  const sources = await warehouse.query<Row>(sql`select source, count(*) as n
from (select distinct source, batch, row from ${open}) as x
group by source
order by n desc, source`)
  return {
    total: Number(total!.n),
    byRule: rules.map((r) => ({
      rule: String(r.rule),
      name: ruleNames[String(r.rule)] ?? named(String(r.rule), r.params),
      rows: Number(r.n),
    })),
    bySource: sources.map((r) => ({ source: String(r.source), rows: Number(r.n) })),
  }
}

function named(rule: string, params: unknown): Text {
  const p = parsed(params)
  return typeof p.zh === 'string' && typeof p.en === 'string' ? { zh: p.zh, en: p.en } : { zh: rule, en: rule }
}

function view(r: Row): QuarantineRow {
  const field = r.field === null ? undefined : String(r.field)
  const title = field ? domains[r.dataset as DomainName]?.fields[field]?.text : undefined
  return {
    batch: Number(r.batch),
    row: Number(r.row),
    source: String(r.source),
    dataset: String(r.dataset),
    path: String(r.path),
    rule: String(r.rule),
    ...(field ? { field } : {}),
    ...(r.value === null ? {} : { value: String(r.value) }),
    message: messageOf(String(r.code), parsed(r.params), title),
    raw: String(r.raw ?? ''),
    state: r.state as QuarantineRow['state'],
  }
}

function parsed(params: unknown): Record<string, unknown> {
  try {
    return (typeof params === 'string' ? JSON.parse(params) : (params ?? {})) as Record<string, unknown>
  } catch {
    return {}
  }
}
