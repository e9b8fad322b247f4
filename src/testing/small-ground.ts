import { join } from 'node:path'
import { createGovernance, type Ground } from '../governance/index.ts'
import { openLocalJournal, openLocalLake } from '../journal/index.ts'
import { openProjection, type Projector, type Row, type Table } from '../warehouse/index.ts'
import { openPurchaseWorld } from './purchase-world.ts'

/** A ground over real journal, lake, warehouse and governance in a temporary folder. */
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
  const now = options.now ?? Date.UTC(2024, 5, 30, 12)
  const journal = await openLocalJournal({ dir: join(world.dir, 'journal') })
  const governance = createGovernance({ journal, clock: () => now, workspace: 'test' })
  await governance.load()
  governance.attach(world.warehouse)
  const lake = await openLocalLake({ dir: join(world.dir, 'lake') })
  const projectors: Projector[] = []
  const projection = await openProjection({ journal, warehouse: world.warehouse, projectors: () => projectors })
  return {
    workspace: 'test',
    home: world.dir,
    journal,
    lake,
    warehouse: world.warehouse,
    definitions: governance.definitions,
    lineage: governance.lineage,
    audit: governance.audit,
    projection,
    clock: () => now,
    zone: options.zone ?? 'UTC',
    fill: world.fill,
    register: (more) => projectors.push(...more),
    close: async () => {
      await governance.close()
      await journal.close()
      await world.close()
    },
  }
}
