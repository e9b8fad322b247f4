import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { openWindow } from '../csv/window.ts'
import { bestText } from '../encoding/best-text.ts'

export interface TextLine {
  /** Physical line from 1. */
  readonly line: number
  readonly text: string
  readonly bytes: number
  readonly problem?: 'too_long' | 'encoding'
}

/** The lines of a text file, blank ones left out; a line above `maxBytes` comes as its beginning, marked. */
export async function* textLines(path: string, maxBytes: number, signal?: AbortSignal): AsyncGenerator<TextLine[]> {
  const file = await open(path, 'r')
  try {
    const view = openWindow(file, 0, Math.max(4 * 1024 * 1024, maxBytes * 2))
    let at = await view.slide(0)
    if (view.buf[0] === 0xef && view.buf[1] === 0xbb && view.buf[2] === 0xbf && view.end >= 3) at = 3
    let line = 0
    let cut = 0
    for (;;) {
      signal?.throwIfAborted()
      const found: TextLine[] = []
      while (at < view.end) {
        let end = view.buf.subarray(0, view.end).indexOf(10, at)
        if (end < 0) {
          if (!view.eof) break
          end = view.end
        }
        line++
        const bytes = view.buf.subarray(at, end)
        at = Math.min(end + 1, view.end)
        if (cut) {
          cut = 0
          continue
        }
        if (bytes.length > maxBytes)
          found.push({ line, text: bestText(bytes.subarray(0, 40_000)), bytes: bytes.length, problem: 'too_long' })
        else if (!isUtf8(bytes)) found.push({ line, text: bestText(bytes), bytes: bytes.length, problem: 'encoding' })
        else {
          const text = bytes.toString('utf8').trim()
          if (text) found.push({ line, text, bytes: bytes.length })
        }
      }
      // a line longer than the window: told once, then dropped to its end
      if (!view.eof && at === 0 && view.end === view.buf.length) {
        if (!cut)
          found.push({
            line: line + 1,
            text: bestText(view.buf.subarray(0, 40_000)),
            bytes: view.end,
            problem: 'too_long',
          })
        cut = view.end
        at = view.end
      }
      if (found.length) yield found
      if (view.eof && at >= view.end) return
      at = await view.slide(at)
    }
  } finally {
    await file.close()
  }
}
