import { z } from 'zod'
import { join, list, sql } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { normalised, normalisedSql } from '../membership.ts'
import { readParams } from '../params.ts'
import { isMissing, missingSql } from '../values.ts'

const params = z.strictObject({ in: z.array(z.string()).min(1).optional() })

export const requiredIf = ruleKind<z.output<typeof params>>({
  name: 'required_if',
  text: { zh: '条件必填', en: 'Required if' },
  definition: {
    zh: '第一列有值（或其值在 in 列表中）时，其余各列都不得缺失。',
    en: 'When the first column is not missing (or its value is in the list `in`), none of the other columns is missing.',
  },
  dimension: 'completeness',
  scope: 'row',
  judgesAbsence: true,
  params: (input) => readParams('required_if', params, input),
  passes: ([when, ...needed], p) => {
    const text = normalised(when, 'fold')
    const asked = p.in ? text !== null && p.in.includes(text) : !isMissing(when)
    return !asked || needed.every((value) => !isMissing(value))
  },
  fails: ([when, ...needed], p, scope) => {
    const type = scope.types?.[0]
    const asked = p.in
      ? sql`coalesce(${normalisedSql(when!, 'fold', type)} in ${list(p.in)}, false)`
      : sql`(not ${missingSql(when!, type)})`
    const missing = needed.map((x, i) => missingSql(x, scope.types?.[i + 1]))
    return missing.length ? sql`(${asked} and (${join(missing, ' or ')}))` : sql`false`
  },
  message: {
    zh: '“{field}”中有必须一并填写的字段缺失，请补充。',
    en: 'A field among "{field}" that must be filled along with the first is missing.',
  },
})
