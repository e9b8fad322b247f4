import { open } from 'node:fs/promises'

/** A file written from many small pieces: they gather in memory until `drain`, which is awaited between windows. */
export interface ByteWriter {
  text(text: string): void
  bytes(buf: Buffer, start: number, end: number): void
  byte(byte: number): void
  /** A whole number from 0 in decimal digits. */
  number(n: number): void
  /** Bytes written and waiting. */
  readonly size: number
  drain(): Promise<void>
  close(): Promise<void>
}

export async function byteWriter(path: string, flags = 'w'): Promise<ByteWriter> {
  const file = await open(path, flags)
  let buffer = Buffer.allocUnsafe(1024 * 1024)
  let filled = 0
  let size = 0
  const room = (needed: number): void => {
    if (filled + needed <= buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, filled + needed))
    buffer.copy(larger, 0, 0, filled)
    buffer = larger
  }
  const drain = async (): Promise<void> => {
    let from = 0
    while (from < filled) from += (await file.write(buffer, from, filled - from)).bytesWritten
    filled = 0
  }
  return {
    text(text) {
      room(text.length * 3)
      const written = buffer.write(text, filled)
      filled += written
      size += written
    },
    bytes(buf, start, end) {
      room(end - start)
      buf.copy(buffer, filled, start, end)
      filled += end - start
      size += end - start
    },
    byte(byte) {
      room(1)
      buffer[filled++] = byte
      size++
    },
    number(n) {
      room(20)
      let digits = 1
      for (let rest = n; rest >= 10; rest = Math.floor(rest / 10)) digits++
      let rest = n
      for (let i = filled + digits - 1; i >= filled; i--) {
        buffer[i] = 48 + (rest % 10)
        rest = Math.floor(rest / 10)
      }
      filled += digits
      size += digits
    },
    get size() {
      return size
    },
    drain,
    async close() {
      try {
        await drain()
      } finally {
        await file.close()
      }
    },
  }
}
