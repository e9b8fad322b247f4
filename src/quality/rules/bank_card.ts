import { sql, w, type Sql } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { fullMatch, matches } from '../pattern.ts'
import { foldedOf, foldedSql } from '../values.ts'

const form = '[0-9]{12,19}'
const fits = matches(form)
const doubled = '0246813579'

export const bankCard = ruleKind({
  name: 'bank_card',
  text: { zh: '银行卡号', en: 'Bank card number' },
  definition: {
    zh: '折叠并去掉空格与横线后为 12–19 位数字，且通过 Luhn 校验（ISO/IEC 7812-1）。个别旧卡不符合 Luhn，默认仅警告。',
    en: 'Folded, without blanks and dashes: 12–19 digits that pass Luhn (ISO/IEC 7812-1). Some old cards fail Luhn, so it warns by default.',
  },
  dimension: 'validity',
  scope: 'value',
  params: () => ({}),
  passes: ([value]) => {
    const text = foldedOf(value)?.replace(/[ -]/g, '')
    if (text === undefined) return true
    if (!fits(text)) return false
    const padded = text.padStart(19, '0')
    const sum = [...padded].reduce((total, digit, i) => total + Number(i % 2 ? doubled[Number(digit)] : digit), 0)
    return sum % 10 === 0
  },
  fails: ([x], _p, scope) => {
    const text = w.regexReplace(foldedSql(x!, scope.types?.[0]), '[ -]', '')
    return sql`case when ${x!} is null then false
      when ${fullMatch(x!, form)} then ${luhnFails(x!)}
      when ${fullMatch(text, form)} then ${luhnFails(text)}
      else true end`
  },
  message: {
    zh: '“{field}”的卡号未通过校验，请核对。',
    en: '"{field}" holds a card number that fails its check: look at it again.',
  },
})

function luhnFails(text: Sql): Sql {
  const padded = sql`lpad(${text}, 19, '0')`
  const digit = (i: number): Sql => sql`cast(substr(${padded}, ${i}, 1) as integer)`
  const sum = Array.from({ length: 19 }, (_, k) => k + 1)
    .map((i) => (i % 2 ? digit(i) : sql`cast(substr(${doubled}, ${digit(i)} + 1, 1) as integer)`))
    .reduce((a, b) => sql`${a} + ${b}`)
  return sql`((${sum}) % 10 <> 0)`
}
