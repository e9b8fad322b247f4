import { open } from 'node:fs/promises'
import { InputError } from '../../base/errors.ts'
import type { Position, StoredRecord, Topic } from '../contract.ts'
import { recordOf } from './codec.ts'
import { frameBatches } from './frames.ts'
import { segmentHeadBytes, segmentName, type Segment } from './segment.ts'

export interface ReadOptions {
  readonly topics?: readonly Topic[]
  readonly signal?: AbortSignal
}

const batchRecords = 1000

/**
 * Records after `from` up to `until`, segment by segment; every checksum is checked again.
 * `segments` is a snapshot: appends that go on meanwhile do not disturb it.
 * @throws InputError journal_damaged at the damaged place; the records before it have been given
 */
export async function* readSegments(
  segments: readonly Segment[],
  from: Position,
  until: Position,
  options: ReadOptions,
): AsyncGenerator<StoredRecord[]> {
  const wanted = options.topics && new Set(options.topics)
  const start = Math.max(
    0,
    segments.findLastIndex((s) => s.first <= from + 1),
  )
  let expected = segments[start]?.first ?? 1
  if (expected > from + 1) throw missing(from + 1)
  for (const segment of segments.slice(start)) {
    if (segment.first !== expected) throw missing(expected)
    const handle = await open(segment.path, 'r')
    try {
      const entry = segment.index.findLast((e) => e.position <= from + 1)
      expected = entry?.position ?? segment.first
      const frames = frameBatches(handle, entry?.offset ?? segmentHeadBytes, segment.bytes, segment.salt, expected)
      for (;;) {
        options.signal?.throwIfAborted()
        const { done, value } = await frames.next()
        if (done) {
          if (value.problem)
            throw new InputError('journal_damaged', {
              file: segment.file,
              offset: value.offset,
              problem: value.problem,
            })
          break
        }
        let batch: StoredRecord[] = []
        for (const frame of value) {
          expected = frame.position + 1
          if (frame.position <= from || frame.position > until) continue
          const record = recordOf(frame)
          if (wanted && !wanted.has(record.header.topic)) continue
          batch.push(record)
          if (batch.length === batchRecords) {
            yield batch
            batch = []
          }
        }
        if (batch.length) yield batch
        if (expected > until) return
      }
    } finally {
      await handle.close()
    }
  }
  if (expected <= until) throw missing(expected)
}

function missing(position: number): InputError {
  return new InputError('journal_damaged', {
    file: segmentName(position, 0),
    offset: 0,
    problem: `record ${position} is missing`,
  })
}
