import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../base/ids.ts'
import { openLocalLake } from './lake.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lake-'))
})
afterEach(() => rm(dir, { recursive: true }))

async function* chunks(...parts: string[]) {
  for (const part of parts) yield Buffer.from(part)
}

describe('local lake', () => {
  it('keeps a stream or a file unchanged under its SHA-256', async () => {
    const lake = await openLocalLake({ dir })
    const content = '客户,金额\r\n张三,１２'
    const expected = { sha256: sha256(content), bytes: Buffer.byteLength(content) }
    expect(await lake.put(chunks('客户,', '金额\r\n张三,１２'))).toEqual(expected)
    const file = join(dir, 'input.csv')
    await writeFile(file, content)
    expect(await lake.put({ path: file })).toEqual(expected)
    expect(lake.path(expected.sha256)).toBe(join(dir, expected.sha256.slice(0, 2), expected.sha256))
    expect(await readFile(lake.path(expected.sha256), 'utf8')).toBe(content)
    expect(await lake.put(chunks())).toEqual({ sha256: sha256(''), bytes: 0 })
  })

  it('does not write a content again that is there', async () => {
    const lake = await openLocalLake({ dir })
    const { sha256: name } = await lake.put(chunks('a'))
    const before = await stat(lake.path(name))
    await Promise.all([lake.put(chunks('a')), lake.put(chunks('a'))])
    const after = await stat(lake.path(name))
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs])
    expect(await readdir(join(dir, 'tmp'))).toEqual([])
  })

  it('leaves nothing of a content that broke off, was stopped or did not fit', async () => {
    let free = 1e9
    const lake = await openLocalLake({ dir, reserveBytes: 1e6, freeBytes: () => free })
    const broken = (async function* () {
      yield Buffer.from('half')
      throw new RangeError('the line went dead')
    })()
    await expect(lake.put(broken)).rejects.toThrow('the line went dead')
    await expect(lake.put(chunks('a'), AbortSignal.abort())).rejects.toThrow()
    await expect(lake.put({ path: join(dir, 'absent') })).rejects.toMatchObject({ code: 'lake_source' })
    free = 10
    await expect(lake.put(chunks('abc'))).rejects.toMatchObject({ code: 'disk_reserve', params: { free: 10 } })
    expect(await lake.has(sha256('abc'))).toBe(false)
    expect(await readdir(join(dir, 'tmp'))).toEqual([])
    free = 1e9
    await lake.put(chunks('abc'))
    expect(await lake.has(sha256('abc'))).toBe(true)
  })

  it('removes a content, also when it is not there', async () => {
    const lake = await openLocalLake({ dir })
    const { sha256: name } = await lake.put(chunks('a'))
    await lake.remove(name)
    await lake.remove(name)
    expect(await lake.has(name)).toBe(false)
  })

  it('takes no other name than a SHA-256', async () => {
    const lake = await openLocalLake({ dir })
    expect(() => lake.path('../../etc/passwd')).toThrow(expect.objectContaining({ code: 'lake_name' }))
  })

  it('sweeps drafts of processes that are gone, and leaves those of living ones', async () => {
    await openLocalLake({ dir })
    await writeFile(join(dir, 'tmp', `${2 ** 22 + 1}-x`), '')
    await writeFile(join(dir, 'tmp', `${process.pid}-x`), '')
    await openLocalLake({ dir })
    expect(await readdir(join(dir, 'tmp'))).toEqual([`${process.pid}-x`])
  })
})
