import { InternalError } from '../base/errors.ts'
import type { Engine, ReadPolicy, ReadRequest, Row, Warehouse } from './contract.ts'
import { maskSql } from './mask.ts'
import { id, join, sql, type Sql } from './sql.ts'
import type { MaskKind, Table } from './table.ts'

export interface WarehouseOptions {
  readonly engine: Engine
  /** All declared tables of all stages: they are made if they are not there. */
  readonly tables: readonly Table[]
  readonly policy: ReadPolicy
}

/**
 * An engine with its declared tables and the one door for rows that leave the platform.
 * @throws RetryableError warehouse_outdated when a stored column has another type than declared: rebuild
 */
export async function openWarehouse({ engine, tables, policy }: WarehouseOptions): Promise<Warehouse> {
  await engine.ensure(tables)

  /** The query masked for the actor, and the columns above non-sensitive that stay in clear. */
  const guard = async (request: ReadRequest): Promise<{ query: Sql; clear: string[] }> => {
    // No rows, only the names: what the statement would give, not what the caller says that it gives.
    const shape = await engine.columns(sql`select * from (${request.query}) as shape limit 0`, request.options)
    const masks = new Map<string, MaskKind>()
    const clear: string[] = []
    for (const name of Object.keys(shape.columns)) {
      const column = Object.hasOwn(request.columns, name) ? request.columns[name] : undefined
      if (!column) throw new InternalError('column_undeclared', { column: name })
      const mask = policy.masking(request.actor, request.purpose, column)
      masks.set(name, mask)
      if (mask === 'none' && column.class !== 'non_sensitive') clear.push(name)
    }
    // Without masks the statement goes as it is: an engine may forget the order of a sub-query.
    if ([...masks.values()].every((mask) => mask === 'none')) return { query: request.query, clear }
    const columns = [...masks].map(([name, mask]) => sql`${maskSql(mask, id(name))} as ${id(name)}`)
    return { query: sql`select ${join(columns)}\nfrom (\n${request.query}\n) as guarded`, clear }
  }

  const audit = (request: ReadRequest, columns: readonly string[], rows: number): void => {
    if (columns.length && rows) policy.audit({ actor: request.actor, purpose: request.purpose, columns, rows })
  }

  return {
    engine,
    tables,
    dialect: engine.dialect,
    capabilities: engine.capabilities,
    query: (query, options) => engine.query(query, options),
    stream: (query, options) => engine.stream(query, options),
    columns: (query, options) => engine.columns(query, options),
    transaction: (work) => engine.transaction(work),
    exportParquet: (query, path) => engine.exportParquet(query, path),
    read: async <T extends Row>(request: ReadRequest): Promise<T[]> => {
      const { query, clear } = await guard(request)
      const rows = await engine.query<T>(query, request.options)
      audit(request, clear, rows.length)
      return rows
    },
    readStream: async function* <T extends Row>(request: ReadRequest): AsyncIterable<T[]> {
      const { query, clear } = await guard(request)
      let rows = 0
      try {
        for await (const chunk of engine.stream<T>(query, request.options)) {
          rows += chunk.length
          yield chunk
        }
      } finally {
        // Also when the reader went away in the middle: what was seen was seen.
        audit(request, clear, rows)
      }
    },
    close: () => engine.close(),
  }
}
