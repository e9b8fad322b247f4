import { join } from 'node:path'
import type { Defined, DefinitionKind, Definitions, Ground } from '../governance/index.ts'
import { openLocalJournal, openLocalLake } from '../journal/index.ts'
import { openProjection, type Projector, type Row, type Table } from '../warehouse/index.ts'
import { openPurchaseWorld } from './purchase-world.ts'

/** A ground over real journal, lake and warehouse in a temporary folder; definitions live in memory only. */
export interface SmallGround extends Ground {
  fill(name: string, rows: readonly Row[]): Promise<void>
  register(projectors: readonly Projector[]): void
  close(): Promise<void>
}

export async function openSmallGround(
  tables: readonly Table[],
  options: { zone?: string; now?: number } = {},
): Promise<SmallGround> {
  const world = await openPurchaseWorld(tables)
  const journal = await openLocalJournal({ dir: join(world.dir, 'journal') })
  const lake = await openLocalLake({ dir: join(world.dir, 'lake') })
  const projectors: Projector[] = []
  const projection = await openProjection({ journal, warehouse: world.warehouse, projectors: () => projectors })
  const now = options.now ?? Date.UTC(2024, 5, 30, 12)
  return {
    workspace: 'test',
    home: world.dir,
    journal,
    lake,
    warehouse: world.warehouse,
    definitions: memoryDefinitions(now),
    lineage: { run: (_stage, _info, work) => work('run') },
    audit: { write() {}, list: async () => [] },
    projection,
    clock: () => now,
    zone: options.zone ?? 'UTC',
    fill: world.fill,
    register: (more) => projectors.push(...more),
    close: async () => {
      await journal.close()
      await world.close()
    },
  }
}

function memoryDefinitions(now: number): Definitions {
  const all = new Map<string, Defined<unknown>[]>()
  const key = (kind: DefinitionKind, id: string): string => `${kind}/${id}`
  let revision = 0
  const add = (
    kind: DefinitionKind,
    id: string,
    value: unknown,
    by: { actor: string; why?: string },
  ): Defined<unknown> => {
    const versions = all.get(key(kind, id)) ?? []
    const defined = { id, version: versions.length + 1, value, position: ++revision, at: now, ...by }
    all.set(key(kind, id), [...versions, defined])
    return defined
  }
  const last = (kind: DefinitionKind, id: string): Defined<unknown> | undefined => {
    const found = all.get(key(kind, id))?.at(-1)
    return found?.value === undefined ? undefined : found
  }
  return {
    put: async (kind, id, value, by) => add(kind, id, value, by) as Defined<typeof value>,
    remove: async (kind, id, by) => void add(kind, id, undefined, by),
    get: (kind, id) => last(kind, id) as never,
    list: (kind) =>
      [...all.keys()]
        .filter((k) => k.startsWith(`${kind}/`))
        .sort()
        .flatMap((k) => last(kind, k.slice(kind.length + 1)) ?? []) as never,
    history: (kind, id) => (all.get(key(kind, id)) ?? []) as never,
    version: (kind, id, version) => all.get(key(kind, id))?.[version - 1]?.value as never,
    revision: () => revision,
  }
}
