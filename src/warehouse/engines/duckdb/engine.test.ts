import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { engineSuite } from '../../../testing/engine-suite.ts'
import { sql, table, type Engine } from '../../index.ts'
import { openDuckDb } from './engine.ts'

const dir = mkdtempSync(join(tmpdir(), 'tributary-duckdb-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const open = (path = ':memory:'): Promise<Engine> => openDuckDb({ path, tmpDir: join(dir, 'tmp'), allowedDirs: [dir] })

engineSuite({ name: 'duckdb', open: () => open() })

const text = { zh: '列', en: 'column' }
const things = table({
  name: 'thing',
  owner: 'test',
  text,
  columns: {
    id: { type: 'bigint', text, class: 'non_sensitive' },
    name: { type: 'text', text, class: 'non_sensitive' },
    amount: { type: 'decimal', text, class: 'non_sensitive' },
    at: { type: 'timestamp', text, class: 'non_sensitive' },
    day: { type: 'date', text, class: 'non_sensitive' },
    tags: { type: 'text[]', text, class: 'non_sensitive' },
    more: { type: 'json', text, class: 'non_sensitive' },
    good: { type: 'bool', text, class: 'non_sensitive' },
  },
  key: ['id'],
})
const columns = Object.keys(things.columns)

describe('tables of the DuckDB engine', () => {
  it('appends plain values and gives them back', async () => {
    const engine = await open()
    await engine.ensure([things])
    const rows = [
      [1, 'a😀', 2.35, '2024-02-29T01:02:03Z', '2024-02-29', ['x', '中'], { a: 1 }, true],
      [2 ** 52, null, -0.0001, new Date('1969-12-31T23:59:59.5Z'), '1900-01-01', [], '{}', false],
      [3, '', null, null, null, null, null, null],
    ]
    expect(await engine.transaction((writer) => writer.append(things, columns, rows))).toBe(3)
    expect(await engine.query(sql`select * from thing order by id`)).toEqual([
      {
        id: 1,
        name: 'a😀',
        amount: 2.35,
        at: '2024-02-29T01:02:03Z',
        day: '2024-02-29',
        tags: ['x', '中'],
        more: '{"a":1}',
        good: true,
      },
      { id: 3, name: '', amount: null, at: null, day: null, tags: null, more: null, good: null },
      {
        id: 2 ** 52,
        name: null,
        amount: -0.0001,
        at: '1969-12-31T23:59:59.5Z',
        day: '1900-01-01',
        tags: [],
        more: '{}',
        good: false,
      },
    ])
    await engine.close()
  })

  it('adds new columns, and refuses a column of another type', async () => {
    const path = join(dir, 'grow.duckdb')
    const { name: _, ...fewer } = things.columns
    const before = await open(path)
    await before.ensure([{ ...things, columns: fewer }])
    await before.transaction((writer) => writer.append(things, ['id'], [[7]]))
    await before.close()
    const after = await open(path)
    await after.ensure([things])
    expect(await after.query(sql`select id, name from thing`)).toEqual([{ id: 7, name: null }])
    await expect(
      after.ensure([{ ...things, columns: { ...things.columns, id: { ...things.columns.id, type: 'text' } } }]),
    ).rejects.toMatchObject({
      code: 'warehouse_outdated',
      params: { table: 'thing', column: 'id' },
    })
    await after.close()
  })

  it('keeps nothing of a transaction that fails, whatever wrote it', async () => {
    const engine = await open()
    await engine.ensure([things])
    const failing = engine.transaction(async (writer) => {
      await writer.append(things, ['id'], [[1]])
      await writer.run(sql`insert into thing (id) values (2)`)
      await writer.append(things, ['id'], [[3], ['not a number']])
    })
    await expect(failing).rejects.toMatchObject({ code: 'value_unfit' })
    expect(await engine.query(sql`select count(*) as n from thing`)).toEqual([{ n: 0 }])
    await engine.transaction((writer) => writer.append(things, ['id'], [[4]]))
    expect(await engine.query(sql`select id from thing`)).toEqual([{ id: 4 }])
    await engine.close()
  })

  it('runs writes one after the other and shows readers whole transactions', async () => {
    const engine = await open()
    await engine.ensure([things])
    const seen: number[] = []
    const write = (id: number): Promise<void> =>
      engine.transaction(async (writer) => {
        await writer.append(things, ['id'], [[id]])
        seen.push((await engine.query<{ n: number }>(sql`select count(*) as n from thing`))[0]!.n)
        await writer.append(things, ['id'], [[id + 100]])
      })
    await Promise.all([write(1), write(2), write(3)])
    expect(seen).toEqual([0, 2, 4])
    await engine.close()
  })
})

describe('work of the DuckDB engine', () => {
  const endless = sql`select count(*) as n from range(100000000000) as a(x) where x % 7 = 1`

  it('stops when the caller does', async () => {
    const engine = await open()
    const stop = new AbortController()
    const running = engine.query(endless, { signal: stop.signal, lane: 'heavy' })
    setTimeout(() => stop.abort(), 50)
    await expect(running).rejects.toMatchObject({ code: 'query_cancelled' })
    await expect(engine.query(sql`select 1 as x`, { signal: stop.signal })).rejects.toMatchObject({
      code: 'query_cancelled',
    })
    expect(await engine.query(sql`select 1 as x`)).toEqual([{ x: 1 }])
    await engine.close()
  })

  it('lets look-ups pass while heavy work fills its lane', async () => {
    const engine = await open()
    const stop = new AbortController()
    const heavy = Array.from({ length: 3 }, () =>
      engine.query(endless, { signal: stop.signal, lane: 'heavy' }).catch((e: unknown) => e),
    )
    expect(await engine.query(sql`select 1 as x`)).toEqual([{ x: 1 }])
    stop.abort()
    for (const result of await Promise.all(heavy)) expect(result).toMatchObject({ code: 'query_cancelled' })
    await engine.close()
  })

  it('streams in chunks and frees its place when the reader leaves early', async () => {
    const engine = await open()
    for (let i = 0; i < 6; i++)
      for await (const chunk of engine.stream<{ x: number }>(sql`select x from range(100000) as t(x)`)) {
        expect(chunk.length).toBeGreaterThan(0)
        expect(chunk.length).toBeLessThanOrEqual(2048)
        break
      }
    let rows = 0
    for await (const chunk of engine.stream(sql`select x from range(5000) as t(x)`)) rows += chunk.length
    expect(rows).toBe(5000)
    await engine.close()
  })

  it('writes Parquet in the order of the query', async () => {
    const engine = await open()
    const path = join(dir, "it's.parquet")
    expect(
      await engine.exportParquet(
        sql`select x, ${'中'} as t from range(300000) as r(x) order by (x * 7919) % 300007`,
        path,
      ),
    ).toEqual({ rows: 300_000 })
    expect(readFileSync(path).subarray(0, 4).toString()).toBe('PAR1')
    const out = await engine.query<{ wrong: number }>(sql`
      select count(*) as wrong from (select (x * 7919) % 300007 as k, lag((x * 7919) % 300007) over (order by file_row_number) as before
      from read_parquet(${path}, file_row_number = true)) as t where before > k`)
    expect(out).toEqual([{ wrong: 0 }])
    await engine.close()
  })

  it('reaches no file outside its folders and cannot be reconfigured', async () => {
    const engine = await open()
    const outside = join(tmpdir(), `tributary-outside-${process.pid}.csv`)
    writeFileSync(outside, 'a\n1\n')
    for (const statement of [
      sql`select * from read_csv(${outside})`,
      sql`select * from read_text('/etc/hostname')`,
      sql`copy (select 1 as a) to '/tmp/tributary-outside.csv'`,
      sql`attach '/tmp/tributary-outside.duckdb' as other`,
      sql`set enable_external_access = true`,
      sql`set memory_limit = '100GB'`,
      sql`install httpfs`,
      sql`load httpfs`,
    ])
      await expect(engine.transaction((writer) => writer.run(statement))).rejects.toMatchObject({
        code: 'query_failed',
      })
    rmSync(outside)
    await engine.close()
  })

  it('says that a damaged file is to be rebuilt', async () => {
    const path = join(dir, 'damaged.duckdb')
    writeFileSync(path, Buffer.alloc(20_000, 7))
    await expect(open(path)).rejects.toMatchObject({ code: 'warehouse_fatal' })
  })

  it('opens again what it closed, and spills within its temporary folder', async () => {
    const path = join(dir, 'again.duckdb')
    const first = await openDuckDb({ path, tmpDir: join(dir, 'tmp'), allowedDirs: [], memoryLimit: 100e6, threads: 2 })
    await first.ensure([things])
    await first.transaction((writer) =>
      writer.run(
        sql`insert into thing (id, name) select x, concat('name', cast(x as varchar)) from range(1000000) as r(x) order by md5(cast(x as varchar))`,
      ),
    )
    await first.close()
    const second = await open(path)
    expect(await second.query(sql`select count(*) as n, max(id) as last from thing`)).toEqual([
      { n: 1_000_000, last: 999_999 },
    ])
    await second.close()
  })
})
