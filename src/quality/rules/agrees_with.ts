import { z } from 'zod'
import { id, join, sql, type Sql } from '../../warehouse/index.ts'
import { InternalError } from '../../base/errors.ts'
import type { SqlScope } from '../contract.ts'
import { ruleKind } from '../kind.ts'
import { readParams } from '../params.ts'

const name = z.string().regex(/^[a-z_][a-z0-9_]*$/)
const params = z.strictObject({ dataset: name, column: name, keys: z.array(name).min(1) })

export const agreesWith = ruleKind<z.output<typeof params>>({
  name: 'agrees_with',
  text: { zh: '与另一数据一致', en: 'Agrees with another data set' },
  definition: {
    zh: '第一列的值与另一数据集中同键（其余各列）记录的值相同；任一方为空或找不到对应记录则不判断，对方有多条时与其中之一相同即通过。',
    en: 'The first column equals the value of the record with the same key (the other columns) in another data set; absent on either side or no such record: not judged; several records: one that agrees is enough.',
  },
  dimension: 'consistency',
  scope: 'set',
  params: (input) => readParams('agrees_with', params, input),
  applies: (columns, p, scope) => {
    const key = columns.slice(1)
    return sql`(${columns[0]!} is not null and ${tuple(key)} in (${values(p, scope, p.keys)}))`
  },
  fails: (columns, p, scope) => {
    const [value, ...key] = columns
    return sql`(${value!} is not null and ${tuple(key)} in (${values(p, scope, p.keys)})
      and ${tuple([value!, ...key])} not in (${values(p, scope, [p.column, ...p.keys])}))`
  },
  message: {
    zh: '“{field}”的值“{value}”与另一处记录不一致，请核对。',
    en: '"{field}" has the value "{value}", which differs from the other record: check both.',
  },
})

function tuple(columns: readonly Sql[]): Sql {
  return columns.length === 1 ? columns[0]! : sql`(${join(columns)})`
}

/** Key tuples of the other data set's rows that have the value and the whole key. */
function values(p: z.output<typeof params>, scope: SqlScope, columns: readonly string[]): Sql {
  if (!scope.other) throw new InternalError('internal', { problem: 'agrees_with needs the other data set' })
  const there = [p.column, ...p.keys].map((c) => sql`${id(c)} is not null`)
  return sql`select ${join(columns.map((c) => id(c)))} from ${scope.other(p.dataset)} where ${join(there, ' and ')}`
}
