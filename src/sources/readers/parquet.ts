import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { InputError } from '../../base/errors.ts'
import type { Inspection, PreparedFile, ReadPlan } from '../contract.ts'
import { cellText } from './json/flatten.ts'
import { inferColumns } from './types/columns.ts'

/** The engine scans Parquet itself: only names, row count and a sample are read here. @throws InputError file_not_readable */
async function open(path: string, name: string) {
  try {
    const file = await asyncBufferFromFile(path)
    const metadata = await parquetMetadataAsync(file)
    const root = metadata.schema[0]
    const columns: string[] = []
    // children of the root, each followed by its own descendants
    let at = 1
    const skip = (i: number): number => {
      let next = i + 1
      for (let n = 0; n < (metadata.schema[i]!.num_children ?? 0); n++) next = skip(next)
      return next
    }
    for (let n = 0; n < (root?.num_children ?? 0); n++) {
      columns.push(metadata.schema[at]!.name)
      at = skip(at)
    }
    return { file, metadata, columns, rows: Number(metadata.num_rows) }
  } catch (error) {
    throw new InputError(
      'file_not_readable',
      { file: name, problem: `Parquet: ${(error as Error).message}` },
      { cause: error },
    )
  }
}

function text(value: unknown): string | null {
  if (value instanceof Date) {
    const iso = value.toISOString()
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.replace('T', ' ').replace(/(?:\.000)?Z$/, '')
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (typeof value === 'object' && value !== null)
    return JSON.stringify(value, (_k, v: unknown) =>
      typeof v === 'bigint' ? (Number.isSafeInteger(Number(v)) ? Number(v) : v.toString()) : v,
    )
  return cellText(value)
}

export async function inspectParquet(path: string, name: string): Promise<Inspection> {
  const { file, metadata, columns, rows } = await open(path, name)
  const objects = await parquetReadObjects({ file, metadata, compressors, rowStart: 0, rowEnd: Math.min(rows, 1000) })
  const cells = objects.map((o) => columns.map((c) => text(o[c])))
  const inferred = inferColumns(columns, cells)
  return {
    plan: { format: 'parquet', columns },
    reasons: [
      { zh: `Parquet：${rows} 行，${columns.length} 列`, en: `Parquet: ${rows} rows, ${columns.length} columns` },
    ],
    warnings: inferred.warnings,
    head: [],
    columns: inferred.columns,
    sample: cells.slice(0, 100),
    estimatedRows: rows,
  }
}

export async function prepareParquet(path: string, name: string): Promise<PreparedFile> {
  const { columns, rows } = await open(path, name)
  return { path, format: 'parquet', columns, rows, bad: [] }
}

/** The row as a JSON object. */
export async function rawParquetRow(
  path: string,
  name: string,
  plan: ReadPlan,
  row: number,
): Promise<string | undefined> {
  const { file, metadata, rows } = await open(path, name)
  if (row < 1 || row > rows) return undefined
  const [found] = await parquetReadObjects({ file, metadata, compressors, rowStart: row - 1, rowEnd: row })
  return found && JSON.stringify(Object.fromEntries(plan.columns.map((c) => [c, text(found[c])])))
}
