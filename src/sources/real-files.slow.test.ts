import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { quiet } from '../base/context.ts'
import { file } from './connectors/file.ts'
import { createFileReader } from './readers/file-reader.ts'
import { testFolder } from './folder.testing.ts'

const data = fileURLToPath(new URL('../../../shared/data/real/', import.meta.url))
const folder = await testFolder()
const reader = createFileReader({ scratch: folder.work })

/** All files below a path, inspected and prepared; counts by the reader and by the engine. */
async function readAll(path: string, engine = true) {
  const totals = {
    files: 0,
    rows: 0,
    bad: [] as { row: number; code: string }[],
    engineRows: 0,
    plans: [] as unknown[],
  }
  for await (const found of file.find(file.configure({ path: data + path }), quiet)) {
    const { member } = found
    const { plan } = await reader.inspect(found.localPath, member === undefined ? {} : { member })
    const prepared = await reader.prepare(found.localPath, plan, folder.work)
    totals.files++
    totals.rows += prepared.rows + prepared.bad.length
    totals.bad.push(...prepared.bad.map(({ row, code }) => ({ row, code })))
    totals.plans.push(plan)
    if (engine) totals.engineRows += (await folder.engineRows(prepared)).length
  }
  return totals
}

// Published or documented figures of the files; the data is not part of the repository.
describe.skipIf(!existsSync(data))('real files (skipped: ../shared/data is absent)', () => {
  it('UCI Online Retail: 305 daily CSVs in a tar.gz, 541,909 rows', async () => {
    expect(await readAll('online_retail/raw', false)).toMatchObject({ files: 305, rows: 541_909, bad: [] })
  }, 60_000)

  it('airline tweets mangled by Excel: 14,640 rows, two of them not UTF-8', async () => {
    const { rows, bad, engineRows } = await readAll('en_airline_tweets/raw')
    expect(rows).toBe(14_640)
    expect(engineRows).toBe(14_638)
    expect(bad.map((b) => b.code)).toEqual(['invalid_encoding', 'invalid_encoding'])
  })

  it('Olist reviews with quoted line breaks: 14,944 rows', async () => {
    expect(await readAll('olist/raw')).toMatchObject({ rows: 14_944, engineRows: 14_944, bad: [] })
  })

  it('one population in two dialects: 2,240 rows each', async () => {
    const { rows, plans } = await readAll('mk_campaign/raw')
    expect(rows).toBe(4_480)
    expect(plans).toMatchObject([{ delimiter: ';' }, { delimiter: ',' }])
    expect((plans[1] as { columns: string[] }).columns).toContain('Income')
  })

  it('CRM tables: 8,800 opportunities, 85 accounts, 7 products, 35 agents', async () => {
    expect(await readAll('crm_sales/raw')).toMatchObject({ files: 4, rows: 8_927, engineRows: 8_927, bad: [] })
  })

  it('Wish products: 1,573 rows of 43 columns', async () => {
    const { rows, engineRows, plans } = await readAll('mk_small/raw')
    expect([rows, engineRows]).toEqual([1_573, 1_573])
    expect((plans[0] as { columns: string[] }).columns).toHaveLength(43)
  })

  it('CDNOW, aligned by blanks: 69,659 rows', async () => {
    const { rows, engineRows, plans } = await readAll('cdnow/raw/CDNOW_master.txt.gz')
    expect([rows, engineRows]).toEqual([69_659, 69_659])
    expect(plans).toMatchObject([{ delimiter: ' +' }])
  })

  it('a web log is read line by line as one column: 10,000 rows', async () => {
    const { rows, engineRows, plans } = await readAll('ev_apache_logs/raw/access_log_10k.gz')
    expect([rows, engineRows]).toEqual([10_000, 10_000])
    expect(plans).toMatchObject([{ header: false, columns: ['column_1'] }])
  })

  it('Parquet: columns and rows from the metadata, the same as the engine reads', async () => {
    const { rows, engineRows } = await readAll('cdnow/*.parquet')
    expect(rows).toBeGreaterThan(70_000)
    expect(engineRows).toBe(rows)
  })
})
