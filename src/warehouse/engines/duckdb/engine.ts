import { DuckDBDataChunk, type DuckDBAppender, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api'
import type { Engine, QueryOptions, Row, Writer } from '../../contract.ts'
import { compile, id, raw, sql, type Compiled, type Sql } from '../../sql.ts'
import type { Table } from '../../table.ts'
import { collectColumn } from './columns.ts'
import { connectionPool, openInstance, places, type DuckDbOptions } from './connect.ts'
import { duckdb } from './dialect.ts'
import { ensureTables } from './ensure.ts'
import { wrapError } from './errors.ts'
import { stageFiles } from './stage.ts'
import { reader, writerOf } from './values.ts'

export type { DuckDbOptions } from './connect.ts'

/** Rows between two flushes: each blocks the event loop, the longer the more rows wait. */
const appendFlush = 20_480

/**
 * The embedded engine. Reads run on pooled connections in two lanes (2 heavy, 4 interactive) so that a look-up never
 * waits for a report; all writes run on one connection, one transaction at a time.
 * @throws RetryableError warehouse_locked, warehouse_fatal
 */
export async function openDuckDb(options: DuckDbOptions): Promise<Engine> {
  const instance = await openInstance(options)
  const pool = connectionPool(instance)
  const lanes = { heavy: places(2), interactive: places(4) }
  const oneWriter = places(1)
  const writeConnection = await instance.connect()

  /** Run on a connection; an abort interrupts it. */
  const onConnection = async <T>(
    connection: DuckDBConnection,
    statement: Compiled,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ): Promise<T> => {
    if (signal?.aborted) throw wrapError(signal.reason, statement.text, { aborted: true })
    const interrupt = (): void => connection.interrupt()
    signal?.addEventListener('abort', interrupt, { once: true })
    try {
      return await work()
    } catch (error) {
      throw wrapError(error, statement.text, { aborted: signal?.aborted })
    } finally {
      signal?.removeEventListener('abort', interrupt)
    }
  }

  const reading = <T>(options: QueryOptions, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> =>
    lanes[options.lane ?? 'interactive'](async () => {
      const connection = await pool.take()
      try {
        return await work(connection)
      } finally {
        pool.give(connection)
      }
    }, options.signal)

  const rowsOn = async <T extends Row>(
    connection: DuckDBConnection,
    query: Sql,
    signal?: AbortSignal,
  ): Promise<T[]> => {
    const statement = compile(query, duckdb)
    return onConnection(connection, statement, signal, async () => {
      const result = await connection.run(statement.text, bindable(statement))
      const rows: T[] = []
      for (const chunk of await result.fetchAllChunks()) rows.push(...(chunkRows(chunk, result) as T[]))
      return rows
    })
  }

  const stream = async function* <T extends Row>(query: Sql, options: QueryOptions = {}): AsyncIterable<T[]> {
    const statement = compile(query, duckdb)
    // The lane's place is held from the first chunk to the last: a generator cannot be wrapped in a callback.
    let leave!: () => void
    const left = new Promise<void>((resolve) => (leave = resolve))
    const connection = await new Promise<DuckDBConnection>((ready, failed) => {
      reading(options, async (c) => {
        ready(c)
        await left
      }).catch(failed)
    })
    try {
      const result = await onConnection(connection, statement, options.signal, () =>
        connection.stream(statement.text, bindable(statement)),
      )
      for (;;) {
        const chunk = await onConnection(connection, statement, options.signal, () => result.fetchChunk())
        if (!chunk || chunk.rowCount === 0) break
        yield chunkRows(chunk, result) as T[]
      }
    } finally {
      leave()
    }
  }

  const engine: Engine = {
    dialect: duckdb,
    capabilities: new Set(['stage', 'transactions', 'parquet_export'] as const),
    ensure: (tables) => engine.transaction((writer) => ensureTables(writer, tables)),
    query: (query, options = {}) => reading(options, (c) => rowsOn(c, query, options.signal)),
    stream,
    columns: (query, options = {}) =>
      reading(options, (connection) => {
        const statement = compile(query, duckdb)
        return onConnection(connection, statement, options.signal, async () => {
          const result = await connection.run(statement.text, bindable(statement))
          const chunks = await result.fetchAllChunks()
          const rows = chunks.reduce((sum, c) => sum + c.rowCount, 0)
          const columns: Record<string, Float64Array | (string | null)[]> = {}
          result
            .columnNames()
            .forEach((name, i) => (columns[name] = collectColumn(chunks, i, result.columnType(i), rows)))
          return { rows, columns }
        })
      }),
    transaction: (work) =>
      oneWriter(async () => {
        const staged = new Set<string>()
        const plain = async (text: string): Promise<void> => {
          await onConnection(writeConnection, { text, params: [] }, undefined, () => writeConnection.run(text))
        }
        await plain('begin transaction')
        try {
          const result = await work(writerOn(writeConnection, staged, rowsOn, onConnection))
          // Temporary tables live in memory: they go with the transaction that made them.
          for (const name of staged) await rowsOn(writeConnection, sql`drop table if exists temp.${id(name)}`)
          await plain('commit')
          return result
        } catch (error) {
          // After a failed commit or a fatal error there is nothing to roll back; the first error is the one to tell.
          await plain('rollback').catch(() => undefined)
          throw error
        }
      }),
    exportParquet: (query, path) =>
      reading({ lane: 'heavy' }, async (connection) => {
        // The target of copy cannot be bound.
        const rows = await rowsOn<{ Count: number }>(
          connection,
          sql`copy (${query}) to ${raw(`'${path.replaceAll("'", "''")}'`)} (format parquet, compression zstd)`,
        )
        return { rows: Number(rows[0]?.Count ?? 0) }
      }),
    close: () =>
      oneWriter(async () => {
        pool.close()
        writeConnection.closeSync()
        instance.closeSync()
      }),
  }
  return engine
}

/** Bound values: big integers as BIGINT (HUGEINT compares slower), dates as text (see the dialect). */
function bindable(statement: Compiled): DuckDBValue[] | undefined {
  if (statement.params.length === 0) return undefined
  return statement.params.map((value) =>
    value instanceof Date ? value.toISOString().replace('T', ' ').replace('Z', '') : (value as DuckDBValue),
  )
}

function chunkRows(
  chunk: DuckDBDataChunk,
  result: { columnNames(): string[]; columnType(i: number): Parameters<typeof reader>[0] },
): Row[] {
  const names = result.columnNames()
  const rows: Row[] = Array.from({ length: chunk.rowCount }, () => ({}))
  names.forEach((name, c) => {
    const read = reader(result.columnType(c))
    const vector = chunk.getColumnVector(c)
    for (let r = 0; r < rows.length; r++) rows[r]![name] = read(vector.getItem(r) as DuckDBValue)
  })
  return rows
}

type RowsOn = <T extends Row>(connection: DuckDBConnection, query: Sql, signal?: AbortSignal) => Promise<T[]>
type OnConnection = <T>(
  connection: DuckDBConnection,
  statement: Compiled,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
) => Promise<T>

function writerOn(
  connection: DuckDBConnection,
  staged: Set<string>,
  rowsOn: RowsOn,
  onConnection: OnConnection,
): Writer {
  const writer: Writer = {
    run: (query) => {
      const statement = compile(query, duckdb)
      return onConnection(
        connection,
        statement,
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
      const statement = { text: `append ${table.name} (${columns.join(', ')})`, params: [] }
      return onConnection(connection, statement, undefined, () => appendRows(connection, table, places, rows))
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
