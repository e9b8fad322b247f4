import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identityTables } from '../identity/index.ts'
import { domainTables } from '../intake/index.ts'
import { profileTable, purchaseTable } from '../profiles/index.ts'
import { openDuckDb, openWarehouse, type Row, type Table, type Warehouse } from '../warehouse/index.ts'

/** The tables that segments and insight read. */
export const purchaseWorldTables: readonly Table[] = [
  purchaseTable,
  profileTable,
  ...identityTables,
  domainTables.event,
  domainTables.product,
  domainTables.interaction,
]

export interface PurchaseWorld {
  readonly warehouse: Warehouse
  readonly dir: string
  /** Rows as objects; missing columns are null, with sensible system columns. */
  fill(name: string, rows: readonly Row[]): Promise<void>
  close(): Promise<void>
}

/** A real warehouse in a temporary folder with the tables that purchases need, for suites and tests. */
export async function openPurchaseWorld(more: readonly Table[] = []): Promise<PurchaseWorld> {
  const dir = mkdtempSync(join(tmpdir(), 'tributary-world-'))
  const engine = await openDuckDb({ path: ':memory:', tmpDir: join(dir, 'spill'), allowedDirs: [dir] })
  const tables = [...purchaseWorldTables, ...more]
  const warehouse = await openWarehouse({ engine, tables, policy: { masking: () => 'none', audit() {} } })
  let serial = 0
  return {
    warehouse,
    dir,
    fill: async (name, rows) => {
      const t = tables.find((x) => x.name === name)!
      const columns = Object.keys(t.columns)
      const system: Row =
        name === 'purchase'
          ? { dataset: 'order_line', space: 's', source: 's', batch: 1, copy: 1, kind: 'sale', quantity: 1 }
          : { source: 's', space: 's', batch: 1, copy: 1, record_key: '', content: '' }
      await warehouse.transaction((writer) =>
        writer.append(
          t,
          columns,
          rows.map((row) => {
            const whole: Row = { ...system, row: ++serial, ...row }
            if (name !== 'purchase' && 'record_key' in t.columns && !row['record_key'])
              whole['record_key'] = String(serial)
            return columns.map((c) => whole[c] ?? null)
          }),
        ),
      )
    },
    close: async () => {
      await warehouse.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
