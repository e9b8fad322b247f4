import { sql, w } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { fullMatch } from '../pattern.ts'
import { longest, regexParams, regexPasses, type RegexParams } from '../regex.ts'
import { textSql } from '../values.ts'

export const notRegex = ruleKind<RegexParams>({
  name: 'not_regex',
  text: { zh: '不得匹配正则', en: 'Does not match the pattern' },
  definition: {
    zh: '“正则匹配”的反面：整个值不匹配 RE2 正则。',
    en: 'The negation of regex: the whole value does not match the RE2 pattern.',
  },
  dimension: 'validity',
  scope: 'value',
  params: (input) => regexParams('not_regex', input),
  passes: ([value], p) => value === null || value === undefined || !regexPasses(value, p),
  fails: ([x], p, scope) => {
    const text = textSql(x!, scope.types?.[0])
    return sql`(${x!} is not null and ${w.length(text)} <= ${longest} and ${fullMatch(w.nfc(text), p.pattern)})`
  },
  message: {
    zh: '“{field}”的值“{value}”是不允许的形式。',
    en: '"{field}" has the value "{value}", a form that is not allowed.',
  },
})
