import type { DuckDBConnection } from '@duckdb/node-api'
import type { Engine, QueryOptions, Row } from '../../contract.ts'
import { compile, id, raw, sql, type Sql } from '../../sql.ts'
import { collectColumn } from './columns.ts'
import { connectionPool, openInstance, places, type DuckDbOptions } from './connect.ts'
import { duckdb } from './dialect.ts'
import { ensureTables } from './ensure.ts'
import { bindable, chunkRows, onConnection, rowsOn } from './statements.ts'
import { writerOn } from './writer.ts'

export type { DuckDbOptions } from './connect.ts'

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

  const reading = <T>(options: QueryOptions, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> =>
    lanes[options.lane ?? 'interactive'](async () => {
      const connection = await pool.take()
      try {
        return await work(connection)
      } finally {
        pool.give(connection)
      }
    }, options.signal)

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
      const result = await onConnection(connection, statement.text, options.signal, () =>
        connection.stream(statement.text, bindable(statement)),
      )
      for (;;) {
        const chunk = await onConnection(connection, statement.text, options.signal, () => result.fetchChunk())
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
        return onConnection(connection, statement.text, options.signal, async () => {
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
          await onConnection(writeConnection, text, undefined, () => writeConnection.run(text))
        }
        await plain('begin transaction')
        try {
          const result = await work(writerOn(writeConnection, staged))
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
