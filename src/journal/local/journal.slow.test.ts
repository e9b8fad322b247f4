import { appendFile, cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collect, journalSuite, testRecord } from '../../testing/journal-suite.ts'
import { bodyOf } from '../contract.ts'
import { openLocalJournal, type LocalJournalOptions } from './journal.ts'

journalSuite('local', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'journal-'))
  const open = () => openLocalJournal({ dir, segmentBytes: 4096, reserveBytes: 0 })
  return { journal: await open(), reopen: open, remove: () => rm(dir, { recursive: true }) }
})

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'journal-'))
})
afterEach(() => rm(dir, { recursive: true }))

const open = (options: Partial<LocalJournalOptions> = {}) => openLocalJournal({ dir, reserveBytes: 0, ...options })
const segmentFiles = async () => (await readdir(dir)).filter((f) => f.endsWith('.seg')).sort()
const lastSegment = async () => join(dir, (await segmentFiles()).at(-1)!)

async function flip(file: string, offset: number): Promise<void> {
  const bytes = await readFile(file)
  bytes[offset]! ^= 1
  await writeFile(file, bytes)
}

describe('local journal: segments', () => {
  it('starts a new segment before one grows above the limit, and reads from any position across them', async () => {
    const journal = await open({ segmentBytes: 2000 })
    for (let i = 1; i <= 60; i++) await journal.append([testRecord({ i })])
    const files = await segmentFiles()
    expect(files.length).toBeGreaterThan(3)
    for (const file of files) expect((await stat(join(dir, file))).size).toBeLessThanOrEqual(2000)
    for (const from of [0, 1, 17, 30, 59]) {
      expect((await collect(journal, from)).map((r) => r.position)).toEqual(
        Array.from({ length: 60 - from }, (_, i) => from + 1 + i),
      )
    }
    await journal.close()
    const again = await open()
    expect(again.status()).toMatchObject({ head: 60, segments: files.length, damage: [] })
    await again.close()
  })

  it('takes an append larger than a segment, and starts reading near the asked position', async () => {
    const journal = await open({ segmentBytes: 1000 })
    const body = 'x'.repeat(300_000)
    for (let i = 1; i <= 12; i++) await journal.append([testRecord(i), testRecord(body)])
    expect((await collect(journal, 20)).map((r) => r.position)).toEqual([21, 22, 23, 24])
    await journal.close()
  })

  it('refuses a record that does not fit a frame and says so', async () => {
    const journal = await open()
    const record = { header: testRecord(0).header, body: new Uint8Array(64 * 1024 * 1024) }
    await expect(journal.append([record])).rejects.toMatchObject({ code: 'record_too_large' })
    expect(await journal.append([testRecord(1)])).toBe(1)
    await journal.close()
  })
})

describe('local journal: lock', () => {
  it('refuses a second writer and names the process', async () => {
    const journal = await open()
    await expect(open()).rejects.toMatchObject({ code: 'journal_locked', params: { pid: process.pid } })
    await journal.close()
    await (await open()).close()
  })

  it('takes over the lock of a process that is gone, or whose number was given to another process', async () => {
    const { hostname } = await import('node:os')
    for (const holder of [
      { pid: 2 ** 22 + 1, start: '1', host: hostname() },
      { pid: process.pid, start: '1', host: hostname() },
    ]) {
      await writeFile(join(dir, 'lock'), JSON.stringify(holder))
      const journal = await open()
      expect(JSON.parse(await readFile(join(dir, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid })
      await journal.close()
    }
    expect(await readdir(dir)).not.toContain('lock')
  })

  it('does not take over a lock of another machine', async () => {
    await writeFile(join(dir, 'lock'), JSON.stringify({ pid: 1, start: '1', host: 'elsewhere' }))
    await expect(open()).rejects.toMatchObject({ code: 'journal_locked', params: { host: 'elsewhere' } })
  })
})

describe('local journal: after a crash', () => {
  it('cuts a torn tail at every byte of the last appends, keeps whole appends only, and goes on', async () => {
    const journal = await open()
    await journal.append([testRecord('first')])
    const sizes = [journal.status().bytes]
    await journal.append([testRecord('second')])
    sizes.push(journal.status().bytes)
    await journal.append([testRecord('third'), testRecord('fourth')])
    sizes.push(journal.status().bytes)
    await journal.close()
    const [name] = await segmentFiles()
    const whole = await readFile(join(dir, name!))
    for (let size = sizes[0]!; size < sizes[2]!; size++) {
      await writeFile(join(dir, name!), whole.subarray(0, size))
      const torn = await open({ sync: async () => {} })
      const kept = size < sizes[1]! ? 1 : 2
      expect(torn.status(), `cut at ${size}`).toMatchObject({
        head: kept,
        tornBytes: size - sizes[kept - 1]!,
        damage: [],
      })
      expect(await torn.append([testRecord('next')])).toBe(kept + 1)
      expect((await collect(torn)).map((r) => bodyOf(r)).slice(0, kept)).toEqual(['first', 'second'].slice(0, kept))
      await torn.close()
    }
  })

  it('cuts zeros and garbage behind the last record, and keeps a copy of what it cut', async () => {
    for (const garbage of [Buffer.alloc(5000), Buffer.from('TRJR but no record follows, whatever it says')]) {
      const journal = await open()
      const position = await journal.append([testRecord('sound')])
      await journal.close()
      await appendFile(await lastSegment(), garbage)
      const again = await open()
      expect(again.status()).toMatchObject({ head: position, tornBytes: garbage.length, damage: [] })
      expect((await readdir(join(dir, 'torn'))).length).toBe(1)
      await again.close()
    }
  })

  it('makes a segment anew whose head was not finished', async () => {
    const journal = await open({ segmentBytes: 100 })
    await journal.append([testRecord(1)])
    await journal.append([testRecord(2)])
    await journal.close()
    const file = await lastSegment()
    for (const size of [0, 1, 39, 40]) {
      await truncate(file, size).catch(() => writeFile(file, Buffer.alloc(size)))
      const again = await open()
      expect(again.status()).toMatchObject({ head: 1, damage: [] })
      expect(await again.append([testRecord('two')])).toBe(2)
      expect((await collect(again)).map((r) => bodyOf(r))).toEqual([1, 'two'])
      await again.close()
    }
  })
})

describe('local journal: damage', () => {
  /** Five segments of a few records; returns their names. */
  const fill = async () => {
    const journal = await open({ segmentBytes: 1000 })
    for (let i = 1; i <= 30; i++) await journal.append([testRecord({ i, pad: 'p'.repeat(20) })])
    await journal.close()
    return segmentFiles()
  }

  it('finds a flipped byte anywhere in the middle, never skips it, and still takes new records', async () => {
    const files = await fill()
    const pristine = `${dir}-pristine`
    await cp(dir, pristine, { recursive: true })
    try {
      const file = files[1]!
      const size = (await stat(join(dir, file))).size
      for (let offset = 0; offset < size; offset += 7) {
        await flip(join(dir, file), offset)
        const journal = await open({ sync: async () => {} })
        const { damage, head, tornBytes } = journal.status()
        // bytes 28–35 of the head are in reserve, all others carry meaning: every one is under a checksum
        expect(damage, `flip at ${offset}`).toMatchObject([{ file }])
        expect({ head, tornBytes }).toEqual({ head: 30, tornBytes: 0 })
        expect(await journal.append([testRecord('goes on')])).toBe(31)
        const seen: number[] = []
        const reading = (async () => {
          for await (const batch of journal.read(0)) seen.push(...batch.map((r) => r.position))
        })()
        if (offset >= 40) await expect(reading).rejects.toMatchObject({ code: 'journal_damaged', params: { file } })
        else await reading
        expect(seen).toEqual(seen.map((_, i) => i + 1))
        // behind the damage only by asking for a position behind it
        expect((await collect(journal, 25)).map((r) => r.position)).toEqual([26, 27, 28, 29, 30, 31])
        await journal.close()
        await rm(dir, { recursive: true })
        await cp(pristine, dir, { recursive: true })
      }
    } finally {
      await rm(pristine, { recursive: true })
    }
  })

  it('finds a flipped byte in the last segment when sound records follow it, and goes on in a new segment', async () => {
    const files = await fill()
    await flip(join(dir, files.at(-1)!), 45)
    for (const round of [1, 2]) {
      const journal = await open()
      expect(journal.status(), `round ${round}`).toMatchObject({
        head: 29 + round,
        tornBytes: 0,
        damage: [{ file: files.at(-1) }],
      })
      expect(await journal.append([testRecord('new')])).toBe(30 + round)
      await expect(collect(journal)).rejects.toMatchObject({ code: 'journal_damaged' })
      await journal.close()
    }
  })

  it('reports a segment that is missing or was cut short', async () => {
    const files = await fill()
    await truncate(join(dir, files[1]!), 300)
    await rm(join(dir, files[3]!))
    const journal = await open()
    expect(journal.status().damage.length).toBe(2)
    expect(journal.status()).toMatchObject({
      head: 30,
      damage: [{ file: files[1] }, { problem: expect.stringMatching(/missing/) }],
    })
    await expect(collect(journal)).rejects.toMatchObject({ code: 'journal_damaged' })
    await journal.close()
  })

  it('does not take a record stored inside a body for a record of its own', async () => {
    const inner = await openLocalJournal({ dir: join(dir, 'inner'), reserveBytes: 0 })
    for (let i = 0; i < 5; i++) await inner.append([testRecord(i)])
    await inner.close()
    const [name] = (await readdir(join(dir, 'inner'))).filter((f) => f.endsWith('.seg'))
    const bytes = await readFile(join(dir, 'inner', name!))
    const journal = await open()
    await journal.append([testRecord('sound')])
    // the same name gives the same salt, so make the outer segment another one
    await journal.close()
    const outer = await open({ segmentBytes: 10 })
    await outer.append([{ header: testRecord(0).header, body: bytes }])
    await outer.close()
    const file = await lastSegment()
    await truncate(file, (await stat(file)).size - 3)
    const torn = await open()
    expect(torn.status()).toMatchObject({ head: 1, damage: [] })
    expect(torn.status().tornBytes).toBeGreaterThan(0)
    await torn.close()
  })
})

describe('local journal: group commit', () => {
  it('tells nobody "yes" before the sync has returned, and serves all who waited with one sync', async () => {
    let release = () => {}
    let syncs = 0
    const journal = await open({
      sync: async (handle) => {
        syncs++
        await new Promise<void>((resolve) => (release = resolve))
        await handle.datasync()
      },
    })
    const told: number[] = []
    const append = () => journal.append([testRecord('x')]).then((position) => told.push(position))
    const first = append()
    await new Promise((resolve) => setTimeout(resolve, 50))
    const others = Array.from({ length: 30 }, append)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect({ told, syncs, head: journal.status().head }).toEqual({ told: [], syncs: 1, head: 0 })
    release()
    await first
    while (syncs < 2) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(told).toEqual([1])
    release()
    await Promise.all(others)
    expect({ told: told.length, syncs }).toEqual({ told: 31, syncs: 2 })
    await journal.close()
  })
})

describe('local journal: failing disk', () => {
  it('acknowledges nothing of a group whose sync failed, never syncs that file again, and goes on in a new one', async () => {
    const synced: number[] = []
    let fail = false
    const journal = await open({
      sync: async (handle) => {
        synced.push(handle.fd)
        if (fail) throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' })
        await handle.datasync()
      },
    })
    await journal.append([testRecord('kept')])
    fail = true
    const refused = await Promise.allSettled([
      journal.append([testRecord('lost')]),
      journal.append([testRecord('lost too')]),
    ])
    expect(refused.map((r) => r.status === 'rejected' && (r.reason as { code: string }).code)).toEqual([
      'journal_write_failed',
      'journal_write_failed',
    ])
    fail = false
    const syncs = synced.length
    expect(await journal.append([testRecord('after')])).toBe(2)
    expect(synced.length).toBe(syncs + 1)
    expect(journal.status()).toMatchObject({ head: 2, segments: 2, damage: [] })
    expect((await collect(journal)).map((r) => bodyOf(r))).toEqual(['kept', 'after'])
    await journal.close()
    const again = await open()
    expect((await collect(again)).map((r) => bodyOf(r))).toEqual(['kept', 'after'])
    await again.close()
  })

  it('refuses below the reserve with both numbers, still reads, and recovers by itself', async () => {
    let free = 1_000_000
    const journal = await open({ reserveBytes: 500_000, freeBytes: () => free })
    await journal.append([testRecord(1)])
    free = 400_000
    await expect(journal.append([testRecord(2)])).rejects.toMatchObject({
      code: 'disk_reserve',
      params: { free: 400_000, reserve: 500_000 },
    })
    expect(journal.status()).toMatchObject({ head: 1, writable: false })
    expect((await collect(journal)).length).toBe(1)
    free = 1_000_000
    expect(await journal.append([testRecord(2)])).toBe(2)
    expect(journal.status().writable).toBe(true)
    await journal.close()
  })
})
