import type { FileHandle } from 'node:fs/promises'

/** A sliding view of a file: the bytes from `at` on are kept, older ones dropped. */
export interface Window {
  buf: Buffer
  /** Bytes in `buf` that are filled. */
  end: number
  eof: boolean
  /** Drop everything before `at`, read on; returns the new place of `at` (0). `grow` doubles the buffer when it is full. */
  slide(at: number, grow?: boolean): Promise<number>
}

export function openWindow(file: FileHandle, from: number, size: number): Window {
  let position = from
  const view: Window = {
    buf: Buffer.allocUnsafe(size),
    end: 0,
    eof: false,
    async slide(at, grow = false) {
      if (at > 0) {
        view.buf.copyWithin(0, at, view.end)
        view.end -= at
      }
      if (view.end === view.buf.length && grow) {
        const larger = Buffer.allocUnsafe(view.buf.length * 2)
        view.buf.copy(larger, 0, 0, view.end)
        view.buf = larger
      }
      while (!view.eof && view.end < view.buf.length) {
        const { bytesRead } = await file.read(view.buf, view.end, view.buf.length - view.end, position)
        if (bytesRead === 0) view.eof = true
        position += bytesRead
        view.end += bytesRead
      }
      return 0
    },
  }
  return view
}
