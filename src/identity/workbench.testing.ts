import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Defined, Definitions, Ground } from '../governance/index.ts'
import { batchTable, domainTables, intakeTables, type DomainName } from '../intake/index.ts'
import { openLocalJournal, openLocalLake } from '../journal/index.ts'
import {
  openDuckDb,
  openProjection,
  openWarehouse,
  type Actor,
  type MaskKind,
  type Projector,
  type Row,
  type Table,
} from '../warehouse/index.ts'
import { qualityTables } from '../quality/index.ts'
import { identityProjectors } from './projector.ts'
import { identityTables } from './tables.ts'

export interface Workbench {
  readonly ground: Ground
  /** Put rows into a domain table as one batch; missing system columns are filled. Returns the batch. */
  add(
    domain: DomainName,
    rows: readonly Row[],
    options?: { batch?: number; source?: string; space?: string },
  ): Promise<number>
  /** Reads that left the platform with something in clear. */
  readonly audited: { actor: string; columns: readonly string[] }[]
  close(): Promise<void>
}

/** Real journal, lake, engine and projection in a folder of their own; only the definitions are plain objects. For tests and benches. */
export async function openWorkbench(
  more: { tables?: readonly Table[]; dir?: string; file?: boolean } = {},
): Promise<Workbench> {
  const home = more.dir ?? (await mkdtemp(join(tmpdir(), 'tributary-identity-')))
  const journal = await openLocalJournal({ dir: join(home, 'journal') })
  const lake = await openLocalLake({ dir: join(home, 'lake') })
  const engine = await openDuckDb({
    path: more.file ? join(home, 'warehouse.duckdb') : ':memory:',
    tmpDir: join(home, 'spill'),
    allowedDirs: [home],
  })
  const audited: Workbench['audited'] = []
  const warehouse = await openWarehouse({
    engine,
    tables: [...intakeTables, ...qualityTables, ...identityTables, ...(more.tables ?? [])],
    policy: {
      masking: (actor: Actor, _purpose, column): MaskKind =>
        column.class === 'non_sensitive' || actor.role === 'admin' || actor.role === 'system'
          ? 'none'
          : (column.mask ?? 'redact'),
      audit: (entry) => void audited.push({ actor: entry.actor.id, columns: entry.columns }),
    },
  })
  const projectors: Projector[] = []
  const projection = await openProjection({ journal, warehouse, projectors: () => projectors })
  let now = Date.UTC(2024, 5, 1)
  const ground: Ground = {
    workspace: 'test',
    home,
    journal,
    lake,
    warehouse,
    definitions: plainDefinitions(),
    lineage: { run: (_stage, _info, work) => work('run') },
    audit: { write() {}, list: async () => [] },
    projection,
    clock: () => (now += 1000),
    zone: 'Asia/Shanghai',
  }
  projectors.push(...identityProjectors(ground))
  let batches = 0
  let rowNumber = 0
  return {
    ground,
    audited,
    async add(domain, rows, options = {}) {
      const batch = options.batch ?? ++batches
      batches = Math.max(batches, batch)
      const source = options.source ?? 'crm'
      const columns = Object.keys(domainTables[domain].columns)
      const filled = rows.map((row): Row => {
        const n = ++rowNumber
        return {
          record_key: `k${batch}-${n}`,
          source,
          space: options.space ?? source,
          batch,
          row: n,
          copy: 1,
          content_hash: String(n),
          ...row,
        }
      })
      await warehouse.transaction(async (writer) => {
        await writer.append(
          domainTables[domain],
          columns,
          filled.map((row) => columns.map((c) => row[c] ?? null)),
        )
        const at = new Date(Date.UTC(2024, 4, 1) + batch * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
        await writer.append(
          batchTable,
          ['batch', 'source', 'dataset', 'path', 'sha256', 'stored', 'taken_at'],
          [[batch, source, domain, `${domain}.csv`, '', filled.length, at]],
        )
      })
      return batch
    },
    async close() {
      await warehouse.close()
      await journal.close()
      if (!more.dir) await rm(home, { recursive: true, force: true })
    },
  }
}

function plainDefinitions(): Definitions {
  const kept = new Map<string, Defined<unknown>>()
  let revision = 0
  const place = (kind: string, id: string): string => `${kind}/${id}`
  return {
    async put(kind, id, value, by) {
      const defined = {
        id,
        version: (kept.get(place(kind, id))?.version ?? 0) + 1,
        value,
        position: ++revision,
        at: 0,
        actor: by.actor,
      }
      kept.set(place(kind, id), defined)
      return defined as never
    },
    async remove(kind, id) {
      revision++
      kept.delete(place(kind, id))
    },
    get: (kind, id) => kept.get(place(kind, id)) as never,
    list: (kind) => [...kept].filter(([k]) => k.startsWith(`${kind}/`)).map(([, v]) => v) as never,
    history: () => [],
    version: () => undefined,
    asOf: () => [],
    revision: () => revision,
  }
}
