import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGovernance, type Ground } from '../../governance/index.ts'
import { openLocalJournal, openLocalLake } from '../../journal/index.ts'
import { connectors, createFileReader } from '../../sources/index.ts'
import {
  canonicalHash,
  openDuckDb,
  openProjection,
  openWarehouse,
  projectionTable,
  type Projector,
  type Row,
  type Sql,
} from '../../warehouse/index.ts'
import type { Judge } from '../contract.ts'
import { createIntake, type Intake } from '../intake.ts'
import { intakeTables } from '../tables.ts'

/** A real ground with intake on it, for tests. */
export interface Bench {
  readonly home: string
  readonly ground: Ground
  readonly intake: Intake
  query(query: Sql): Promise<Row[]>
  hash(): Promise<string>
  rebuild(): Promise<void>
  /** Close; `keep` leaves the folder for a later `openBench(home)`. */
  close(keep?: boolean): Promise<void>
}

export async function openBench(
  options: { home?: string; judge?: Judge; zone?: string; clock?: () => number } = {},
): Promise<Bench> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'intake-'))
  for (const dir of ['tmp', 'lake', 'files']) mkdirSync(join(home, dir), { recursive: true })
  const clock = options.clock ?? (() => 1_700_000_000_000)
  const journal = await openLocalJournal({ dir: join(home, 'journal') })
  const lake = await openLocalLake({ dir: join(home, 'lake') })
  const governance = createGovernance({ journal, clock, workspace: 'main' })
  await governance.load()
  const tables = [projectionTable, ...governance.tables, ...intakeTables]
  const engine = await openDuckDb({
    path: join(home, 'warehouse.duckdb'),
    tmpDir: join(home, 'tmp', 'spill'),
    allowedDirs: [join(home, 'lake'), join(home, 'tmp')],
  })
  const warehouse = await openWarehouse({ engine, tables, policy: governance.policy })
  governance.attach(warehouse)
  let projectors: readonly Projector[] = []
  const projection = await openProjection({ journal, warehouse, projectors: () => projectors })
  const ground: Ground = {
    workspace: 'main',
    home,
    journal,
    lake,
    warehouse,
    projection,
    clock,
    zone: options.zone ?? 'Asia/Shanghai',
    definitions: governance.definitions,
    lineage: governance.lineage,
    audit: governance.audit,
  }
  const intake = createIntake(ground, { reader: createFileReader(), connectors, judge: options.judge ?? (() => []) })
  projectors = [...governance.projectors, ...intake.projectors]
  await projection.catchUp()
  return {
    home,
    ground,
    intake,
    query: (query) => warehouse.query(query),
    hash: async () => (await canonicalHash(warehouse, intakeTables)).hash,
    rebuild: async () => {
      await projection.rebuild()
    },
    async close(keep = false) {
      await intake.close()
      await governance.close()
      await warehouse.close()
      await journal.close()
      if (!keep) rmSync(home, { recursive: true, force: true })
    },
  }
}
