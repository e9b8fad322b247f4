import { z } from 'zod'
import { sql, type Sql } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { readParams } from '../params.ts'
import { fullMatch, matches } from '../pattern.ts'
import { foldedOf, foldedSql } from '../values.ts'

const params = z.strictObject({ level: z.enum(['check', 'strict']).default('check') })

// GB 32100-2015: I, O, S, V and Z are not used; weights 3^(i-1) mod 31.
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
// GB 11714-1997, the organisation code inside positions 9–17.
const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const innerWeights = [3, 7, 9, 10, 5, 8, 4, 2]
const innerChecks = '0X987654321'
const form = '[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}'
const fits = matches(form)

export const cnUscc = ruleKind<z.output<typeof params>>({
  name: 'cn_uscc',
  text: { zh: '统一社会信用代码', en: 'Unified social credit code' },
  definition: {
    zh: '折叠后为 18 位 0-9A-HJ-NPQRTUWXY（大写），第 3–8 位为数字，末位校验值 =（31 − Σ cᵢwᵢ mod 31）mod 31（GB 32100）；strict 另查第 9–17 位的组织机构代码校验码（GB 11714）。',
    en: 'Folded, 18 of 0-9A-HJ-NPQRTUWXY (capitals), positions 3–8 digits, check value (31 − Σ cᵢwᵢ mod 31) mod 31 (GB 32100); strict also checks the organisation code in positions 9–17 (GB 11714).',
  },
  dimension: 'validity',
  scope: 'value',
  params: (input) => readParams('cn_uscc', params, input),
  passes: ([value], p) => {
    const text = foldedOf(value)
    if (text === null) return true
    if (!fits(text)) return false
    const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(text[i]!), 0)
    if (alphabet[(31 - (sum % 31)) % 31] !== text[17]) return false
    if (p.level === 'check') return true
    const inner = innerWeights.reduce((total, weight, i) => total + weight * letters.indexOf(text[8 + i]!), 0)
    return innerChecks[inner % 11] === text[16]
  },
  fails: ([x], p, scope) => {
    const folded = foldedSql(x!, scope.types?.[0])
    return sql`case when ${x!} is null then false
      when ${fullMatch(x!, form)} then not ${soundSql(x!, p.level)}
      when ${fullMatch(folded, form)} then not ${soundSql(folded, p.level)}
      else true end`
  },
  message: {
    zh: '“{field}”的值“{value}”不是有效的统一社会信用代码，请核对校验位。',
    en: '"{field}" has the value "{value}", which is no valid unified social credit code: check it against the licence.',
  },
})

function weighted(text: Sql, from: number, digits: string, by: readonly number[]): Sql {
  return by
    .map((weight, i) => sql`(strpos(${digits}, substr(${text}, ${from + i}, 1)) - 1) * ${weight}`)
    .reduce((a, b) => sql`${a} + ${b}`)
}

function soundSql(text: Sql, level: 'check' | 'strict'): Sql {
  const sum = weighted(text, 1, alphabet, weights)
  const check = sql`substr(${alphabet}, cast((31 - (${sum}) % 31) % 31 as integer) + 1, 1) = substr(${text}, 18, 1)`
  if (level === 'check') return sql`(${check})`
  // 11 - sum mod 11, where 10 is X and 11 is 0, as one look-up by sum mod 11.
  const inner = sql`substr(${innerChecks}, cast((${weighted(text, 9, letters, innerWeights)}) % 11 as integer) + 1, 1)`
  return sql`(${check} and ${inner} = substr(${text}, 17, 1))`
}
