import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import iconv from 'iconv-lite'

export interface WrittenFile {
  readonly path: string
  readonly rows: number
  readonly bytes: number
}

/** What a channel writes rows into. `write` gives the number of the data row in its file, from 1. */
export interface RowFile<Row> {
  readonly path: string
  write(row: Row): number
  close(): Promise<WrittenFile>
}

export interface TextOptions {
  /** Line before the rows; also the shape of an empty file. */
  readonly header?: string
  readonly encoding?: 'utf-8' | 'utf-8-bom' | 'gb18030'
  /** One JSON array instead of lines. */
  readonly array?: boolean
}

const flushAt = 64 * 1024

/** Rows gather in a string and go out in blocks: memory stays flat, whatever the size of the shop. */
export function textFile(dir: string, path: string, options: TextOptions = {}): RowFile<string> {
  const full = join(dir, path)
  mkdirSync(dirname(full), { recursive: true })
  const fd = openSync(full, 'w')
  let block =
    (options.encoding === 'utf-8-bom' ? '\ufeff' : '') +
    (options.header ? `${options.header}\n` : '') +
    (options.array ? '[' : '')
  let rows = 0
  let bytes = 0
  const flush = () => {
    const data = options.encoding === 'gb18030' ? iconv.encode(block, 'gb18030') : Buffer.from(block, 'utf8')
    for (let done = 0; done < data.length;) done += writeSync(fd, data, done)
    bytes += data.length
    block = ''
  }
  return {
    path,
    write(row) {
      block += options.array ? (rows ? ',\n' : '\n') + row : `${row}\n`
      if (block.length > flushAt) flush()
      return ++rows
    },
    async close() {
      if (options.array) block += '\n]\n'
      flush()
      closeSync(fd)
      return { path, rows, bytes }
    },
  }
}

/** A CSV cell; numbers and plain texts need no quotes. */
export function cell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Fen as yuan with two decimals. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? '-' : ''
  const abs = Math.abs(fen)
  const rest = abs % 100
  return `${sign}${(abs - rest) / 100}.${rest < 10 ? '0' : ''}${rest}`
}
