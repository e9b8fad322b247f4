import { closeSync, existsSync, fdatasyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Space held back on the disk: a full disk refuses new work, and opening, reading and deleting still have room. */
export const reserveBytes = 64 * 1024 ** 2

/**
 * Keep a file of real bytes in `home` while there is room, and give it up when the disk is about full: the journal then
 * still refuses appends (less than the reserve is free), but locks, temporary files and the warehouse find space.
 */
export function keepReserve(home: string): void {
  const file = join(home, 'reserve')
  const disk = statfsSync(home)
  const free = disk.bavail * disk.bsize
  if (existsSync(file) && statSync(file).size === reserveBytes) {
    if (free < reserveBytes / 4) rmSync(file)
    return
  }
  // Only with room to spare: the reserve must not be what fills the disk.
  if (free < 3 * reserveBytes) return
  const handle = openSync(file, 'w', 0o600)
  try {
    const zeros = Buffer.alloc(1024 ** 2)
    for (let written = 0; written < reserveBytes;) written += writeSync(handle, zeros)
    fdatasyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
