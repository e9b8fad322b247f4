import { z } from 'zod'
import { sql, w, type Sql } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { timeOf } from '../numbers.ts'
import { readParams } from '../params.ts'
import { fullMatch, matches } from '../pattern.ts'
import { everRegionPattern } from '../regions.ts'
import { foldedOf, foldedSql } from '../values.ts'

const params = z.strictObject({ allow15: z.boolean().default(false) })

interface ResidentId {
  readonly allow15: boolean
  /** `YYYYMMDD`: nobody is born later. */
  readonly today: string
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'
const long = `${everRegionPattern}(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}[0-9Xx]`
const short = `${everRegionPattern}\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}`
const isLong = matches(long)
const isShort = matches(short)

export const cnResidentId = ruleKind<ResidentId>({
  name: 'cn_resident_id',
  text: { zh: '居民身份证号', en: 'Chinese resident identity number' },
  definition: {
    zh: '折叠后为 18 位：前 6 位是 GB/T 2260 曾经有效的代码（含历史），7–14 位是 1900-01-01 至今天的真实日期，末位等于 "10X98765432"[Σ wᵢdᵢ mod 11]（GB 11643，x 可小写）；15 位旧号仅在 allow15 时通过。',
    en: 'Folded, 18 characters: the first 6 were ever a code of GB/T 2260 (history included), 7–14 are a real date from 1900-01-01 to today, the last is "10X98765432"[Σ wᵢdᵢ mod 11] (GB 11643; x accepted); 15 digits only with allow15.',
  },
  dimension: 'validity',
  scope: 'value',
  params: (input, context) => ({
    ...readParams('cn_resident_id', params, input),
    today: new Date(context.now).toISOString().slice(0, 10).replaceAll('-', ''),
  }),
  passes: ([value], p) => {
    const text = foldedOf(value)
    if (text === null) return true
    if (isLong(text)) return realDay(text.slice(6, 14), p.today) && checkOf(text) === text[17]!.toUpperCase()
    return p.allow15 && isShort(text) && realDay(`19${text.slice(6, 12)}`, p.today)
  },
  fails: ([x], p, scope) => {
    const folded = foldedSql(x!, scope.types?.[0])
    const short15 = sql`${fullMatch(folded, short)} and ${realDaySql(sql`concat('19', substr(${folded}, 7, 6))`, p.today)}`
    // The first branch saves folding each of the 18 characters of a plain number.
    return sql`case when ${x!} is null then false
      when ${fullMatch(x!, long)} then not ${soundSql(x!, p.today)}
      when ${fullMatch(folded, long)} then not ${soundSql(folded, p.today)}
      else not ${p.allow15 ? sql`(${short15})` : sql`false`} end`
  },
  message: {
    zh: '“{field}”不是有效的身份证号：请核对地区、出生日期与校验码。',
    en: '"{field}" is no valid identity number: check its region, birth date and check character.',
  },
})

function checkOf(text: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(text[i]), 0)
  return checks[sum % 11]!
}

function realDay(day: string, today: string): boolean {
  return day <= today && timeOf(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`) !== undefined
}

function realDaySql(day: Sql, today: string): Sql {
  return sql`(${day} <= ${today} and ${w.tryParseTime(day, '%Y%m%d')} is not null)`
}

/** True when the day is real and the check character right; the text is known to have the form. */
function soundSql(text: Sql, today: string): Sql {
  const sum = weights
    .map((weight, i) => sql`cast(substr(${text}, ${i + 1}, 1) as integer) * ${weight}`)
    .reduce((a, b) => sql`${a} + ${b}`)
  const check = sql`substr(${checks}, cast((${sum}) % 11 as integer) + 1, 1)`
  return sql`(${realDaySql(sql`substr(${text}, 7, 8)`, today)} and ${check} = replace(substr(${text}, 18, 1), 'x', 'X'))`
}
