import type { BadRow, PreparedFile, ReadPlan } from '../../contract.ts'
import type { ReadLimits } from '../../limits.ts'
import { canonicalWriter } from '../canonical.ts'
import { csvField } from '../csv/fields.ts'
import { findSheet, noteWarnings } from './inspect.ts'
import { withWorkbook } from './package.ts'
import { readSheet, type SheetRow } from './sheet.ts'

/** Rows of the planned sheet below titles and header, numbered from 1; rows without any value are none. */
async function dataRows(
  path: string,
  name: string,
  plan: ReadPlan,
  limits: ReadLimits,
  each: (row: SheetRow, n: number) => boolean | void,
  pause?: () => Promise<void>,
  signal?: AbortSignal,
) {
  return withWorkbook(path, name, limits, async (book) => {
    const sheet = plan.sheet === undefined ? book.sheets[0]! : findSheet(book, plan.sheet)
    let above = (plan.skipLines ?? 0) + (plan.header === false ? 0 : 1)
    let n = 0
    return readSheet(book, sheet, limits, { row: (row) => (above-- > 0 ? undefined : each(row, ++n)), pause }, signal)
  })
}

/** A row with values right of the last column has no place for them: it is a bad row. */
export async function prepareXlsx(
  path: string,
  name: string,
  plan: ReadPlan,
  workDir: string,
  limits: ReadLimits,
  signal?: AbortSignal,
): Promise<PreparedFile> {
  const writer = await canonicalWriter(workDir, plan.columns)
  const width = plan.columns.length
  const bad: BadRow[] = []
  try {
    const notes = await dataRows(
      path,
      name,
      plan,
      limits,
      (row, n) => {
        if (row.cells.length <= width)
          writer.row(
            n,
            Array.from({ length: width }, (_u, i) => row.cells[i] ?? null),
          )
        else {
          const raw = asText(row)
          bad.push({
            row: n,
            line: row.line,
            raw: raw.slice(0, bad.length < 1000 ? limits.rawChars : 200),
            rawBytes: Buffer.byteLength(raw),
            code: 'too_many_fields',
            params: { expected: width, got: row.cells.length },
          })
        }
      },
      () => writer.drain(),
      signal,
    )
    return await writer.finish(bad, noteWarnings(notes))
  } catch (error) {
    await writer.abort()
    throw error
  }
}

function asText(row: SheetRow): string {
  return Array.from(row.cells, (c) => csvField(c ?? null)).join(',')
}

/** The row as one line of CSV. */
export async function rawXlsxRow(
  path: string,
  name: string,
  plan: ReadPlan,
  row: number,
  limits: ReadLimits,
): Promise<string | undefined> {
  let raw: string | undefined
  await dataRows(path, name, plan, limits, (found, n) => {
    if (n !== row) return undefined
    raw = asText(found)
    return false
  })
  return raw
}
