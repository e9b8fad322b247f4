import { z } from 'zod'
import { InternalError } from '../../base/errors.ts'
import { id, sql, type Sql } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { readParams } from '../params.ts'

const params = z.strictObject({
  max: z.int().min(1).default(5),
  /** Only rows where this column is null are counted and judged: a card number tells whose the line is. */
  without: z
    .string()
    .regex(/^[a-z_][a-z0-9_]*$/)
    .optional(),
})

export const rarelyShared = ruleKind<z.output<typeof params>>({
  name: 'rarely_shared',
  text: { zh: '少有共用', en: 'Shared by few' },
  definition: {
    zh: '第一列的同一个值在同一来源内最多对应 max（默认 5）个不同的第二列值；声明 without 时只看该列为空的行；门店电话之类的共用值不通过。',
    en: 'Within a source one value of the first column goes with at most max (default 5) different values of the second (with `without`, only rows where that column is null count); a number that a store types for everybody fails.',
  },
  dimension: 'uniqueness',
  scope: 'set',
  params: (input) => readParams('rarely_shared', params, input),
  applies: ([value], p) => there(value!, p),
  fails: ([value, per], p, scope) => {
    if (!scope.table) throw new InternalError('internal', { problem: 'rarely_shared needs its table' })
    const [v, k] = [bare(value!), bare(per!)]
    const shared = sql`select source, ${v} from ${scope.table} where ${there(v, p)} group by source, ${v} having count(distinct ${k}) > ${p.max}`
    return sql`(${there(value!, p)} and (source, ${value!}) in (${shared}))`
  },
  message: {
    zh: '“{field}”的值“{value}”被许多记录共用，请核对。',
    en: '"{field}" has the value "{value}", which many records share: check it.',
  },
})

function there(value: Sql, p: z.output<typeof params>): Sql {
  return p.without ? sql`(${value} is not null and ${id(p.without)} is null)` : sql`(${value} is not null)`
}

/** The column's own name: the inner query sees no alias of the outer one. */
function bare(column: Sql): Sql {
  const last = column.parts.filter((part) => part.kind === 'id').at(-1)
  return last && last.kind === 'id' ? id(last.name) : column
}
