import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql, type Engine, type ScanFile } from '../../index.ts'
import { openDuckDb } from './engine.ts'

const dir = mkdtempSync(join(tmpdir(), 'tributary-stage-'))
let engine: Engine
beforeAll(async () => {
  engine = await openDuckDb({ path: ':memory:', tmpDir: join(dir, 'tmp'), allowedDirs: [dir] })
})
afterAll(async () => {
  await engine.close()
  rmSync(dir, { recursive: true, force: true })
})

const csv = (name: string, content: string, rows: number, more: Partial<ScanFile> = {}): ScanFile => {
  const path = join(dir, name)
  writeFileSync(path, content)
  return { path, format: 'csv', columns: ['id', 'note'], skipLines: 1, rows, ...more }
}
const staged = (files: readonly ScanFile[]): Promise<Record<string, unknown>[]> =>
  engine.transaction(async (writer) => {
    await writer.stage('staged', files)
    return writer.query(sql`select * from staged order by "_file", "_row"`)
  })

describe('staging files', () => {
  it('numbers the rows of each file from 1, in file order', async () => {
    const rows = await staged([csv('b.csv', 'id,note\nx,1\ny,2\n', 2), csv('a.csv', 'id,note\nz,3\n', 1)])
    expect(rows).toEqual([
      { id: 'x', note: '1', _file: 0, _row: 1 },
      { id: 'y', note: '2', _file: 0, _row: 2 },
      { id: 'z', note: '3', _file: 1, _row: 1 },
    ])
  })

  it('reads quoted newlines, quotes and delimiters, CRLF, a byte order mark, and empty as null', async () => {
    const file = csv('q.csv', '\ufeffid,note\r\n1,"a\r\nb, ""c"""\r\n2,\r\n3,""\r\n,last without end', 4)
    expect((await staged([file])).map((r) => [r.id, r.note])).toEqual([
      ['1', 'a\r\nb, "c"'],
      ['2', null],
      ['3', null],
      [null, 'last without end'],
    ])
  })

  it('takes a byte order mark off a file without header line', async () => {
    expect((await staged([csv('bom.csv', '\ufeff1,a\n2,b\n', 2, { skipLines: 0 })])).map((r) => r.id)).toEqual([
      '1',
      '2',
    ])
  })

  it('keeps every text as it is: no dates, numbers or nulls are guessed', async () => {
    const values = [
      '007',
      '1e5',
      'NULL',
      'null',
      '2024-1-5',
      ' blank ',
      "it's",
      '\\N',
      '中文😀',
      '=1+1',
      '#note',
      'true',
    ]
    const file = csv('v.csv', `id,note\n${values.map((v, i) => `${i},${v}`).join('\n')}\n`, values.length)
    expect((await staged([file])).map((r) => r.note)).toEqual(values)
  })

  it('takes columns of any name, its own words included', async () => {
    const columns = ['file_index', 'filename', 'select', 'a"b', '姓名', '']
    const names = columns.map((c) => c || 'column_6')
    const rows = await staged([csv('n.csv', 'h\n1;2;3;4;5;6\n', 1, { columns: names, delimiter: ';' })])
    expect(rows).toEqual([
      { file_index: '1', filename: '2', select: '3', 'a"b': '4', 姓名: '5', column_6: '6', _file: 0, _row: 1 },
    ])
  })

  it('loads files of different delimiters and headers together', async () => {
    const rows = await staged([
      csv('c1.csv', 'id,note\na,1\n', 1),
      csv('c2.csv', 'title\n\nid;note\nb;2\nc;3\n', 2, { delimiter: ';', skipLines: 3 }),
      csv('c3.csv', 'id,note\nd,4\n', 1),
      csv('c4.csv', 'id,note\n', 0),
    ])
    expect(rows.map((r) => [r.id, r._file, r._row])).toEqual([
      ['a', 0, 1],
      ['b', 1, 1],
      ['c', 1, 2],
      ['d', 2, 1],
    ])
  })

  it('takes the row numbers that the file brings', async () => {
    const file = csv('r.csv', '_row,id,note\n3,a,x\n9,b,y\n', 2, { columns: ['_row', 'id', 'note'], rowColumn: '_row' })
    expect(await staged([file])).toEqual([
      { id: 'a', note: 'x', _file: 0, _row: 3 },
      { id: 'b', note: 'y', _file: 0, _row: 9 },
    ])
  })

  it('numbers exactly over many read buffers, quoted newlines and files', async () => {
    // 3 files of 200,000 rows, 25 MB each: the scan reads in pieces of a few MB, and cuts within quoted texts.
    const files = [0, 1, 2].map((f) => {
      const lines = ['id,note']
      for (let i = 1; i <= 200_000; i++)
        lines.push(`${f}/${i},"${'长 text, '.repeat(i % 20)}${i % 13 ? '' : '\n""new line""\n'}"`)
      return csv(`big${f}.csv`, `${lines.join('\n')}\n`, 200_000)
    })
    const found = await engine.transaction(async (writer) => {
      await writer.stage('staged', files)
      return writer.query(
        sql`select count(*) as n, count(case when id = concat(cast("_file" as varchar), '/', cast("_row" as varchar)) then 1 end) as "right" from staged`,
      )
    })
    expect(found).toEqual([{ n: 600_000, right: 600_000 }])
  })

  it('loads hundreds of files in one statement', async () => {
    const files = Array.from({ length: 305 }, (_, f) =>
      csv(`day${f}.csv`, `id,note\n${Array.from({ length: f % 5 }, (_, r) => `${f},${r + 1}\n`).join('')}`, f % 5),
    )
    const rows = await staged(files)
    expect(rows.length).toBe(610)
    expect(rows.every((r) => Number(r.id) === r._file && Number(r.note) === r._row)).toBe(true)
  })

  it('refuses a file that gives other rows than were counted', async () => {
    await expect(staged([csv('s.csv', 'id,note\n1,a\n2,b\n', 3)])).rejects.toMatchObject({
      code: 'staged_rows_differ',
      params: { got: 2, expected: 3 },
    })
    // The sum is right, the files are not.
    await expect(
      staged([csv('s1.csv', 'id,note\n1,a\n2,b\n', 1), csv('s2.csv', 'id,note\n1,a\n', 2)]),
    ).rejects.toMatchObject({ code: 'staged_rows_differ' })
  })

  it('says which line is unreadable, without its content', async () => {
    const error: unknown = await staged([csv('u.csv', 'id,note\n1,a\n2,secret,13812345678\n', 2)]).catch(
      (e: unknown) => e,
    )
    expect(error).toMatchObject({ code: 'staged_unreadable', params: { line: '3' } })
    expect(JSON.stringify({ ...(error as Error), message: (error as Error).message })).not.toContain('13812345678')
  })

  it('reads Parquet as text, times as ISO', async () => {
    const path = join(dir, 'p.parquet')
    await engine.exportParquet(
      sql`select x as id, cast('2024-02-29 01:02:03' as timestamp) as note from range(3) as t(x) order by x`,
      path,
    )
    const rows = await staged([
      { path, format: 'parquet', columns: ['id', 'note'], rows: 3 },
      { path, format: 'parquet', columns: ['id', 'note'], rows: 3 },
    ])
    expect(rows[4]).toEqual({ id: '1', note: '2024-02-29 01:02:03', _file: 1, _row: 2 })
  })

  it('leaves nothing behind', async () => {
    await staged([csv('l.csv', 'id,note\n1,a\n', 1)])
    const left = await engine.transaction((writer) =>
      writer.query(sql`select table_name from duckdb_tables() where temporary`),
    )
    expect(left).toEqual([])
  })

  it('takes a line of ten megabytes', async () => {
    const long = 'x'.repeat(10_000_000)
    const rows = await staged([csv('long.csv', `id,note\n1,${long}\n2,b\n`, 2)])
    expect((rows[0]!.note as string).length).toBe(10_000_000)
    expect(rows[1]).toMatchObject({ id: '2', _row: 2 })
  })
})
