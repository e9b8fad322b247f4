import { statfsSync } from 'node:fs'
import { RetryableError } from '../../base/errors.ts'

/** Keeps the last bytes of a disk free, so that reading, deleting and mending still work when it is full. */
export interface Reserve {
  /** Free bytes for unprivileged use, now. */
  free(): number
  writable(): boolean
  /** @throws RetryableError disk_reserve when writing `bytes` would eat into the reserve */
  check(bytes: number): void
  /** The refusal for an error of the operating system; undefined when it does not mean a full disk. */
  refusal(error: unknown): RetryableError | undefined
}

export const defaultReserveBytes = 64 * 1024 * 1024

export function diskReserve(dir: string, reserve: number, freeBytes = () => freeOn(dir)): Reserve {
  const refuse = (free: number, cause?: unknown) => new RetryableError('disk_reserve', { free, reserve }, { cause })
  return {
    free: freeBytes,
    writable: () => freeBytes() >= reserve,
    check(bytes) {
      const free = freeBytes()
      if (free - bytes < reserve) throw refuse(free)
    },
    refusal(error) {
      const code = (error as NodeJS.ErrnoException | undefined)?.code
      return code === 'ENOSPC' || code === 'EDQUOT' ? refuse(freeBytes(), error) : undefined
    },
  }
}

function freeOn(dir: string): number {
  const stat = statfsSync(dir)
  return stat.bavail * stat.bsize
}
