import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, type Journal, type StoredRecord, type Topic } from '../journal/index.ts'
import { testRecord } from './test-record.ts'

/** What an adapter hands in: a fresh, empty journal, and the same one opened again after `close()`. */
export interface JournalUnderTest {
  readonly journal: Journal
  reopen(): Promise<Journal>
  remove(): Promise<void>
}

export { testRecord }

export async function collect(journal: Journal, from = 0, topics?: readonly Topic[]): Promise<StoredRecord[]> {
  const all: StoredRecord[] = []
  for await (const batch of journal.read(from, topics && { topics })) all.push(...batch)
  return all
}

/** What every journal must do; adapters call it in their own test file. */
export function journalSuite(name: string, create: () => Promise<JournalUnderTest>): void {
  describe(`${name}: journal contract`, () => {
    let under: JournalUnderTest
    let journal: Journal
    beforeEach(async () => {
      under = await create()
      journal = under.journal
    })
    afterEach(async () => {
      await journal.close()
      await under.remove()
    })

    it('is empty at first and gives no records', async () => {
      expect(journal.status()).toMatchObject({ head: 0, writable: true, damage: [], tornBytes: 0 })
      expect(await collect(journal)).toEqual([])
      expect(await journal.append([])).toBe(0)
    })

    it('numbers records from 1 without gaps and gives back header and body unchanged', async () => {
      const header = {
        topic: 'rows' as const,
        kind: 'file.taken',
        format: 3,
        time: 5,
        workspace: '工作区',
        source: 'mall',
        subjects: ['a', 'b'],
        class: 'sensitive' as const,
      }
      expect(await journal.append([{ header, body: new Uint8Array([0, 255, 10]) }, testRecord('二')])).toBe(2)
      expect(await journal.append([testRecord(3)])).toBe(3)
      const all = await collect(journal)
      expect(all.map((r) => r.position)).toEqual([1, 2, 3])
      expect(all[0]!.header).toEqual(header)
      expect([...all[0]!.body]).toEqual([0, 255, 10])
      expect(bodyOf(all[1]!)).toBe('二')
    })

    it('stores an empty body', async () => {
      await journal.append([{ header: testRecord(0).header, body: new Uint8Array(0) }])
      expect((await collect(journal))[0]!.body.length).toBe(0)
    })

    it('keeps the order of concurrent appends and the records of one append together', async () => {
      const positions = await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          journal.append([testRecord([i, 0]), testRecord([i, 1]), testRecord([i, 2])]),
        ),
      )
      expect(positions).toEqual(Array.from({ length: 200 }, (_, i) => 3 * (i + 1)))
      const bodies = (await collect(journal)).map((r) => bodyOf<[number, number]>(r))
      expect(bodies).toEqual(Array.from({ length: 600 }, (_, i) => [Math.floor(i / 3), i % 3]))
    })

    it('reads after a position, and only the topics asked for', async () => {
      await journal.append([
        testRecord(1, 'events'),
        testRecord(2, 'rows'),
        testRecord(3, 'events'),
        testRecord(4, 'audit'),
      ])
      expect((await collect(journal, 2)).map((r) => r.position)).toEqual([3, 4])
      expect((await collect(journal, 0, ['rows', 'audit'])).map((r) => r.position)).toEqual([2, 4])
      expect(await collect(journal, 4)).toEqual([])
      expect(await collect(journal, 99)).toEqual([])
    })

    it('reads up to the head at the time of the call while appends go on', async () => {
      await journal.append(Array.from({ length: 5000 }, (_, i) => testRecord(i)))
      const read = journal.read(0)
      const later = Array.from({ length: 20 }, (_, i) => journal.append([testRecord(`later ${i}`)]))
      let count = 0
      for await (const batch of read) {
        expect(batch.length).toBeLessThanOrEqual(5000)
        count += batch.length
      }
      expect(count).toBe(5000)
      await Promise.all(later)
      expect(journal.status().head).toBe(5020)
    })

    it('stops reading when it is aborted', async () => {
      await journal.append([testRecord(1)])
      const abort = new AbortController()
      abort.abort()
      await expect(journal.read(0, { signal: abort.signal })[Symbol.asyncIterator]().next()).rejects.toThrow()
    })

    it('has everything again after it was closed and opened, and goes on with the next position', async () => {
      await journal.append([testRecord('a'), testRecord('b')])
      await journal.close()
      journal = await under.reopen()
      expect(journal.status().head).toBe(2)
      expect(await journal.append([testRecord('c')])).toBe(3)
      expect((await collect(journal)).map((r) => bodyOf(r))).toEqual(['a', 'b', 'c'])
    })

    it('finishes what was begun and refuses what comes after close', async () => {
      const begun = journal.append([testRecord(1)])
      await journal.close()
      expect(await begun).toBe(1)
      await expect(journal.append([testRecord(2)])).rejects.toMatchObject({ code: 'journal_closed' })
    })
  })
}
