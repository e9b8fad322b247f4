/**
 * Acknowledged appends per second of the local journal, every one behind an fdatasync.
 * `npx tsx bench/journal.ts [seconds per line] [folder]`
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { openLocalJournal } from '../src/journal/index.ts'
import { testRecord } from '../src/testing/test-record.ts'

const seconds = Number(process.argv[2] ?? 2)
const parent = process.argv[3] ?? tmpdir()
const bodyBytes = 600

interface Line {
  concurrency: number
  'records per append': number
  'appends/s': number
  'records/s': number
  'MB/s': number
  'p50 ms': number
  'p99 ms': number
}

async function measure(concurrency: number, records: number): Promise<Line> {
  const dir = await mkdtemp(join(parent, 'journal-bench-'))
  const journal = await openLocalJournal({ dir })
  const append = Array.from({ length: records }, () => testRecord({ pad: 'x'.repeat(bodyBytes) }))
  const times: number[] = []
  const end = performance.now() + seconds * 1000
  const writer = async (): Promise<void> => {
    for (;;) {
      const start = performance.now()
      if (start > end) return
      await journal.append(append)
      times.push(performance.now() - start)
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: concurrency }, writer))
  const took = (performance.now() - start) / 1000
  const bytes = journal.status().bytes
  await journal.close()
  await rm(dir, { recursive: true })
  times.sort((a, b) => a - b)
  const at = (q: number) => Number(times[Math.floor(times.length * q)]!.toFixed(2))
  const perSecond = Math.round(times.length / took)
  return {
    concurrency,
    'records per append': records,
    'appends/s': perSecond,
    'records/s': perSecond * records,
    'MB/s': Math.round(bytes / took / 1e6),
    'p50 ms': at(0.5),
    'p99 ms': at(0.99),
  }
}

console.log(
  `${cpus().length} cores (${cpus()[0]?.model}), node ${process.version}, ${seconds} s a line, body ${bodyBytes} bytes, in ${parent}`,
)
const lines: Line[] = []
for (const [concurrency, records] of [
  [1, 1],
  [8, 1],
  [64, 1],
  [256, 1],
  [8, 100],
  [64, 100],
] as const)
  lines.push(await measure(concurrency, records))
console.table(lines)
