import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seeded } from '../base/random.ts'
import { sql } from '../warehouse/index.ts'
import type { Mapping } from './contract.ts'
import { openBench } from './testing/ground.ts'

const home = mkdtempSync(join(tmpdir(), 'intake-kill-'))
const mapping: Mapping = {
  dataset: 'order_line',
  fields: { order_id: { column: 'no' }, sku: { column: 'sku' }, quantity: { column: 'qty' } },
}
const files = 12
const rows = 4000

beforeAll(() => {
  mkdirSync(join(home, 'files'), { recursive: true })
  for (let f = 0; f < files; f++) {
    const lines = Array.from({ length: rows }, (_, i) => `${f}-${i},s${i % 7},${i % 1000 === 999 ? 'bad' : i}`)
    writeFileSync(join(home, 'files', `f${f}.csv`), `no,sku,qty\n${lines.join('\n')}\n`)
  }
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Start an import in a child, kill it after `ms` behind its start; true when it had ended before. */
async function killed(ms: number): Promise<boolean> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'testing', 'importer.mts'), home, JSON.stringify(mapping)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let out = ''
  let errors = ''
  child.stderr.on('data', (d) => (errors += d))
  child.stdout.on('data', (d) => {
    const before = out
    out += d
    if (!before.includes('ready') && out.includes('ready')) setTimeout(() => child.kill('SIGKILL'), ms)
  })
  await new Promise((exited) => child.on('exit', exited))
  expect(out.includes('ready') || child.killed, errors).toBe(true)
  return out.includes('done')
}

it('kill -9 in the middle of an import loses nothing and counts nothing twice', { timeout: 120_000 }, async () => {
  const random = seeded(11)
  for (let round = 0; round < 4; round++) if (await killed(50 + random.int(500))) break
  const bench = await openBench({ home })
  try {
    await bench.intake.take('s')
    expect(await bench.intake.figures('s')).toMatchObject({
      rows_read: files * rows,
      stored: files * (rows - 4),
      quarantined: files * 4,
      duplicate: 0,
    })
    expect(
      await bench.query(
        sql`select count(*) as n, count(distinct record_key) as keys, count(distinct batch) as batches from order_line`,
      ),
    ).toEqual([{ n: files * (rows - 4), keys: files * (rows - 4), batches: files }])
    const before = await bench.hash()
    await bench.rebuild()
    expect(await bench.hash()).toBe(before)
  } finally {
    await bench.close(true)
  }
})
