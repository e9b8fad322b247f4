/** What is odd about a record; a record without flags is read alike by every CSV parser. */
export const odd = {
  /** A quoted field is not closed properly: only the first physical line is given back. */
  unterminated: 1,
  /** A quote inside a quoted field that is not doubled, or blanks behind a closing quote: repaired. */
  innerQuote: 2,
  /** A quote in the middle of an unquoted field: literal. */
  literalQuote: 4,
  nul: 8,
  lf: 16,
  crlf: 32,
  cr: 64,
} as const

const QUOTE = 34
const LF = 10
const CR = 13

/** Finds the end of one record at a time in a Buffer by RFC 4180; the result lies in its fields, so that nothing is allocated per record. */
export interface RecordParser {
  /** @returns where the next record begins, or -1 when the record does not end before `end` and more bytes may follow */
  next(buf: Uint8Array, at: number, end: number, eof: boolean): number
  /** End of the record's text, before its line end. */
  contentEnd: number
  fields: number
  flags: number
  /** Physical lines the record covers. */
  lines: number
}

export function recordParser(delimiter: string): RecordParser {
  const delim = delimiter.charCodeAt(0)
  const special = new Uint8Array(256)
  for (const byte of [delim, QUOTE, LF, CR, 0]) special[byte] = 1

  const parser: RecordParser = { next, contentEnd: 0, fields: 0, flags: 0, lines: 0 }

  function unterminated(buf: Uint8Array, at: number, end: number): number {
    let i = at
    while (i < end && buf[i] !== LF && buf[i] !== CR) i++
    parser.contentEnd = i
    parser.fields = 0
    parser.flags = odd.unterminated
    parser.lines = 1
    if (i >= end) return end
    return buf[i] === CR && i + 1 < end && buf[i + 1] === LF ? i + 2 : i + 1
  }

  function next(buf: Uint8Array, at: number, end: number, eof: boolean): number {
    let i = at
    let fields = 1
    let flags = 0
    let lines = 1
    // files that were put together bring their byte order marks along
    if (buf[i] === 0xef && i + 2 < end && buf[i + 1] === 0xbb && buf[i + 2] === 0xbf) i += 3
    field: for (;;) {
      if (i < end && buf[i] === QUOTE) {
        i++
        let repaired = false
        let fieldLines = 0
        for (;;) {
          let c = 0
          while (i < end && (c = buf[i]!) !== QUOTE) {
            if (c === LF || (c === CR && buf[i + 1] !== LF)) {
              fieldLines++
              // a repaired quote must close on its own line: else one stray quote would swallow what follows
              if (repaired) return unterminated(buf, at, end)
            } else if (c === 0) flags |= odd.nul
            i++
          }
          if (i >= end) return eof ? unterminated(buf, at, end) : -1
          if (i + 1 >= end) {
            if (!eof) return -1
            i++
            break
          }
          const after = buf[i + 1]!
          if (after === QUOTE) {
            i += 2
            continue
          }
          if (after === delim || after === LF || after === CR) {
            i++
            break
          }
          // blanks between the closing quote and the delimiter
          let k = i + 1
          while (k < end && buf[k] !== delim && (buf[k] === 32 || buf[k] === 9)) k++
          if (k >= end && !eof) return -1
          if (k > i + 1 && (k >= end || buf[k] === delim || buf[k] === LF || buf[k] === CR)) {
            flags |= odd.innerQuote
            i = k
            break
          }
          if (fieldLines) return unterminated(buf, at, end)
          repaired = true
          flags |= odd.innerQuote
          i++
        }
        lines += fieldLines
      }
      for (;;) {
        while (i < end && special[buf[i]!] === 0) i++
        if (i >= end) {
          if (!eof) return -1
          parser.contentEnd = end
          break field
        }
        const c = buf[i]!
        if (c === delim) {
          fields++
          i++
          continue field
        }
        if (c === LF) {
          parser.contentEnd = i++
          flags |= odd.lf
          break field
        }
        if (c === CR) {
          if (i + 1 >= end && !eof) return -1
          parser.contentEnd = i++
          if (i < end && buf[i] === LF) {
            i++
            flags |= odd.crlf
          } else flags |= odd.cr
          break field
        }
        flags |= c === QUOTE ? odd.literalQuote : odd.nul
        i++
      }
    }
    parser.fields = fields
    parser.flags = flags
    parser.lines = lines
    return i
  }

  return parser
}
