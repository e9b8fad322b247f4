import { join, sql, type Sql } from '../../warehouse/index.ts'
import { InternalError } from '../../base/errors.ts'
import { ruleKind } from '../kind.ts'

export const unique = ruleKind({
  name: 'unique',
  text: { zh: '唯一', en: 'Unique' },
  definition: {
    zh: '所列各列组成的键（都非空时）只出现一次；一组重复中的全部行都算不通过。',
    en: 'The key of the listed columns (all not null) occurs once; all rows of a group of more than one fail.',
  },
  dimension: 'uniqueness',
  scope: 'set',
  params: () => ({}),
  applies: (columns) => allThere(columns),
  fails: (columns, _p, scope) => {
    if (!scope.table) throw new InternalError('internal', { problem: 'unique needs its table' })
    // The group is made over the column names alone: the inner query sees no alias of the outer one.
    const names = columns.map(bare)
    const repeated = sql`select ${join(names)} from ${scope.table} group by ${join(names)} having count(*) > 1`
    const key = columns.length === 1 ? columns[0]! : sql`(${join(columns)})`
    return sql`(${allThere(columns)} and ${key} in (${repeated}))`
  },
  message: {
    zh: '“{field}”的值“{value}”重复出现。',
    en: '"{field}" has the value "{value}", which occurs more than once.',
  },
})

function allThere(columns: readonly Sql[]): Sql {
  return sql`(${join(
    columns.map((x) => sql`${x} is not null`),
    ' and ',
  )})`
}

/** The column's own name, without the alias of the outer query. */
function bare(column: Sql): Sql {
  return { parts: column.parts.filter((part) => part.kind === 'id').slice(-1) }
}
