import { sql, w } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { fullMatch } from '../pattern.ts'
import { longest, regexParams, regexPasses, type RegexParams } from '../regex.ts'
import { textSql } from '../values.ts'

export const regex = ruleKind<RegexParams>({
  name: 'regex',
  text: { zh: '正则匹配', en: 'Matches the pattern' },
  definition: {
    zh: '整个值（NFC，至多 10,000 字符）匹配 RE2 正则；更长的值不通过。',
    en: 'The whole value (NFC, at most 10,000 characters) matches the RE2 pattern; a longer one fails.',
  },
  dimension: 'validity',
  scope: 'value',
  params: (input) => regexParams('regex', input),
  passes: ([value], p) => regexPasses(value, p),
  fails: ([x], p, scope) => {
    const text = textSql(x!, scope.types?.[0])
    return sql`(${x!} is not null and not (${w.length(text)} <= ${longest} and ${fullMatch(w.nfc(text), p.pattern)}))`
  },
  message: { zh: '“{field}”的值“{value}”格式不对。', en: '"{field}" has the value "{value}" of the wrong form.' },
})
