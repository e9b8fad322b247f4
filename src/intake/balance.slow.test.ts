import { writeFileSync } from 'node:fs'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { seeded } from '../base/random.ts'
import { id, sql } from '../warehouse/index.ts'
import type { DomainName, Mapping } from './contract.ts'
import { openBench } from './testing/ground.ts'

/** Random small files with repeated keys, exact copies, faults and rows of other kinds, taken in random portions. */
it(
  'read = stored + duplicate + quarantined + skipped, and a rebuild from the start gives the same tables',
  { timeout: 120_000 },
  async () => {
    const random = seeded(23)
    const bench = await openBench()
    try {
      const mappings: Record<string, Mapping> = {
        keyed_last: {
          dataset: 'customer',
          space: 'shared',
          fields: { customer_id: { column: 'k' }, age: { column: 'n' }, level: { column: 't' } },
        },
        keyed_beside: {
          dataset: 'order',
          space: 'shared',
          where: "t != 'skip'",
          fields: { order_id: { column: 'k' }, amount: { column: 'n' }, status: { column: 't' } },
        },
        keyless: {
          dataset: 'order_line',
          where: "t != 'skip'",
          fields: { order_id: { column: 'k' }, quantity: { column: 'n' }, sku: { column: 't' } },
        },
      }
      for (const [source, mapping] of Object.entries(mappings)) {
        const dir = join(bench.home, 'files', source)
        mkdirSync(dir, { recursive: true })
        await bench.intake.putSource(source, { connector: 'file', config: { path: dir }, mapping }, { actor: 'test' })
        const files = new Map<string, string[]>()
        for (let round = 0; round < 3; round++) {
          for (let f = 0; f < 3; f++) {
            const name = `f${random.int(4)}.csv`
            const rows = files.get(name) ?? []
            for (let i = 0; i < 12; i++)
              rows.push(
                `${random.chance(0.1) ? '' : `K${random.int(6)}`},${random.pick(['1', '2', 'bad'])},${random.pick(['a', 'b', 'skip'])}`,
              )
            files.set(name, rows)
            writeFileSync(join(dir, name), `k,n,t\n${rows.join('\n')}\n`)
          }
          await bench.intake.take(source)
        }
      }
      const batches = (await bench.intake.batches({ limit: 500 })).items
      expect(batches.length).toBeGreaterThan(10)
      for (const b of batches)
        expect(b.rowsRead, JSON.stringify(b)).toBe(b.stored + b.duplicate + b.quarantined + b.skipped)
      const [keyless] = await bench.query(
        sql`select (select count(*) from order_line) as rows_, sum(stored) as stored from batch where source = 'keyless'`,
      )
      expect(keyless!.rows_).toBe(keyless!.stored)
      const held = await bench.query(sql`select count(*) as n from (select distinct batch, row from quarantine) as q`)
      expect(held[0]!.n).toBe(batches.reduce((n, b) => n + b.quarantined, 0))
      const before = await bench.hash()
      await bench.rebuild()
      expect(await bench.hash()).toBe(before)
      // Undo everything: nothing of it remains.
      for (const b of batches) await bench.intake.undo(b.batch, { actor: 'test' })
      for (const dataset of ['customer', 'order', 'order_line'] as DomainName[])
        expect(await bench.query(sql`select count(*) as n from ${id(dataset)}`)).toEqual([{ n: 0 }])
      const emptied = await bench.hash()
      await bench.rebuild()
      expect(await bench.hash()).toBe(emptied)
    } finally {
      await bench.close()
    }
  },
)
