import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dataOr, tributary, type Ended } from './cli.ts'

const data = dataOr('real/online_retail/raw')

/** Figures: README of the data set (UCI id 352, Chen, Sain & Guo 2012), recomputed on the daily files. */
describe.skipIf(!data)('the UCI Online Retail files, 305 daily CSVs (skipped when ../shared/data is absent)', () => {
  const home = mkdtempSync(join(tmpdir(), 'tributary-retail-'))
  let first: Ended
  let second: Ended

  beforeAll(async () => {
    first = await tributary('run', 'examples/online-retail', '--data', data!, '--home', home, '--json')
    second = await tributary('run', 'examples/online-retail', '--data', data!, '--home', home, '--json')
  }, 240_000)
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  it('ends well and prints the published figures', () => {
    expect(
      first.stderr
        .split('\n')
        .filter((l) => l.startsWith('error'))
        .join('\n'),
    ).toBe('')
    expect(first.code).toBe(0)
    expect(first.json).toMatchObject({
      rows_read: 541909,
      rows_without_customer: 135080,
      duplicates: 5268,
      valid_rows: 397884,
      valid_amount: 8911407.9,
      unique_valid_rows: 392692,
      unique_valid_amount: 8887208.89,
      customers: 4338,
      customer_ids: 4372,
      files_taken: 305,
    })
  })

  it('balances: read = stored + duplicate + quarantined + skipped', () => {
    const f = first.json as Record<string, number>
    expect(f.rows_stored! + f.rows_duplicate! + f.rows_quarantined! + f.rows_skipped!).toBe(f.rows_read)
  })

  it('takes nothing twice and says the same the second time', () => {
    expect(second.code).toBe(0)
    expect(second.json).toMatchObject({ files_taken: 0, rows_read: 541909, valid_amount: 8911407.9, customers: 4338 })
  })

  it('rebuilds to the same hash', async () => {
    const rebuilt = await tributary('rebuild', 'examples/online-retail', '--home', home, '--json')
    expect(rebuilt.json).toMatchObject({ equal: true, differ: [] })
  }, 240_000)
})
