import { DuckDBDataChunk, type DuckDBAppender, type DuckDBConnection } from '@duckdb/node-api'
import type { Writer } from '../../contract.ts'
import { compile, sql } from '../../sql.ts'
import type { Table } from '../../table.ts'
import { duckdb } from './dialect.ts'
import { stageFiles } from './stage.ts'
import { bindable, onConnection, rowsOn } from './statements.ts'
import { writerOf } from './values.ts'

/** Rows between two flushes: each blocks the event loop, the longer the more rows wait. */
const appendFlush = 20_480

/** The writer of one transaction; `staged` collects the temporary tables that it makes. */
export function writerOn(connection: DuckDBConnection, staged: Set<string>): Writer {
  const writer: Writer = {
    run: (query) => {
      const statement = compile(query, duckdb)
      return onConnection(
        connection,
        statement.text,
        undefined,
        async () => (await connection.run(statement.text, bindable(statement))).rowsChanged,
      )
    },
    query: (query) => rowsOn(connection, query),
    append: async (table, columns, rows) => {
      const physical = await rowsOn<{ column_name: string }>(
        connection,
        sql`select column_name from duckdb_columns() where table_name = ${table.name} and not internal order by column_index`,
      )
      const places = physical.map((p) => columns.indexOf(p.column_name))
      const text = `append ${table.name} (${columns.join(', ')})`
      return onConnection(connection, text, undefined, () => appendRows(connection, table, places, rows))
    },
    stage: async (name, files) => {
      await stageFiles(writer, name, files)
      staged.add(name)
    },
  }
  return writer
}

async function appendRows(
  connection: DuckDBConnection,
  table: Table,
  places: readonly number[],
  rows: Iterable<readonly unknown[]>,
): Promise<number> {
  const appender = await connection.createAppender(table.name)
  try {
    return await fill(appender, places, rows)
  } catch (error) {
    // Closing flushes: rows that failed once would fail again and hide the reason.
    appender.clear()
    throw error
  } finally {
    appender.closeSync()
  }
}

async function fill(
  appender: DuckDBAppender,
  places: readonly number[],
  rows: Iterable<readonly unknown[]>,
): Promise<number> {
  const types = places.map((_, i) => appender.columnType(i))
  const converters = types.map(writerOf)
  let total = 0
  let buffer: (readonly unknown[])[] = []
  const emit = (): void => {
    if (buffer.length === 0) return
    const chunk = DuckDBDataChunk.create(types, buffer.length)
    places.forEach((place, c) => {
      const convert = converters[c]!
      chunk.setColumnValues(
        c,
        buffer.map((row) => (place < 0 ? null : convert(row[place]))),
      )
    })
    appender.appendDataChunk(chunk)
    total += buffer.length
    buffer = []
  }
  for (const row of rows) {
    buffer.push(row)
    if (buffer.length < 2048) continue
    emit()
    if (total % appendFlush === 0) appender.flushSync()
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  emit()
  appender.flushSync()
  return total
}
