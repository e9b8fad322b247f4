import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll } from 'vitest'
import type { PreparedFile } from './contract.ts'

/** For tests: a folder that is removed afterwards, and what the real engine reads from a prepared file. */
export async function testFolder() {
  const root = await mkdtemp(join(tmpdir(), 'sources-test-'))
  const work = join(root, '.work')
  await mkdir(work)
  const engine = await DuckDBInstance.create(':memory:')
  const connection = await engine.connect()
  afterAll(async () => {
    connection.closeSync()
    await rm(root, { recursive: true, force: true })
  })
  return {
    root,
    work,
    async write(name: string, content: string | Uint8Array): Promise<string> {
      const path = join(root, name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, content)
      return path
    },
    /** Rows as the engine reads them, every cell as text; with `_row` first when the file has it. */
    async engineRows(p: PreparedFile): Promise<(string | null)[][]> {
      const names = p.columns.map((_c, i) => `c${i}`)
      const text =
        p.format === 'parquet'
          ? `select cast(columns(*) as varchar) from read_parquet('${p.path}')`
          : `select * from read_csv('${p.path}', auto_detect=false, header=false, skip=${p.skipLines ?? 0}, delim='${p.delimiter}', quote='"', escape='"', columns={${names.map((n) => `'${n}':'VARCHAR'`).join(',')}})`
      const result = await connection.runAndReadAll(text)
      return result.getRows() as (string | null)[][]
    },
  }
}
