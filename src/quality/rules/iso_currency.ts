import { list, sql } from '../../warehouse/index.ts'
import { iso4217 } from '../data/iso-4217.ts'
import { ruleKind } from '../kind.ts'
import { foldedOf, foldedSql } from '../values.ts'

export const isoCurrency = ruleKind({
  name: 'iso_currency',
  text: { zh: '货币代码', en: 'Currency code' },
  definition: {
    zh: '折叠后是 ISO 4217 现行的三位大写代码。',
    en: 'Folded, a current three-letter code of ISO 4217 in capitals.',
  },
  dimension: 'validity',
  scope: 'value',
  params: () => ({}),
  passes: ([value]) => {
    const text = foldedOf(value)
    return text === null || iso4217.codes.includes(text)
  },
  fails: ([x], _p, scope) =>
    sql`(${x!} is not null and ${foldedSql(x!, scope.types?.[0])} not in ${list(iso4217.codes)})`,
  message: {
    zh: '“{field}”的值“{value}”不是 ISO 4217 货币代码，例如 CNY。',
    en: '"{field}" has the value "{value}", which is no ISO 4217 code such as CNY.',
  },
})
