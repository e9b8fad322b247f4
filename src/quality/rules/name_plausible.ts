import { list, sql, w } from '../../warehouse/index.ts'
import { namePlaceholders } from '../data/name-placeholders.ts'
import { ruleKind } from '../kind.ts'
import { contains, matches } from '../pattern.ts'
import { asciiLower, asciiLowerSql, foldedOf, foldedSql } from '../values.ts'

// A letter of any script: anything above the ASCII and Latin-1 signs that is no general punctuation.
const letter =
  '[A-Za-z\\x{c0}-\\x{1fff}\\x{2c00}-\\x{2dff}\\x{3005}-\\x{3007}\\x{3041}-\\x{d7ff}\\x{f900}-\\x{fdff}\\x{20000}-\\x{323af}]'
const odd = '[0-9]{4}|[@<>{}\\[\\]\\\\|=#$%^*_~`"\\x00-\\x1f]'
const size = '(?s).{1,100}'
const fitsSize = matches(size)
const hasLetter = contains(letter)
const hasOdd = contains(odd)

export const namePlausible = ruleKind({
  name: 'name_plausible',
  text: { zh: '姓名可信', en: 'Plausible name' },
  definition: {
    zh: '折叠后 1–100 个字符，至少一个文字（任何语言），没有连续 4 位数字和 @ < > 等符号，且不是占位词。',
    en: 'Folded, 1–100 characters with at least one letter of any script, no four digits in a row, no signs such as @ < >, and no placeholder.',
  },
  dimension: 'validity',
  scope: 'value',
  params: () => ({}),
  passes: ([value]) => {
    const text = foldedOf(value)
    if (text === null) return true
    return fitsSize(text) && hasLetter(text) && !hasOdd(text) && !namePlaceholders.includes(asciiLower(text))
  },
  fails: ([x], _p, scope) => {
    const text = foldedSql(x!, scope.types?.[0])
    const sound = sql`${w.regexMatch(text, size)} and ${w.regexContains(text, letter)} and not ${w.regexContains(text, odd)}
      and ${asciiLowerSql(text)} not in ${list(namePlaceholders)}`
    return sql`(${x!} is not null and not coalesce(${sound}, false))`
  },
  message: {
    zh: '“{field}”的值“{value}”不像真实姓名，请核对。',
    en: '"{field}" has the value "{value}", which does not look like a name.',
  },
})
