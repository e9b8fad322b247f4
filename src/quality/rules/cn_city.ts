import { list, sql, w } from '../../warehouse/index.ts'
import { cnCities } from '../data/cn-cities.ts'
import { ruleKind } from '../kind.ts'
import { contains } from '../pattern.ts'
import { foldedOf, foldedSql } from '../values.ts'

const han = '[\\x{3400}-\\x{4dbf}\\x{4e00}-\\x{9fff}\\x{f900}-\\x{faff}\\x{20000}-\\x{323af}]'
const hasHan = contains(han)
const peoples =
  /(?:朝鲜族|土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|白族|景颇族|傈僳族|回族|蒙古族|蒙古|柯尔克孜|哈萨克)*(?:自治州|地区|盟)$/
// 广州市 is also 广州, 延边朝鲜族自治州 also 延边; a name of one character keeps its ending.
const known = [
  ...new Set(
    cnCities
      .flatMap((name) => [name, name.replace(peoples, ''), name.replace(/市$/, '')])
      .filter((name) => name.length > 1),
  ),
]
const set = new Set(known)

export const cnCity = ruleKind({
  name: 'cn_city',
  text: { zh: '城市名称', en: 'Name of a Chinese city' },
  definition: {
    zh: '折叠后写有汉字的值是 GB/T 2260 的地级或县级市名（全称或简称）；不含汉字的值不判断。',
    en: 'A folded value with Han characters is the name, full or short, of a prefecture or a city of GB/T 2260; a value without Han characters is not judged.',
  },
  dimension: 'validity',
  scope: 'value',
  params: () => ({}),
  passes: ([value]) => {
    const text = foldedOf(value)
    return text === null || !hasHan(text) || set.has(text)
  },
  fails: ([x], _p, scope) => {
    const text = foldedSql(x!, scope.types?.[0])
    return sql`(${x!} is not null and coalesce(${w.regexContains(text, han)}, false) and ${text} not in ${list(known)})`
  },
  message: {
    zh: '“{field}”的值“{value}”不是已知的城市名，请核对。',
    en: '"{field}" has the value "{value}", which is no known city: check the spelling.',
  },
})
