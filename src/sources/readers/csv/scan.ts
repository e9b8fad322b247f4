import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { InputError } from '../../../base/errors.ts'
import type { BadRow } from '../../contract.ts'
import type { ReadLimits } from '../../limits.ts'
import { bestText } from '../encoding/best-text.ts'
import { odd, recordParser } from './record.ts'
import { openWindow, type Window } from './window.ts'

export interface ScanOptions {
  readonly delimiter: string
  /** Fields each row must have. */
  readonly fields: number
  /** Physical lines before the header. */
  readonly skipLines: number
  readonly header: boolean
  readonly limits: ReadLimits
  /** The file was made by decoding: U+FFFD marks bytes that could not be decoded. */
  readonly decoded?: boolean
  /** File name for messages. */
  readonly name: string
  readonly signal?: AbortSignal
  /** Stop behind this data row. */
  readonly lastRow?: number
}

/** Told of each data row in file order; `buf` is valid only during the call. */
export interface ScanSink {
  row?(buf: Buffer, start: number, end: number, row: number, flags: number): void
  bad?(bad: BadRow): void
  /** After each window, so that a writer may wait for its disk. */
  drain?(): Promise<void>
}

export interface ScanSummary {
  /** Data rows, good and bad; blank lines are none. */
  readonly rows: number
  readonly bad: number
  /** All `odd` flags of the header, of good rows and of the ends of blank lines, or'ed. */
  readonly flags: number
  /** Blank lines that another parser could take for rows: between rows, or made of blanks. */
  readonly innerBlanks: number
  /** The header record as text. */
  readonly header: string | undefined
  readonly headerLines: number
  readonly bom: boolean
}

/** Flag beside `odd`: a byte order mark inside the file. */
export const strayBom = 128

const bomBytes = Buffer.from([0xef, 0xbb, 0xbf])
const replacement = Buffer.from([0xef, 0xbf, 0xbd])
const windowBytes = 4 * 1024 * 1024
const growLimit = 64 * 1024 * 1024

/**
 * Read a UTF-8 CSV once at the speed of bytes: find the records, count and check them, and lose only what is broken.
 * An unterminated quote costs its own line: the reading resumes at the next one.
 */
export async function scanCsv(path: string, options: ScanOptions, sink: ScanSink = {}): Promise<ScanSummary> {
  const { limits, fields: expected } = options
  const file = await open(path, 'r')
  try {
    const view = openWindow(file, 0, Math.max(windowBytes, limits.recordBytes * 2))
    const parser = recordParser(options.delimiter)
    let at = await view.slide(0)
    const bom = view.end >= 3 && view.buf.compare(bomBytes, 0, 3, 0, 3) === 0
    if (bom) at = 3
    let line = 1
    let row = 0
    let badRows = 0
    let flags = 0
    let blanks = 0
    let innerBlanks = 0
    let toSkip = options.skipLines
    let header: string | undefined
    let headerLines = 0
    let wantHeader = options.header
    let checked = checkWindow(view, at, options)

    const bad = (
      start: number,
      end: number,
      code: BadRow['code'],
      params: BadRow['params'],
      rawBytes = end - start,
    ): void => {
      row++
      badRows++
      if (badRows > limits.badRows && badRows * 2 > row)
        throw new InputError('mostly_unreadable', { file: options.name, bad: badRows, rows: row, code })
      // beyond the first thousand a shorter excerpt does, so that memory stays bounded
      const keep = badRows <= 1000 ? limits.rawChars : Math.min(limits.rawChars, 200)
      const raw = bestText(view.buf.subarray(start, Math.min(end, start + keep * 4))).slice(0, keep)
      sink.bad?.({ row, line, raw, rawBytes, code, params })
    }

    scan: for (;;) {
      options.signal?.throwIfAborted()
      while (at < view.end) {
        const start = at
        if (toSkip > 0) {
          // title lines are physical lines whatever quotes they hold
          const after = lineAfter(view.buf, start, view.end)
          if (after < 0 && !view.eof) break
          at = after < 0 ? view.end : after
          toSkip--
          line++
          continue
        }
        let next = parser.next(view.buf, start, view.end, view.eof)
        if (next < 0) break
        let { contentEnd, fields } = parser
        const blank = fields === 1 && isBlank(view.buf, start, contentEnd)
        if (wantHeader && !blank) {
          header = view.buf.toString('utf8', start, contentEnd)
          headerLines = parser.lines
          innerBlanks += blanks
          blanks = 0
          flags |= parser.flags
          wantHeader = false
          line += parser.lines
          at = next
          continue
        }
        if (blank) {
          // engines pass over an empty line at the end, not over one of blanks
          if (contentEnd > start) innerBlanks++
          else blanks++
          flags |= parser.flags & (odd.lf | odd.crlf | odd.cr)
          line += parser.lines
          at = next
          continue
        }
        if (
          parser.lines > 1 &&
          fields !== expected &&
          looksLikeRecords(view.buf, lineAfter(view.buf, start, next), next, options)
        ) {
          next = lineAfter(view.buf, start, next)
          contentEnd = trimLineEnd(view.buf, start, next)
          parser.flags = odd.unterminated
          parser.lines = 1
        }
        innerBlanks += blanks
        blanks = 0
        if (contentEnd - start > limits.recordBytes)
          bad(start, contentEnd, 'line_too_long', { bytes: contentEnd - start, limit: limits.recordBytes })
        else if (parser.flags & odd.unterminated) bad(start, contentEnd, 'unterminated_quote', { line })
        else if (checked.invalid && !isUtf8(view.buf.subarray(start, contentEnd)))
          bad(start, contentEnd, 'invalid_encoding', { line })
        else if (checked.undecoded && has(view.buf, replacement, start, contentEnd))
          bad(start, contentEnd, 'invalid_encoding', { line })
        else if (fields !== expected)
          bad(start, contentEnd, fields > expected ? 'too_many_fields' : 'too_few_fields', { expected, got: fields })
        else {
          row++
          const rowFlags =
            checked.bom && has(view.buf, bomBytes, start, contentEnd) ? parser.flags | strayBom : parser.flags
          flags |= rowFlags
          sink.row?.(view.buf, start, contentEnd, row, rowFlags)
        }
        line += parser.lines
        at = next
        if (options.lastRow !== undefined && row >= options.lastRow) break scan
      }
      await sink.drain?.()
      if (view.eof && at >= view.end) break
      if (view.end - at > limits.recordBytes && view.end - at >= view.buf.length / 2) {
        const firstEnd = lineAfter(view.buf, at, view.end)
        if (firstEnd < 0) {
          // one physical line longer than the window: keep its beginning, run to its end
          const keep = Math.min(view.end - at, limits.rawChars * 4)
          const head = Buffer.from(view.buf.subarray(at, at + keep))
          let bytes = view.end - at
          let resume = -1
          while (resume < 0) {
            await view.slide(view.end)
            if (view.end === 0) break
            resume = lineAfter(view.buf, 0, view.end)
            bytes += resume < 0 ? view.end : trimLineEnd(view.buf, 0, resume)
            options.signal?.throwIfAborted()
          }
          row++
          badRows++
          sink.bad?.({
            row,
            line,
            raw: bestText(head).slice(0, limits.rawChars),
            rawBytes: bytes,
            code: 'line_too_long',
            params: { bytes, limit: limits.recordBytes },
          })
          line++
          at = resume < 0 ? view.end : resume
        } else if (looksLikeRecords(view.buf, firstEnd, view.end, options) || view.end - at >= growLimit) {
          bad(at, trimLineEnd(view.buf, at, firstEnd), 'unterminated_quote', { line })
          line++
          at = firstEnd
        } else at = await view.slide(at, true)
      }
      if (at > 0 || !view.eof) at = await view.slide(at)
      checked = checkWindow(view, at, options)
    }
    return { rows: row, bad: badRows, flags, innerBlanks, header, headerLines, bom }
  } finally {
    await file.close()
  }
}

/** Whole-window checks, each one native call; only when one hits are rows looked at one by one. */
function checkWindow(
  view: Window,
  at: number,
  options: ScanOptions,
): { invalid: boolean; undecoded: boolean; bom: boolean } {
  let end = view.end
  // a character cut by the end of the window is no fault
  if (!view.eof) for (let back = 0; back < 4 && end > at && view.buf[end - 1]! >= 0x80; back++) end--
  return {
    invalid: !isUtf8(view.buf.subarray(at, end)),
    undecoded: options.decoded === true && has(view.buf, replacement, at, view.end),
    bom: has(view.buf, bomBytes, at, view.end),
  }
}

function has(buf: Buffer, bytes: Buffer, start: number, end: number): boolean {
  const found = buf.subarray(start, end).indexOf(bytes)
  return found >= 0
}

function isBlank(buf: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (buf[i] !== 32 && buf[i] !== 9) return false
  return true
}

/** Where the physical line after the one at `start` begins, or -1. */
function lineAfter(buf: Buffer, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    if (buf[i] === 10) return i + 1
    if (buf[i] === 13) return i + 1 < end && buf[i + 1] === 10 ? i + 2 : i + 1
  }
  return -1
}

function trimLineEnd(buf: Buffer, start: number, next: number): number {
  let end = next
  if (end > start && buf[end - 1] === 10) end--
  if (end > start && buf[end - 1] === 13) end--
  return end
}

/** Whether at least half of the next lines (100 at most) are complete rows by themselves. */
function looksLikeRecords(buf: Buffer, from: number, to: number, options: ScanOptions): boolean {
  const parser = recordParser(options.delimiter)
  let lines = 0
  let fit = 0
  for (let at = from; at >= 0 && at < to && lines < 100;) {
    const next = lineAfter(buf, at, to)
    const end = next < 0 ? to : next
    parser.next(buf, at, end, true)
    if (parser.fields === options.fields && parser.lines === 1) fit++
    lines++
    at = end
  }
  return lines > 0 && fit * 2 >= lines
}
