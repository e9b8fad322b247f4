import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult, DuckDBValue } from '@duckdb/node-api'
import type { Row } from '../../contract.ts'
import { compile, type Compiled, type Sql } from '../../sql.ts'
import { duckdb } from './dialect.ts'
import { wrapError } from './errors.ts'
import { plainInteger, reader } from './values.ts'

/** Do the work of a statement on its connection: an abort interrupts it, an error carries the statement. */
export async function onConnection<T>(
  connection: DuckDBConnection,
  text: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (signal?.aborted) throw wrapError(signal.reason, text, { aborted: true })
  let again: NodeJS.Timeout | undefined
  const interrupt = (): void => {
    connection.interrupt()
    // A statement that was only being prepared would begin all the same.
    again ??= setInterval(() => connection.interrupt(), 20)
  }
  signal?.addEventListener('abort', interrupt, { once: true })
  try {
    return await work()
  } catch (error) {
    throw wrapError(error, text, { aborted: signal?.aborted })
  } finally {
    signal?.removeEventListener('abort', interrupt)
    clearInterval(again)
  }
}

/** All rows of a query. */
export async function rowsOn<T extends Row>(
  connection: DuckDBConnection,
  query: Sql,
  signal?: AbortSignal,
): Promise<T[]> {
  const statement = compile(query, duckdb)
  return onConnection(connection, statement.text, signal, async () => {
    const result = await connection.run(statement.text, bindable(statement))
    const rows: T[] = []
    for (const chunk of await result.fetchAllChunks()) rows.push(...(chunkRows(chunk, result) as T[]))
    return rows
  })
}

/** Bound values: bigints as numbers where they fit (HUGEINT compares slower), dates as text (see the dialect). */
export function bindable(statement: Compiled): DuckDBValue[] | undefined {
  if (statement.params.length === 0) return undefined
  return statement.params.map((value): DuckDBValue => {
    if (value instanceof Date) return value.toISOString().replace('T', ' ').replace('Z', '')
    return typeof value === 'bigint' ? plainInteger(value) : value
  })
}

export function chunkRows(chunk: DuckDBDataChunk, result: Pick<DuckDBResult, 'columnNames' | 'columnType'>): Row[] {
  const names = result.columnNames()
  const rows: Row[] = Array.from({ length: chunk.rowCount }, () => ({}))
  names.forEach((name, c) => {
    const read = reader(result.columnType(c))
    const vector = chunk.getColumnVector(c)
    for (let r = 0; r < rows.length; r++) rows[r]![name] = read(vector.getItem(r) as DuckDBValue)
  })
  return rows
}
