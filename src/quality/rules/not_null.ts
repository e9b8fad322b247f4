import { sql } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'

export const notNull = ruleKind({
  name: 'not_null',
  text: { zh: '不为空值', en: 'Not null' },
  definition: {
    zh: '值存在（非 null）。空白文本不算空值，见“必填”。',
    en: 'The value is not null. Blank text is not null: see not_missing.',
  },
  dimension: 'completeness',
  scope: 'value',
  judgesAbsence: true,
  params: () => ({}),
  passes: ([value]) => value !== null && value !== undefined,
  fails: ([x]) => sql`(${x!} is null)`,
  message: { zh: '“{field}”没有值，请补充。', en: '"{field}" has no value: fill it in.' },
})
