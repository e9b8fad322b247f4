import { DuckDBTypeId, type DuckDBDataChunk, type DuckDBType } from '@duckdb/node-api'
import { reader } from './values.ts'

const floats = new Set([
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UTINYINT,
])
const wide = new Set([
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.DECIMAL,
])

/**
 * One column of all chunks. Numbers and booleans (0, 1) become a Float64Array with NaN for null, integers beyond 2^53
 * lose their last digits there; everything else becomes an array of
 * text or null (lists as JSON).
 */
export function collectColumn(
  chunks: readonly DuckDBDataChunk[],
  index: number,
  type: DuckDBType,
  rows: number,
): Float64Array | (string | null)[] {
  const numeric = floats.has(type.typeId) || wide.has(type.typeId) || type.typeId === DuckDBTypeId.BOOLEAN
  if (!numeric) {
    const read = reader(type)
    const texts: (string | null)[] = []
    for (const chunk of chunks) for (const value of chunk.getColumnValues(index)) texts.push(textOf(read(value)))
    return texts
  }
  const out = new Float64Array(rows)
  const read = reader(type)
  let at = 0
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(index)
    const n = chunk.rowCount
    if (floats.has(type.typeId))
      for (let i = 0; i < n; i++) {
        const v = vector.getItem(i) as number | null
        out[at++] = v === null ? Number.NaN : v
      }
    else
      for (let i = 0; i < n; i++) {
        const v = vector.getItem(i)
        out[at++] = v === null ? Number.NaN : Number(read(v))
      }
  }
  return out
}

const textOf = (value: unknown): string | null =>
  value === null || typeof value === 'string'
    ? value
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)
