import type { Dialect } from './dialect.ts'
import type { Sql } from './sql.ts'
import type { Column, DataClass, MaskKind, Table } from './table.ts'

export type Row = Record<string, unknown>

/** A file of rows that an engine can scan: every column is read as text and cast by us. */
export interface ScanFile {
  readonly path: string
  readonly format: 'csv' | 'parquet'
  /** Columns in file order. Parquet columns of other types are cast to text. */
  readonly columns: readonly string[]
  /** CSV only. The header line(s) to skip; quote and escape are `"`; newline as found. */
  readonly delimiter?: string
  readonly skipLines?: number
  /** Data rows in the file, known from the scan: `_row` numbers must end here. */
  readonly rows: number
  /** When set, this column of the file holds the row number in the original file; else rows are 1, 2, 3 … */
  readonly rowColumn?: string
}

/** Statements inside a transaction, on the one write connection. */
export interface Writer {
  run(query: Sql): Promise<number>
  query<T extends Row = Row>(query: Sql): Promise<T[]>
  /** Bulk append of plain rows by the engine's fast path; `rows` are arrays in the order of `columns`. */
  append(table: Table, columns: readonly string[], rows: Iterable<readonly unknown[]>): Promise<number>
  /**
   * Load files (all of the same columns) into a temporary text table: the columns of the files, `_file` (index into
   * `files`, int) and `_row` (bigint, number of the data row in its file from 1). Replaces a table of that name.
   */
  stage(name: string, files: readonly ScanFile[]): Promise<void>
}

export interface Engine {
  readonly dialect: Dialect
  readonly capabilities: ReadonlySet<'stage' | 'transactions' | 'parquet_export'>
  ensure(tables: readonly Table[]): Promise<void>
  query<T extends Row = Row>(query: Sql, options?: QueryOptions): Promise<T[]>
  /** Bounded memory: chunks of about 2,000 rows. */
  stream<T extends Row = Row>(query: Sql, options?: QueryOptions): AsyncIterable<T[]>
  /** Column vectors for mathematics: numbers as Float64Array (null = NaN), everything else as arrays. */
  columns(
    query: Sql,
    options?: QueryOptions,
  ): Promise<{ rows: number; columns: Record<string, Float64Array | (string | null)[]> }>
  /** Serialised with all other writes; commits when `work` resolves, rolls back when it throws. */
  transaction<T>(work: (writer: Writer) => Promise<T>): Promise<T>
  /** Write a query's rows to a Parquet file, ordered as the query says. */
  exportParquet(query: Sql, path: string): Promise<{ rows: number }>
  close(): Promise<void>
}

export interface QueryOptions {
  readonly signal?: AbortSignal
  /** `heavy` work waits for one of two places; `interactive` has places of its own. Default interactive. */
  readonly lane?: 'interactive' | 'heavy'
}

/** Who reads, and for what: given to every read that leaves the platform. */
export interface Actor {
  readonly id: string
  readonly role: Role
  readonly locale?: 'zh' | 'en'
}
export type Role = 'admin' | 'analyst' | 'marketer' | 'steward' | 'viewer' | 'system'

/** Class of a result column: of a declared table column, or said outright for a computed one. */
export type ResultColumn = Pick<Column, 'class' | 'mask'> | { readonly class: DataClass; readonly mask?: MaskKind }

export interface ReadRequest {
  readonly actor: Actor
  /** Purpose code, e.g. `analysis`, `service`, `marketing`, `quality`. */
  readonly purpose: string
  readonly query: Sql
  /** Every output column, with its class: a column that is not named here is refused. */
  readonly columns: Readonly<Record<string, ResultColumn>>
  readonly options?: QueryOptions
}

/** Governance hands this in: what an actor sees of a column. */
export interface ReadPolicy {
  masking(actor: Actor, purpose: string, column: ResultColumn): MaskKind
  /** Told of every read that carried a column above non-sensitive in clear. */
  audit(entry: { actor: Actor; purpose: string; columns: readonly string[]; rows: number }): void
}

export interface Warehouse extends Omit<Engine, 'ensure' | 'close'> {
  readonly engine: Engine
  readonly tables: readonly Table[]
  /** The one door for rows that leave the platform: masks in the engine by the policy. */
  read<T extends Row = Row>(request: ReadRequest): Promise<T[]>
  readStream<T extends Row = Row>(request: ReadRequest): AsyncIterable<T[]>
  close(): Promise<void>
}
