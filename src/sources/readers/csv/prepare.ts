import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { BadRow, PreparedFile, ReadPlan } from '../../contract.ts'
import type { ReadLimits } from '../../limits.ts'
import { byteWriter } from '../byte-writer.ts'
import { csvField, splitRecord, withoutMarks } from './fields.ts'
import { odd } from './record.ts'
import { scanCsv, strayBom, type ScanOptions } from './scan.ts'

export interface CsvSource {
  /** Plain UTF-8 text on disk; may be the user's own file. */
  readonly path: string
  readonly name: string
  /** See `ScanOptions.decoded`. */
  readonly decoded: boolean
}

/** Rows with one of these are read differently by different parsers: they are written anew. */
const rewrite = odd.innerQuote | odd.literalQuote | odd.nul | strayBom

/**
 * One pass over the file. When every row is sound, the result is the file itself; else a copy of the sound rows in
 * `workDir`, each behind its row number, and the list of the others.
 */
export async function prepareCsv(
  source: CsvSource,
  plan: ReadPlan,
  workDir: string,
  limits: ReadLimits,
  signal?: AbortSignal,
): Promise<PreparedFile> {
  const options = scanOptions(source, plan, limits, signal)
  const bad: BadRow[] = []
  const summary = await scanCsv(source.path, options, { bad: (b) => void bad.push(b) })
  const columns = plan.columns
  const lineEnds = [odd.lf, odd.crlf, odd.cr].filter((f) => summary.flags & f).length
  const clean =
    !bad.length &&
    !(summary.flags & (rewrite | odd.unterminated)) &&
    lineEnds <= 1 &&
    !summary.innerBlanks &&
    options.skipLines === 0 &&
    summary.headerLines <= 1 &&
    columns.length > 1
  if (clean) {
    return {
      path: source.path,
      format: 'csv',
      columns,
      delimiter: options.delimiter,
      skipLines: plan.header === false ? 0 : 1,
      rows: summary.rows,
      bad,
    }
  }
  const path = join(await mkdtemp(join(workDir, 'rows-')), 'canonical.csv')
  const writer = await byteWriter(path)
  try {
    const { delimiter } = options
    writer.text(['_row', ...columns].map((c) => csvField(c, delimiter)).join(delimiter) + '\n')
    await scanCsv(source.path, options, {
      row(buf, start, end, row, flags) {
        writer.number(row)
        writer.byte(delimiter.charCodeAt(0))
        if (flags & rewrite) {
          const text = buf.toString('utf8', start, end).replace(/^\ufeff/, '')
          const cells = splitRecord(text, delimiter).map(withoutMarks)
          writer.text(cells.map((c) => csvField(c, delimiter)).join(delimiter))
        } else writer.bytes(buf, start, end)
        writer.byte(10)
      },
      drain: () => writer.drain(),
    })
  } finally {
    await writer.close()
  }
  return {
    path,
    format: 'csv',
    columns: ['_row', ...columns],
    delimiter: options.delimiter,
    skipLines: 1,
    rows: summary.rows - bad.length,
    rowColumn: '_row',
    bad,
  }
}

export function scanOptions(source: CsvSource, plan: ReadPlan, limits: ReadLimits, signal?: AbortSignal): ScanOptions {
  return {
    delimiter: plan.delimiter === ' +' ? '\t' : (plan.delimiter ?? ','),
    fields: plan.columns.length,
    skipLines: plan.skipLines ?? 0,
    header: plan.header !== false,
    limits,
    decoded: source.decoded,
    name: source.name,
    signal,
  }
}

/** The raw text of one data row: sound rows as they stand in the file, bad ones as far as they were kept. */
export async function rawCsvRow(
  source: CsvSource,
  plan: ReadPlan,
  row: number,
  limits: ReadLimits,
): Promise<string | undefined> {
  let raw: string | undefined
  await scanCsv(
    source.path,
    { ...scanOptions(source, plan, limits), lastRow: row },
    {
      row(buf, start, end, n) {
        if (n === row) raw = buf.toString('utf8', start, end)
      },
      bad(b) {
        if (b.row === row) raw = b.raw
      },
    },
  )
  return raw
}
