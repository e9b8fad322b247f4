import type { Text } from '../base/text.ts'
import { ConfigError, InternalError } from '../base/errors.ts'
import type { Column, ColumnType, DataClass, MaskKind, Table } from '../warehouse/index.ts'

export interface CatalogueTable {
  readonly name: string
  readonly owner: string
  readonly text: Text
  readonly key: readonly string[]
  readonly columns: readonly {
    readonly name: string
    readonly type: ColumnType
    readonly text: Text
    readonly class: DataClass
    readonly mask?: MaskKind
    readonly unit?: string
    readonly subject: boolean
  }[]
}

const classes: readonly DataClass[] = ['core_sensitive', 'sensitive', 'non_sensitive']

/** What there is: every declared table and column, with meaning, unit and class. */
export function catalogueOf(tables: readonly Table[]): CatalogueTable[] {
  return [...tables]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((t) => ({
      name: t.name,
      owner: t.owner,
      text: t.text,
      key: t.key,
      columns: Object.entries<Column>(t.columns).map(([name, c]) => ({
        name,
        type: c.type,
        text: c.text,
        class: c.class,
        ...(c.mask ? { mask: c.mask } : {}),
        ...(c.unit ? { unit: c.unit } : {}),
        subject: c.subject ?? false,
      })),
    }))
}

/** @throws InternalError catalogue_incomplete: a column without class or meaning, a table declared twice, a key that is no column */
export function checkCatalogue(tables: readonly Table[]): void {
  const seen = new Set<string>()
  const wrong = (table: string, problem: string): InternalError =>
    new InternalError('catalogue_incomplete', { table, problem })
  for (const t of tables) {
    if (seen.has(t.name)) throw wrong(t.name, 'declared twice')
    seen.add(t.name)
    for (const [name, c] of Object.entries<Column>(t.columns)) {
      if (!classes.includes(c.class)) throw wrong(t.name, `${name}: class`)
      if (!c.text?.zh || !c.text.en) throw wrong(t.name, `${name}: text`)
    }
    for (const key of t.key) if (!Object.hasOwn(t.columns, key)) throw wrong(t.name, `key ${key}`)
  }
}

/**
 * The tables with the classes that the configuration sets, as `table.column: class`.
 * @throws ConfigError class_unknown
 */
export function reclassify(tables: readonly Table[], overrides: Readonly<Record<string, DataClass>>): Table[] {
  const changed = new Map(tables.map((t) => [t.name, t]))
  for (const [path, value] of Object.entries(overrides)) {
    const [name = '', column = ''] = path.split('.')
    const t = changed.get(name)
    if (!t || !Object.hasOwn(t.columns, column) || !classes.includes(value))
      throw new ConfigError('class_unknown', { path, class: value, known: classes.join(', ') })
    changed.set(name, { ...t, columns: { ...t.columns, [column]: { ...t.columns[column]!, class: value } } })
  }
  return [...changed.values()]
}
