import { catalogueOf, type Ground } from '../governance/index.ts'
import type { AuditEntry, CatalogueView, LineageRun, Page } from '../server/contract.ts'
import { id, join, sql, type Table } from '../warehouse/index.ts'

/** Declared tables with their row counts. */
export async function catalogueView(ground: Ground, tables: readonly Table[]): Promise<CatalogueView> {
  const counts = await ground.warehouse.query<{ name: string; rows: number }>(
    join(
      tables.map((t) => sql`select ${t.name} as name, count(*) as ${id('rows')} from ${id(t.name)}`),
      '\nunion all\n',
    ),
  )
  const rows = new Map(counts.map((c) => [c.name, c.rows]))
  return { tables: catalogueOf(tables).map((t) => ({ ...t, columns: [...t.columns], rows: rows.get(t.name) ?? 0 })) }
}

/** Newest first; the cursor is an offset, runs only grow at the top. */
export async function lineageRuns(
  ground: Ground,
  query: { cursor?: string; limit: number },
): Promise<Page<LineageRun>> {
  const offset = Number(query.cursor ?? 0) || 0
  const rows = await ground.warehouse.query<{
    run: string
    stage: string
    started_at: string
    ended_at: string
    inputs: string[]
    outputs: string[]
    mapping_version: number | null
    status: string
  }>(sql`
    select run, stage, started_at, ended_at, inputs, outputs, mapping_version, status
    from lineage_run
    order by started_at desc, run
    limit ${query.limit + 1} offset ${offset}`)
  return {
    items: rows.slice(0, query.limit).map((r) => ({
      run: r.run,
      stage: r.stage,
      startedAt: r.started_at,
      endedAt: r.ended_at,
      inputs: r.inputs,
      outputs: r.outputs,
      mappingVersion: r.mapping_version ?? undefined,
      status: r.status === 'failed' ? 'failed' : 'done',
    })),
    next: rows.length > query.limit ? String(offset + query.limit) : undefined,
  }
}

export async function auditEntries(
  ground: Ground,
  query: { before?: number; limit: number },
): Promise<Page<AuditEntry>> {
  const entries = await ground.audit.list(query)
  return {
    items: entries.map((e) => ({
      at: new Date(e.at).toISOString(),
      actor: e.actor,
      action: e.action,
      what: e.what,
      purpose: e.purpose,
    })),
    next: entries.length === query.limit ? String(entries.at(-1)!.position) : undefined,
  }
}
