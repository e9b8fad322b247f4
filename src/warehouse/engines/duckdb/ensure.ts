import { RetryableError } from '../../../base/errors.ts'
import type { Writer } from '../../contract.ts'
import { id, join, raw, sql } from '../../sql.ts'
import type { Column, Table } from '../../table.ts'
import { duckdbTypes } from './dialect.ts'

/**
 * Make the tables that are not there and add new columns. No index, unless the table says that its rows are never
 * updated: changing an indexed column costs up to 3000 times a plain change.
 * @throws RetryableError warehouse_outdated when a column has another type: rebuild
 */
export async function ensureTables(writer: Writer, tables: readonly Table[]): Promise<void> {
  const found = await writer.query<{ table_name: string; column_name: string; data_type: string }>(
    sql`select table_name, column_name, data_type from duckdb_columns() where schema_name = 'main' and database_name = current_database()`,
  )
  const known = new Map<string, Map<string, string>>()
  for (const f of found) {
    if (!known.has(f.table_name)) known.set(f.table_name, new Map())
    known.get(f.table_name)!.set(f.column_name, f.data_type.toLowerCase())
  }
  for (const table of tables) {
    const columns = known.get(table.name)
    if (!columns) await create(writer, table)
    else await extend(writer, table, columns)
  }
}

async function create(writer: Writer, table: Table): Promise<void> {
  const columns = Object.entries<Column>(table.columns).map(([name, c]) => sql`${id(name)} ${raw(duckdbTypes[c.type])}`)
  const key = table.insertOnly && table.key.length ? [sql`primary key (${join(table.key.map((k) => id(k)))})`] : []
  await writer.run(sql`create table ${id(table.name)} (${join([...columns, ...key])})`)
}

async function extend(writer: Writer, table: Table, found: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, column] of Object.entries<Column>(table.columns)) {
    const expected = duckdbTypes[column.type]
    const type = found.get(name)
    if (!type) await writer.run(sql`alter table ${id(table.name)} add column ${id(name)} ${raw(expected)}`)
    else if (type !== expected)
      throw new RetryableError('warehouse_outdated', { table: table.name, column: name, found: type, expected })
  }
}
