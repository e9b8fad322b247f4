import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { seeded } from '../../base/random.ts'
import { collect, testRecord } from '../../testing/journal-suite.ts'
import { bodyOf } from '../contract.ts'
import { openLocalJournal } from './journal.ts'
import { openLocalLake } from './lake.ts'

describe('local journal: kill -9', () => {
  it('keeps every acknowledged record once and at its position, over 20 rounds', { timeout: 120_000 }, async () => {
    const dir = await mkdtemp(join(tmpdir(), 'journal-kill-'))
    const random = seeded(7)
    const acked = new Map<string, number>()
    const rounds = 20
    try {
      for (let round = 0; round < rounds; round++) {
        for (const [id, position] of await appendUntilKilled(dir, round, 5 + random.int(60))) acked.set(id, position)
      }
      const journal = await openLocalJournal({ dir, reserveBytes: 0 })
      const records = await collect(journal)
      expect(journal.status().damage).toEqual([])
      expect(records.map((r) => r.position)).toEqual(records.map((_, i) => i + 1))
      const at = new Map(records.map((r) => [bodyOf<{ id: string }>(r).id, r.position]))
      expect(at.size).toBe(records.length)
      expect([...acked].filter(([id, position]) => at.get(id) !== position)).toEqual([])
      expect(acked.size).toBeGreaterThan(rounds * 10)
      await journal.close()
    } finally {
      await rm(dir, { recursive: true })
    }
  })
})

async function appendUntilKilled(dir: string, round: number, afterMs: number): Promise<[string, number][]> {
  const script = fileURLToPath(new URL('./kill.child.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, dir, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (!told) setTimeout(() => child.kill('SIGKILL'), afterMs)
    told += text
  })
  await new Promise((resolve) => child.on('close', resolve))
  expect(child.signalCode).toBe('SIGKILL')
  // the last line may be half: its newline was never written
  return told
    .split('\n')
    .slice(1, -1)
    .flatMap((line) => {
      const [last, ...ids] = line.split(' ')
      return ids.map((id, i): [string, number] => [id, Number(last) - ids.length + 1 + i])
    })
}

/** A real small disk; undefined where this account may not mount one. */
function mountSmallDisk(megabytes: number): { dir: string; reason?: string } {
  const dir = mkdtempSync(join(tmpdir(), 'journal-disk-'))
  mkdirSync(dir, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir], { stdio: 'pipe' })
    return { dir }
  } catch (error) {
    return { dir, reason: `tmpfs could not be mounted: ${(error as Error).message.split('\n').pop()}` }
  }
}

const disk = mountSmallDisk(8)
if (disk.reason) console.warn(`SKIPPED: the full-disk tests of the journal need root. ${disk.reason}`)
afterAll(() => {
  if (!disk.reason) execFileSync('umount', [disk.dir])
  rmSync(disk.dir, { recursive: true, force: true })
})

describe.skipIf(disk.reason)('local journal: a really full disk', () => {
  const big = (i: number) => testRecord({ i, pad: 'y'.repeat(100_000) })

  it('refuses at the reserve and goes on when space returns', async () => {
    const dir = join(disk.dir, 'reserve')
    const journal = await openLocalJournal({ dir, reserveBytes: 2 * 1024 * 1024, segmentBytes: 1024 * 1024 })
    await writeFile(join(disk.dir, 'filler'), Buffer.alloc(3 * 1024 * 1024))
    const stored = await fillUp((i) => journal.append([big(i)]), 'disk_reserve')
    expect(journal.status()).toMatchObject({ head: stored, writable: true })
    // what does not fit is refused while a smaller append still may; at the reserve itself nothing may
    await writeFile(join(disk.dir, 'crumb'), Buffer.alloc(200_000))
    expect(journal.status()).toMatchObject({ head: stored, writable: false })
    expect((await collect(journal)).length).toBe(stored)
    await rm(join(disk.dir, 'filler'))
    expect(journal.status().writable).toBe(true)
    expect(await journal.append([big(0)])).toBe(stored + 1)
    await journal.close()
    await rm(dir, { recursive: true })
  })

  it('cuts back what the disk took of a write it could not finish', async () => {
    const dir = join(disk.dir, 'nospace')
    const journal = await openLocalJournal({ dir, reserveBytes: 0, segmentBytes: 1024 * 1024, freeBytes: () => 1e9 })
    await writeFile(join(disk.dir, 'filler'), Buffer.alloc(3 * 1024 * 1024))
    const stored = await fillUp((i) => journal.append([big(i), big(i)]).then((p) => p / 2), 'disk_reserve')
    expect((await collect(journal)).length).toBe(2 * stored)
    await journal.close()
    // opens on the full disk, too
    const again = await openLocalJournal({ dir, reserveBytes: 0, freeBytes: () => 1e9 })
    expect(again.status()).toMatchObject({ head: 2 * stored, tornBytes: 0, damage: [] })
    await expect(again.append([big(0), big(0), big(0), big(0), big(0)])).rejects.toMatchObject({ code: 'disk_reserve' })
    await rm(join(disk.dir, 'filler'))
    expect(await again.append([big(0)])).toBe(2 * stored + 1)
    expect((await collect(again)).map((r) => r.position)).toEqual(
      Array.from({ length: 2 * stored + 1 }, (_, i) => i + 1),
    )
    await again.close()
    await rm(dir, { recursive: true })
  })

  it('refuses a lake content that does not fit and leaves nothing of it', async () => {
    const dir = join(disk.dir, 'lake')
    const lake = await openLocalLake({ dir, reserveBytes: 0, freeBytes: () => 1e9 })
    const content = async function* (megabytes: number) {
      for (let i = 0; i < megabytes; i++) yield Buffer.alloc(1024 * 1024, i)
    }
    await expect(lake.put(content(9))).rejects.toMatchObject({ code: 'disk_reserve' })
    expect((await lake.put(content(7))).bytes).toBe(7 * 1024 * 1024)
  })
})

/** Append until refused with `code`; returns how many went through. */
async function fillUp(append: (i: number) => Promise<number>, code: string): Promise<number> {
  for (let i = 0; i < 1000; i++) {
    try {
      expect(await append(i)).toBe(i + 1)
    } catch (error) {
      expect(error).toMatchObject({ code })
      return i
    }
  }
  throw new RangeError('the disk never became full')
}
