/** Child of `crash.slow.test.ts`: appends without end and tells each acknowledged append on standard output. */
import { writeSync } from 'node:fs'
import { testRecord } from '../../testing/test-record.ts'
import { openLocalJournal } from './journal.ts'

const [dir, round] = process.argv.slice(2) as [string, string]
const journal = await openLocalJournal({ dir, reserveBytes: 0, segmentBytes: 64 * 1024 })
let n = 0
const writer = async (size: number): Promise<void> => {
  for (;;) {
    const ids = Array.from({ length: size }, () => `${round}-${n++}`)
    const last = await journal.append(ids.map((id) => testRecord({ id, pad: 'x'.repeat(n % 500) })))
    // synchronous: what was told is out even if the next instruction never runs
    writeSync(1, `${last} ${ids.join(' ')}\n`)
  }
}
writeSync(1, 'ready\n')
await Promise.all([1, 1, 1, 2, 3, 5, 20].map(writer))
