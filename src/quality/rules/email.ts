import { z } from 'zod'
import { list, sql, w } from '../../warehouse/index.ts'
import { emailDomains, emailRoles } from '../data/email-hints.ts'
import { ruleKind } from '../kind.ts'
import { readParams } from '../params.ts'
import { contains, matches } from '../pattern.ts'
import { asciiLower, asciiLowerSql, textOf } from '../values.ts'

const params = z.strictObject({ level: z.enum(['form', 'deliverable_hint']).default('form') })

// Written as exclusions and ranges, not \p{L}: engines carry different Unicode tables, ranges are the same everywhere.
const local =
  '[^\\x00-\\x20"(),:;<>\\[\\\\\\]@.\\x{7f}-\\x{a0}\\x{1680}\\x{2000}-\\x{206f}\\x{3000}\\x{feff}\\x{ff00}-\\x{ffef}]+'
const letter =
  '0-9A-Za-z\\x{df}-\\x{1fff}\\x{2c00}-\\x{2dff}\\x{3005}-\\x{3007}\\x{3041}-\\x{d7ff}\\x{f900}-\\x{fdff}\\x{20000}-\\x{323af}'
const label = `[${letter}](?:[${letter}-]*[${letter}])?`
const form = `${local}(?:\\.${local})*@(?:${label}\\.)+${label}`
const longLocal = '[^@]{65}.*@.*'
const longLabel = '@(?:[^@]*\\.)?[^.@]{64}'
const numericEnd = '\\.[0-9]+$'

const fits = matches(form)
const localTooLong = matches(longLocal)
const labelTooLong = contains(longLabel)
const endsInNumber = contains(numericEnd)

export const email = ruleKind<z.output<typeof params>>({
  name: 'email',
  text: { zh: '邮箱格式', en: 'E-mail form' },
  definition: {
    zh: 'NFC 后至多 254 字符；恰有一个 @；@ 前至多 64 字符、无空白与引号、无首尾或连续的点；域名至少含一个点，各段 1–63 个字母（含各国文字）、数字或中间的连字符，末段不全为数字。不查询 DNS。级别 deliverable_hint 另拒绝一次性邮箱域名与 info、noreply 一类的角色地址。',
    en: 'After NFC at most 254 characters; one @; before it at most 64 characters, no blanks or quotes, no dot at an end or two in a row; a domain with a dot, whose labels are 1–63 letters (of any script), digits or inner hyphens and whose last label is not a number. No DNS query. Level deliverable_hint also refuses disposable domains and role addresses such as info or noreply.',
  },
  dimension: 'validity',
  scope: 'value',
  params: (input) => readParams('email', params, input),
  passes: ([value], p) => {
    const text = textOf(value)?.normalize('NFC')
    if (text === undefined) return true
    if ([...text].length > 254 || !fits(text) || localTooLong(text) || labelTooLong(text) || endsInNumber(text))
      return false
    if (p.level === 'form') return true
    const [name, domain] = asciiLower(text).split('@') as [string, string]
    return !emailRoles.includes(name) && !emailDomains.includes(domain)
  },
  fails: ([x], p) => {
    const text = w.nfc(x!)
    const lower = asciiLowerSql(text)
    const sound = sql`${w.length(text)} <= 254 and ${w.regexMatch(text, form)} and not ${w.regexMatch(text, longLocal)}
      and not ${w.regexContains(text, longLabel)} and not ${w.regexContains(text, numericEnd)}`
    const hint =
      p.level === 'form'
        ? sql`true`
        : sql`split_part(${lower}, '@', 1) not in ${list(emailRoles)} and split_part(${lower}, '@', 2) not in ${list(emailDomains)}`
    return sql`(${x!} is not null and not coalesce(${sound} and ${hint}, false))`
  },
  message: {
    zh: '“{field}”的值“{value}”不是有效的邮箱地址，应形如 name@example.com。',
    en: '"{field}" has the value "{value}", which is no e-mail address: write it like name@example.com.',
  },
})
