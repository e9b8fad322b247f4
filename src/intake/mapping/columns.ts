import { InputError } from '../../base/errors.ts'
import { parseExpression } from '../../base/expression.ts'
import { compileExpression, type Sql } from '../../warehouse/index.ts'

/** The columns of a staged file: their names as the file has them, and each as SQL. */
export interface StagedColumns {
  readonly names: readonly string[]
  /** Undefined when there is no such column. An exact name wins over one that differs in case or outer blanks. */
  find(name: string): Sql | undefined
  /** @throws InputError unknown_column with the columns there are */
  get(name: string): Sql
}

export function stagedColumns(names: readonly string[], column: (index: number) => Sql): StagedColumns {
  const loose = (name: string): string => name.normalize('NFKC').trim().toLowerCase()
  const find = (name: string): Sql | undefined => {
    const exact = names.indexOf(name)
    const at = exact >= 0 ? exact : names.findIndex((n) => loose(n) === loose(name))
    return at >= 0 ? column(at) : undefined
  }
  return {
    names,
    find,
    get(name) {
      const found = find(name)
      if (!found) throw new InputError('unknown_column', { column: name, known: names.join(', ') })
      return found
    },
  }
}

/**
 * A condition over source columns as SQL, never null. A column whose name is no plain word is written in backticks:
 * `` `实付金额 (元)` > 0 ``.
 * @throws InputError expression_syntax, unknown_identifier
 */
export function conditionOn(expression: string, columns: StagedColumns): Sql {
  const quoted: string[] = []
  // Backticks inside a quoted literal belong to the literal: literals are matched first and left alone.
  const plain = expression.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`([^`]+)`/g, (whole, name: string | undefined) =>
    name === undefined ? whole : `quoted_column_${quoted.push(name) - 1}`,
  )
  const nameOf = (path: readonly string[]): string => {
    const at = /^quoted_column_(\d+)$/.exec(path[0]!)
    return at && path.length === 1 ? (quoted[Number(at[1])] ?? path[0]!) : path.join('.')
  }
  return compileExpression(parseExpression(plain), {
    field: (path) => {
      const found = columns.find(nameOf(path))
      return found && { sql: found, type: 'text' }
    },
    known: () => columns.names,
  })
}
