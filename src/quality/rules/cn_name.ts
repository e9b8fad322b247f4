import { list, sql } from '../../warehouse/index.ts'
import { namePlaceholders } from '../data/name-placeholders.ts'
import { ruleKind } from '../kind.ts'
import { fullMatch, matches } from '../pattern.ts'
import { foldedOf, foldedSql } from '../values.ts'

const han = '\\x{3007}\\x{3400}-\\x{4dbf}\\x{4e00}-\\x{9fff}\\x{f900}-\\x{faff}\\x{20000}-\\x{323af}'
const form = `[${han}][${han}·•・]{0,28}[${han}]`
const fits = matches(form)

export const cnName = ruleKind({
  name: 'cn_name',
  text: { zh: '中文姓名', en: 'Chinese name' },
  definition: {
    zh: '折叠后为 2–30 个汉字（中间可有 ·），且不是占位词（测试、先生、张三等）。',
    en: 'Folded, 2–30 Han characters (· allowed inside) and no placeholder such as 测试, 先生, 张三.',
  },
  dimension: 'validity',
  scope: 'value',
  params: () => ({}),
  passes: ([value]) => {
    const text = foldedOf(value)
    return text === null || (fits(text) && !namePlaceholders.includes(text))
  },
  fails: ([x], _p, scope) => {
    const text = foldedSql(x!, scope.types?.[0])
    return sql`(${x!} is not null and not (${fullMatch(text, form)} and ${text} not in ${list(namePlaceholders)}))`
  },
  message: {
    zh: '“{field}”的值“{value}”不像真实姓名，请核对。',
    en: '"{field}" has the value "{value}", which does not look like a Chinese name.',
  },
})
