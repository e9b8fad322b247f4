import { z } from 'zod'
import { sql } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { readParams } from '../params.ts'
import { fullMatch, matches } from '../pattern.ts'
import { compactPhone, compactPhoneSql, phoneForm, phoneRegions, type PhoneForm } from '../phones.ts'
import { textOf, textSql } from '../values.ts'

const region = z
  .string()
  .refine((r) => phoneRegions.includes(r), { error: 'is no region (ISO 3166 alpha-2, such as CN)' })
const params = z.strictObject({
  region: region.default('CN'),
  regions: z.union([z.literal('all'), z.array(region).min(1)]).default('all'),
  type: z.enum(['any', 'mobile']).default('any'),
})

interface Phone {
  readonly form: PhoneForm
  readonly fits: (text: string) => boolean
}

// Compiling the patterns of the whole world takes some ms: once for each set of parameters.
const compiled = new Map<string, Phone>()

export const phone = ruleKind<Phone>({
  name: 'phone',
  text: { zh: '电话号码', en: 'Phone number' },
  definition: {
    zh: '折叠并去掉空格、括号、点与横线后，是 libphonenumber 元数据认可的号码：带 + 或 00 的国际形式（regions 内各国），或 region（默认 CN）的国内形式（可带长途前缀 0；中国手机可带 86）。',
    en: "After the fold and without blanks, brackets, dots and dashes it is a number that libphonenumber's metadata holds valid: international with + or 00 (of `regions`), or national of `region` (default CN; trunk prefix 0 allowed; a Chinese mobile also with 86).",
  },
  dimension: 'validity',
  scope: 'value',
  params: (input) => {
    const p = readParams('phone', params, input)
    const key = JSON.stringify(p)
    const known = compiled.get(key)
    if (known) return known
    const form = phoneForm(p.region, p.regions, p.type === 'mobile')
    const home = matches(form.home)
    const abroad = form.abroad ? matches(form.abroad) : () => false
    const phone = { form, fits: (text: string) => home(text) || abroad(text) }
    compiled.set(key, phone)
    return phone
  },
  passes: ([value], p) => {
    const text = textOf(value)
    return text === null || p.fits(compactPhone(text))
  },
  fails: ([x], p, scope) => {
    const raw = textSql(x!, scope.types?.[0])
    const text = compactPhoneSql(raw)
    const abroad = p.form.abroad ? sql`not ${fullMatch(text, p.form.abroad)}` : sql`true`
    // Most numbers stand there in standard form: they are matched before anything is folded.
    return sql`case when ${x!} is null then false when ${fullMatch(raw, p.form.home)} then false
      when ${fullMatch(text, p.form.home)} then false else ${abroad} end`
  },
  message: {
    zh: '“{field}”的值“{value}”不是有效的电话号码，请核对位数与号段。',
    en: '"{field}" has the value "{value}", which is no valid phone number: check its digits.',
  },
})
