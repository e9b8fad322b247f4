import { DuckDBInstance } from '@duckdb/node-api'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { testFolder } from '../folder.testing.ts'
import { createFileReader } from './file-reader.ts'

const folder = await testFolder()
const reader = createFileReader({ scratch: folder.work })

it('reads names, rows and a sample of a Parquet file, and leaves the scan to the engine', async () => {
  const path = join(folder.root, 'data.csv')
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(
    `copy (select i as id, '张' || i as name, date '2024-05-01' as day, timestamp '2024-05-01 08:30:00' as at, 1.50::decimal(9,2) as price, {'a': i} as detail, null as none from range(5000) t(i)) to '${path}' (format parquet, compression zstd)`,
  )
  connection.closeSync()
  const inspection = await reader.inspect(path)
  expect(inspection.plan).toEqual({
    format: 'parquet',
    columns: ['id', 'name', 'day', 'at', 'price', 'detail', 'none'],
  })
  expect(inspection.estimatedRows).toBe(5000)
  expect(inspection.sample[1]).toEqual(['1', '张1', '2024-05-01', '2024-05-01 08:30:00', '1.5', '{"a":1}', null])
  expect(inspection.columns.map((c) => c.type)).toEqual(['int', 'text', 'date', 'timestamp', 'decimal', 'json', 'text'])
  expect(inspection.warnings.map((w) => w.code)).toEqual(['wrong_extension'])
  const prepared = await reader.prepare(path, inspection.plan, folder.work)
  expect(prepared).toMatchObject({ path, format: 'parquet', rows: 5000, bad: [] })
  expect(await folder.engineRows(prepared)).toHaveLength(5000)
  expect(JSON.parse((await reader.rawRow(path, inspection.plan, 5000))!)).toMatchObject({ id: '4999', name: '张4999' })
})

it('says so when a Parquet file is damaged', async () => {
  const path = await folder.write('broken.parquet', 'PAR1 and then nothing of use')
  await expect(reader.inspect(path)).rejects.toMatchObject({ code: 'file_not_readable' })
})
