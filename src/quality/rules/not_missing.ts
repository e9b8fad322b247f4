import { z } from 'zod'
import { ruleKind } from '../kind.ts'
import { readParams } from '../params.ts'
import { isMissing, missingSql, placeholders } from '../values.ts'

const params = z.strictObject({ placeholders: z.array(z.string()).default([...placeholders]) })

export const notMissing = ruleKind<z.output<typeof params>>({
  name: 'not_missing',
  text: { zh: '必填', en: 'Not missing' },
  definition: {
    zh: '值存在，折叠全角、零宽与空白后不为空，且不是占位词（无、未知、-、N/A、null、1900-01-01、00000000000）。',
    en: 'Not null, not empty after folding full-width, zero-width and blank characters, and no placeholder (无, 未知, -, N/A, null, 1900-01-01, 00000000000).',
  },
  dimension: 'completeness',
  scope: 'value',
  judgesAbsence: true,
  params: (input) => readParams('not_missing', params, input),
  passes: ([value], p) => !isMissing(value, p.placeholders),
  fails: ([x], p, scope) => missingSql(x!, scope.types?.[0], p.placeholders),
  message: { zh: '“{field}”缺失（现值：{value}），请补充。', en: '"{field}" is missing (now: {value}): fill it in.' },
})
