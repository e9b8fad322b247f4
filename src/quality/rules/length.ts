import { z } from 'zod'
import { sql, w } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { readParams } from '../params.ts'
import { textOf, textSql } from '../values.ts'

const params = z
  .strictObject({ min: z.int().min(0).default(0), max: z.int().min(0).default(10_000) })
  .refine((p) => p.min <= p.max, { error: 'min must not be above max' })

export const length = ruleKind<z.output<typeof params>>({
  name: 'length',
  text: { zh: '长度', en: 'Length' },
  definition: {
    zh: 'Unicode 码位数在 min 与 max 之间（一个表情算一个码位或几个码位，不按 UTF-16 计）。',
    en: 'The number of Unicode code points is between min and max (code points, not UTF-16 units).',
  },
  dimension: 'validity',
  scope: 'value',
  params: (input) => readParams('length', params, input),
  passes: ([value], p) => {
    const text = textOf(value)
    if (text === null) return true
    const n = [...text].length
    return n >= p.min && n <= p.max
  },
  fails: ([x], p, scope) => {
    const n = w.length(textSql(x!, scope.types?.[0]))
    return sql`(${x!} is not null and (${n} < ${p.min} or ${n} > ${p.max}))`
  },
  message: { zh: '“{field}”的长度不符合要求。', en: '"{field}" is too short or too long.' },
})
