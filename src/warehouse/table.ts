import type { Text } from '../base/text.ts'
import type { ColumnType } from './dialect.ts'
import { id, type Sql } from './sql.ts'

/** Classes of privacy-law weight: masking, encryption and approval follow from them. */
export type DataClass = 'core_sensitive' | 'sensitive' | 'non_sensitive'

/** How a masked value of the column looks (C4 of the privacy rules); `redact` when absent. */
export type MaskKind = 'phone' | 'email' | 'name' | 'id_number' | 'card' | 'address' | 'redact' | 'none'

export interface Column {
  readonly type: ColumnType
  readonly text: Text
  readonly class: DataClass
  readonly mask?: MaskKind
  readonly unit?: string
  /** True for the column that says which person the row is about. */
  readonly subject?: boolean
  readonly required?: boolean
}

export interface Table<C extends string = string> {
  readonly name: string
  /** The stage that alone may write it. */
  readonly owner: string
  readonly text: Text
  readonly columns: Readonly<Record<C, Column>>
  readonly key: readonly NoInfer<C>[]
  /** `truth` tables do not exist: all are projections; `scratch` ones are not part of the canonical export. */
  readonly scratch?: boolean
  /** Rows are only inserted and deleted, never updated: the key becomes a primary key with an index (fast look-ups). */
  readonly insertOnly?: boolean
}

/** Declare a table: the warehouse creates it, the catalogue lists it, governance masks by it. */
export function table<C extends string>(declaration: Table<C>): Table<C> {
  return declaration
}

export function tableId(t: Table): Sql {
  return id(t.name)
}
