import type { Page } from './pages.ts'
import { sql, w, type Row, type Sql, type Warehouse } from '../../warehouse/index.ts'
import type { DomainName } from '../contract.ts'

/** An import as doors show it; `takenAt` and `undoneAt` are ISO times. */
export interface BatchView {
  batch: number
  source: string
  dataset: DomainName
  path: string
  bytes: number
  rowsRead: number
  stored: number
  duplicate: number
  quarantined: number
  skipped: number
  copies: number
  takenAt: string
  undoneAt?: string
  mappingVersion: number
}

const select = sql`select b.batch, b.source, b.dataset, b.path, b.bytes, b.rows_read, b.stored, b.duplicate, b.quarantined, b.skipped,
  b.copies, b.mapping_version, ${w.timeText(sql`b.taken_at`)} as taken_at, ${w.timeText(sql`b.undone_at`)} as undone_at
from batch as b`

export async function batchesBetween(warehouse: Warehouse, from: number, to: number): Promise<BatchView[]> {
  return views(warehouse, sql`${select} where b.batch between ${from} and ${to} order by b.batch`)
}

/** Newest first. */
export async function batchPage(
  warehouse: Warehouse,
  query: { source?: string; cursor?: string; limit?: number },
): Promise<Page<BatchView>> {
  const limit = Math.min(query.limit ?? 50, 500)
  const before = Number(query.cursor) || Number.MAX_SAFE_INTEGER
  const items = await views(
    warehouse,
    sql`${select}
where b.batch < ${before} ${query.source ? sql`and b.source = ${query.source}` : sql``}
order by b.batch desc
${w.page(limit + 1, 0)}`,
  )
  const next = items.length > limit ? String(items[limit - 1]!.batch) : undefined
  return { items: items.slice(0, limit), ...(next ? { next } : {}) }
}

async function views(warehouse: Warehouse, query: Sql): Promise<BatchView[]> {
  const rows = await warehouse.query<Row>(query)
  return rows.map((r) => ({
    batch: Number(r.batch),
    source: String(r.source),
    dataset: r.dataset as DomainName,
    path: String(r.path),
    bytes: Number(r.bytes),
    rowsRead: Number(r.rows_read),
    stored: Number(r.stored),
    duplicate: Number(r.duplicate),
    quarantined: Number(r.quarantined),
    skipped: Number(r.skipped),
    copies: Number(r.copies),
    takenAt: iso(r.taken_at)!,
    ...(r.undone_at ? { undoneAt: iso(r.undone_at) } : {}),
    mappingVersion: Number(r.mapping_version),
  }))
}

export function iso(time: unknown): string | undefined {
  return time ? `${String(time).replace(' ', 'T')}Z` : undefined
}
