import { Transform } from 'node:stream'
import { InputError } from '../../../base/errors.ts'
import type { ReadLimits } from '../../limits.ts'

/** Counts inflated bytes and entries of one archive against its caps: what was declared is never believed. */
export interface Budget {
  entry(): void
  spend(bytes: number): void
  /** A pass-through that counts what flows. */
  meter(): Transform
}

/** @param packedBytes size of the archive, for the ratio */
export function archiveBudget(name: string, packedBytes: number, limits: ReadLimits): Budget {
  let entries = 0
  let inflated = 0
  const budget: Budget = {
    entry() {
      if (++entries > limits.archiveEntries)
        throw new InputError('archive_bomb', { file: name, what: 'entries', limit: limits.archiveEntries })
    },
    spend(bytes) {
      inflated += bytes
      if (inflated > limits.archiveBytes)
        throw new InputError('archive_bomb', { file: name, what: 'bytes', limit: limits.archiveBytes })
      if (inflated > limits.ratioFloorBytes && inflated > packedBytes * limits.archiveRatio)
        throw new InputError('archive_bomb', { file: name, what: 'ratio', limit: limits.archiveRatio })
    },
    meter() {
      return new Transform({
        transform(chunk: Buffer, _encoding, done) {
          try {
            budget.spend(chunk.length)
            done(null, chunk)
          } catch (error) {
            done(error as Error)
          }
        },
      })
    },
  }
  return budget
}

/** An error of a decompressor as one of ours; ours pass through. */
export function damaged(name: string, error: unknown): unknown {
  if (error instanceof InputError || (error as Error)?.name === 'AbortError') return error
  return new InputError(
    'archive_damaged',
    { file: name, problem: (error as Error)?.message ?? String(error) },
    { cause: error },
  )
}
