import { open, stat } from 'node:fs/promises'

/** A part of a file: whole lines, except that the first piece begins and the last one ends where the file does. */
export interface Piece {
  readonly offset: number
  readonly bytes: Buffer
  /** True when the piece reaches the end of the file. */
  readonly last: boolean
}

const wholeBelow = 4 * 1024 * 1024
const headBytes = 512 * 1024
const windowBytes = 64 * 1024
const windows = 10

/**
 * Look at the beginning, the end and places between, not only at the head: trouble often begins later.
 * A file below 4 MiB is taken whole.
 */
export async function samplePieces(path: string): Promise<{ pieces: Piece[]; bytes: number; whole: boolean }> {
  const { size } = await stat(path)
  const file = await open(path, 'r')
  try {
    const read = async (offset: number, length: number): Promise<Buffer> => {
      const buf = Buffer.allocUnsafe(Math.min(length, size - offset))
      let filled = 0
      while (filled < buf.length) {
        const { bytesRead } = await file.read(buf, filled, buf.length - filled, offset + filled)
        if (!bytesRead) break
        filled += bytesRead
      }
      return buf.subarray(0, filled)
    }
    if (size <= wholeBelow)
      return { pieces: [{ offset: 0, bytes: await read(0, size), last: true }], bytes: size, whole: true }
    const pieces: Piece[] = [{ offset: 0, bytes: await read(0, headBytes), last: false }]
    const step = (size - headBytes - windowBytes) / windows
    for (let i = 1; i <= windows; i++) {
      // even offsets keep UTF-16 in step
      const offset = Math.floor(headBytes + step * i) & ~1
      pieces.push({ offset, bytes: await read(offset, windowBytes), last: offset + windowBytes >= size })
    }
    return { pieces, bytes: size, whole: false }
  } finally {
    await file.close()
  }
}
