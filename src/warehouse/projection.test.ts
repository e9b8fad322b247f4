import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  canonicalHash,
  openDuckDb,
  openProjection,
  openWarehouse,
  sql,
  table,
  type ProjectedRecord,
  type Projector,
  type RecordSource,
  type Warehouse,
} from './index.ts'

const text = { zh: '列', en: 'column' }
const noted = table({
  name: 'noted',
  owner: 'test',
  text,
  columns: {
    position: { type: 'bigint', text, class: 'non_sensitive' },
    kind: { type: 'text', text, class: 'non_sensitive' },
    amount: { type: 'decimal', text, class: 'non_sensitive' },
    note: { type: 'text', text, class: 'non_sensitive' },
  },
  key: ['position'],
})

const dir = mkdtempSync(join(tmpdir(), 'tributary-projection-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const open = async (path = ':memory:'): Promise<Warehouse> =>
  openWarehouse({
    engine: await openDuckDb({ path, tmpDir: join(dir, 'tmp'), allowedDirs: [] }),
    tables: [noted],
    policy: { masking: () => 'none', audit: () => undefined },
  })

/** Records in memory, as a journal gives them: in batches, from a position on. */
function records(kinds: readonly string[]): RecordSource & { kinds: string[] } {
  const all = [...kinds]
  return {
    kinds: all,
    status: () => ({ head: all.length }),
    async *read(from) {
      for (let i = from; i < all.length; i += 3)
        yield all.slice(i, i + 3).map((kind, k): ProjectedRecord => ({
          position: i + k + 1,
          header: { topic: 'rows', kind, format: 1, time: 0 },
          body: new Uint8Array(),
        }))
    },
  }
}

function note(groups: number[][], more: Partial<Projector> = {}): Projector {
  return {
    owner: 'test',
    kinds: ['a', 'b'],
    batch: 4,
    apply: async (group, writer) => {
      groups.push(group.map((r) => r.position))
      await writer.append(
        noted,
        ['position', 'kind', 'amount'],
        group.map((r) => [r.position, r.header.kind, r.position / 10]),
      )
    },
    ...more,
  }
}

const positions = async (warehouse: Warehouse): Promise<number[]> =>
  (await warehouse.query<{ position: number }>(sql`select position from noted order by position`)).map(
    (r) => r.position,
  )

describe('the projection', () => {
  it('groups consecutive records of one kind, up to the batch, and passes over what nobody projects', async () => {
    const warehouse = await open()
    const groups: number[][] = []
    const projection = await openProjection({
      journal: records(['a', 'a', 'x', 'a', 'a', 'a', 'b', 'x', 'a', 'x']),
      warehouse,
      projectors: () => [note(groups)],
    })
    expect(await projection.catchUp()).toBe(10)
    expect(groups).toEqual([[1, 2, 4, 5], [6], [7], [9]])
    expect(projection.status()).toEqual({ position: 10 })
    await warehouse.close()
  })

  it('goes on where it stopped, also after it was closed', async () => {
    const path = join(dir, 'resume.duckdb')
    const journal = records(['a', 'a'])
    const groups: number[][] = []
    let warehouse = await open(path)
    await (await openProjection({ journal, warehouse, projectors: () => [note(groups)] })).catchUp()
    await warehouse.close()
    journal.kinds.push('b', 'x')
    warehouse = await open(path)
    const projection = await openProjection({ journal, warehouse, projectors: () => [note(groups)] })
    expect(projection.status()).toEqual({ position: 2 })
    expect(await projection.catchUp()).toBe(4)
    expect(await projection.catchUp()).toBe(4)
    expect(groups).toEqual([[1, 2], [3]])
    expect(await positions(warehouse)).toEqual([1, 2, 3])
    await warehouse.close()
  })

  it('keeps what was committed when a record fails, says which, and takes it when it is mended', async () => {
    const warehouse = await open()
    let broken = true
    const failing = note([], {
      kinds: ['b'],
      apply: async (group, writer) => {
        await writer.append(
          noted,
          ['position', 'kind'],
          group.map((r) => [r.position, 'b']),
        )
        if (broken) throw new TypeError('no such thing')
      },
    })
    const projection = await openProjection({
      journal: records(['a', 'a', 'b', 'a']),
      warehouse,
      projectors: () => [note([], { kinds: ['a'] }), failing],
    })
    await expect(projection.catchUp()).rejects.toMatchObject({
      code: 'projection_broken',
      params: { position: 3, kind: 'b', problem: 'no such thing' },
    })
    expect(projection.status()).toEqual({ position: 2, broken: expect.stringContaining('no such thing') as string })
    expect(await positions(warehouse)).toEqual([1, 2])
    broken = false
    expect(await projection.catchUp()).toBe(4)
    expect(projection.status()).toEqual({ position: 4 })
    expect(await positions(warehouse)).toEqual([1, 2, 3, 4])
    await warehouse.close()
  })

  it('counts nothing twice when a commit is reported as failed but happened', async () => {
    const warehouse = await open()
    let lie = true
    const lying: Warehouse = {
      ...warehouse,
      transaction: async (work) => {
        const result = await warehouse.transaction(work)
        if (lie) throw new Error('no space left on device')
        return result
      },
    }
    const projection = await openProjection({
      journal: records(['a', 'b']),
      warehouse: lying,
      projectors: () => [note([])],
    })
    await expect(projection.catchUp()).rejects.toMatchObject({ code: 'projection_broken' })
    lie = false
    expect(await projection.catchUp()).toBe(2)
    expect(await positions(warehouse)).toEqual([1, 2])
    await warehouse.close()
  })

  it('projects once when it is asked twice at the same time', async () => {
    const warehouse = await open()
    const groups: number[][] = []
    const projection = await openProjection({
      journal: records(['a', 'b', 'a']),
      warehouse,
      projectors: () => [note(groups)],
    })
    expect(await Promise.all([projection.catchUp(), projection.catchUp(), projection.catchUp()])).toEqual([3, 3, 3])
    expect(groups).toEqual([[1], [2], [3]])
    await warehouse.close()
  })

  it('rebuilds to the same content', async () => {
    const warehouse = await open()
    const projection = await openProjection({
      journal: records(Array.from({ length: 50 }, (_, i) => 'abx'[i % 3]!)),
      warehouse,
      projectors: () => [note([])],
    })
    await projection.catchUp()
    const before = await canonicalHash(warehouse, [noted])
    await warehouse.transaction((writer) => writer.run(sql`update noted set amount = amount + 1 where position = 7`))
    expect((await canonicalHash(warehouse, [noted])).hash).not.toBe(before.hash)
    expect(await projection.rebuild()).toBe(50)
    expect(await canonicalHash(warehouse, [noted])).toEqual(before)
    await warehouse.close()
  })

  it('stops between batches when the caller does, and is not broken by it', async () => {
    const warehouse = await open()
    const stop = new AbortController()
    const projector = note([], { apply: async () => stop.abort() })
    const projection = await openProjection({
      journal: records(Array(30).fill('a')),
      warehouse,
      projectors: () => [projector],
    })
    await expect(
      projection.catchUp({ progress: { step() {}, advance() {}, note() {} }, signal: stop.signal }),
    ).rejects.toThrow()
    expect(projection.status().broken).toBeUndefined()
    expect(projection.status().position).toBeLessThan(30)
    await warehouse.close()
  })
})

describe('the canonical hash', () => {
  const hashOf = async (rows: readonly (readonly unknown[])[]): Promise<string> => {
    const warehouse = await open()
    await warehouse.transaction((writer) => writer.append(noted, ['position', 'kind', 'amount', 'note'], rows))
    const { hash, tables } = await canonicalHash(warehouse, [noted, { ...noted, name: 'not_there', scratch: true }])
    expect(tables.noted!.rows).toBe(rows.length)
    await warehouse.close()
    return hash
  }

  it('does not depend on the order of rows', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => [i, `k${i % 7}`, i / 4, i % 3 ? `n${i}` : null])
    expect(await hashOf(rows)).toBe(await hashOf([...rows].reverse()))
  })

  it('sees every difference', async () => {
    const variants = [
      [],
      [[1, 'a', 1, 'x']],
      [
        [1, 'a', 1, 'x'],
        [1, 'a', 1, 'x'],
      ],
      [[1, 'a', 1, '']],
      [[1, 'a', 1, null]],
      [[1, 'a', 1, '~']],
      [[1, 'a', 1.0001, 'x']],
      [[1, 'ax', 1, '']],
      [
        [1, 'a', 1, 'x'],
        [2, 'b', 2, 'y'],
      ],
      [
        [1, 'b', 1, 'x'],
        [2, 'a', 2, 'y'],
      ],
    ]
    const hashes = await Promise.all(variants.map(hashOf))
    expect(new Set(hashes).size).toBe(variants.length)
  })
})
