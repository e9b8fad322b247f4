import { z } from 'zod'
import { id, join, sql, type Sql } from '../../warehouse/index.ts'
import { InternalError } from '../../base/errors.ts'
import type { SqlScope } from '../contract.ts'
import { ruleKind } from '../kind.ts'
import { readParams } from '../params.ts'

const name = z.string().regex(/^[a-z_][a-z0-9_]*$/)
const params = z.strictObject({
  dataset: name,
  /** Columns of the parent, in the order of the rule's own columns. */
  columns: z.array(name).min(1),
  /** The parent's column that names the id space: rows of a space without any parent row are not judged. Its value here is in the column of the same name. */
  partition: name.optional(),
  /** Only sources of which at least this share of the rows has a parent are judged. */
  min_known_pct: z.number().min(0).max(100).default(0),
})

export const foreignKey = ruleKind<z.output<typeof params>>({
  name: 'foreign_key',
  text: { zh: '引用存在', en: 'Refers to a row that exists' },
  definition: {
    zh: '所列各列（都非空时）的值在另一数据集中存在；声明 partition 时，对方没有任何记录的标识空间不参与判断；声明 min_known_pct 时，只判断达到该比例的来源。',
    en: 'The values of the listed columns (all not null) exist in another data set; with `partition`, rows of an id space in which the other data set has no row at all are not judged.',
  },
  dimension: 'consistency',
  scope: 'set',
  params: (input) => readParams('foreign_key', params, input),
  applies: (columns, p, scope) => {
    const there = join(
      columns.map((x) => sql`${x} is not null`),
      ' and ',
    )
    if (p.min_known_pct > 0) {
      const key = columns.length === 1 ? columns[0]! : sql`(${join(columns)})`
      const hits = sql`select source, case when ${key} in (${known(p, scope)}) then 100 else 0 end as hit from ${own(scope)} where ${there}`
      return sql`(${there} and source in (select source from (${hits}) as hits group by source having avg(hit) >= ${p.min_known_pct}))`
    }
    const at = p.partition ? p.columns.indexOf(p.partition) : -1
    if (at < 0) return sql`(${there})`
    return sql`(${there} and ${columns[at]!} in (select ${id(p.partition!)} from ${parent(p.dataset, scope)} group by 1))`
  },
  fails: (columns, p, scope) => {
    const there = join(
      columns.map((x) => sql`${x} is not null`),
      ' and ',
    )
    const key = columns.length === 1 ? columns[0]! : sql`(${join(columns)})`
    return sql`(${there} and ${key} not in (${known(p, scope)}))`
  },
  message: {
    zh: '“{field}”的值“{value}”在对应的数据中不存在。',
    en: '"{field}" has the value "{value}", which does not exist where it refers to.',
  },
})

/** Keys of the other data set. */
function known(p: z.output<typeof params>, scope: SqlScope): Sql {
  const names = p.columns.map((c) => id(c))
  const there = names.map((n) => sql`${n} is not null`)
  return sql`select ${join(names)} from ${parent(p.dataset, scope)} where ${join(there, ' and ')}`
}

function own(scope: SqlScope): Sql {
  if (!scope.table) throw new InternalError('internal', { problem: 'foreign_key needs its table' })
  return scope.table
}

function parent(dataset: string, scope: { readonly other?: (dataset: string) => Sql }): Sql {
  if (!scope.other) throw new InternalError('internal', { problem: 'foreign_key needs the other data set' })
  return scope.other(dataset)
}
