import { join, raw, sql, w, type Sql } from '../../warehouse/index.ts'
import { toUtc } from './zone.ts'

/** Formats that are tried for what is not written year first; `%m` and `%d` read one digit too. Day before month: see README. */
const usual = [
  '%d/%m/%Y',
  '%m/%d/%Y',
  '%d-%m-%Y',
  '%m-%d-%Y',
  '%d.%m.%Y',
  '%d/%m/%y',
  '%m/%d/%y',
  '%d-%m-%y',
  '%d %b %Y',
  '%d-%b-%Y',
  '%d-%b-%y',
  '%b %d, %Y',
  '%b %d %Y',
  '%d %B %Y',
  '%B %d, %Y',
]
const clocks = ['', ' %H:%M:%S', ' %H:%M', ' %I:%M %p', ' %I:%M:%S %p']

const yearFirst = String.raw`\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?`
const offset = String.raw`\d{1,2}:\d{2}.*(?:Z|UTC|[+-]\d{2}:?\d{2})$`

/**
 * Text to a UTC timestamp; null when it is no time. `formats` are strptime words, tried before the usual ones; a time
 * that names its own offset (`Z`, `+08:00`) is taken by that, any other is wall-clock time of `zone`. Ten digits are
 * seconds since 1970, thirteen milliseconds.
 */
export function timeOf(text: Sql, formats: readonly string[], zone: string): Sql {
  const plain = wall(text, formats)
  return sql`case
    when ${w.regexMatch(text, yearFirst)} then ${toUtc(w.tryCast(text, 'timestamp'), zone)}
    when ${w.regexMatch(text, String.raw`1\d{9}`)} then ${sinceEpoch(sql`${w.tryCast(text, 'bigint')} * 1000`)}
    when ${w.regexMatch(text, String.raw`1\d{12}`)} then ${sinceEpoch(w.tryCast(text, 'bigint'))}
    when ${w.regexContains(text, offset)} then ${withOffset(text, formats)}
    else ${toUtc(plain, zone)}
  end`
}

/** Text to a calendar day; the time of day and the zone are left aside. */
export function dateOf(text: Sql, formats: readonly string[]): Sql {
  return sql`cast(case
    when ${w.regexMatch(text, yearFirst)} then ${w.tryCast(text, 'timestamp')}
    else ${wall(text, formats)}
  end as date)`
}

function sinceEpoch(ms: Sql): Sql {
  return sql`(cast('1970-01-01' as timestamp) + ${ms} * interval '0.001' second)`
}

/** Tried one by one, so that a value costs only as many tries as it needs. */
function wall(text: Sql, formats: readonly string[]): Sql {
  const named = formats.filter((f) => f.startsWith('%')).map((f) => tidyFormat(f))
  const all = [...new Set([...named.flatMap(withClocks), ...usual.flatMap(withClocks)])]
  const tidy = tidyText(text)
  return sql`case
    when ${w.regexMatch(tidy, yearFirst)} then ${w.tryCast(tidy, 'timestamp')}
    when ${w.regexMatch(text, String.raw`(?:19|20)\d{6}`)} then ${w.tryParseTime(text, '%Y%m%d')}
    when ${w.regexMatch(text, String.raw`(?:19|20)\d{12}`)} then ${w.tryParseTime(text, '%Y%m%d%H%M%S')}
    else coalesce(${join(all.map((f) => w.tryParseTime(tidy, f)))})
  end`
}

function withClocks(format: string): string[] {
  return /%[HI]/.test(format) ? [format] : clocks.map((c) => format + c)
}

/** `2024年5月1日 8点`, `2024.5.1` become year first with dashes; weekdays, `st nd rd th` and doubled blanks go. */
function tidyText(text: Sql): Sql {
  const folded = w.regexReplace(w.foldText(text), '(?i)^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\\s+', '')
  const ordinal = w.regexReplace(folded, '(?i)(\\d)(?:st|nd|rd|th)\\b', '\\1')
  const han = w.regexReplace(
    ordinal,
    String.raw`^(\d{4})\s*[年.]\s*(\d{1,2})\s*[月.]\s*(\d{1,2})\s*日?\s*`,
    '\\1-\\2-\\3 ',
  )
  const clock = w.regexReplace(han, String.raw`(\d{1,2})[时点](\d{1,2})分?(?:(\d{1,2})秒)?`, '\\1:\\2')
  return sql`trim(${w.regexReplace(clock, String.raw`(\d)T(\d)`, '\\1 \\2')})`
}

function tidyFormat(format: string): string {
  return format
    .replace(/^%Y[年./-]%m[月./-]%d日?/, '%Y-%m-%d')
    .replace('T', ' ')
    .replace(/%z$/, '')
    .trim()
}

/** The offset at the end as hours and minutes: constants per branch, since engines add only constant intervals alike. */
function withOffset(text: Sql, formats: readonly string[]): Sql {
  const bare = sql`trim(${w.regexReplace(text, String.raw`\s*(?:Z|UTC|[+-]\d{2}:?\d{2})$`, '')})`
  const at = sql`case when ${w.regexMatch(bare, yearFirst)} then ${w.tryCast(bare, 'timestamp')} else ${wall(bare, formats)} end`
  const hours = w.regexExtract(text, String.raw`([+-]\d{2}):?\d{2}$`, 1)
  const minutes = w.regexExtract(text, String.raw`[+-]\d{2}:?(\d{2})$`, 1)
  const signed = sql`cast(coalesce(${w.tryCast(hours, 'int')}, 0) * 60 + (case when ${hours} like '-%' then -1 else 1 end) * coalesce(${w.tryCast(minutes, 'int')}, 0) as bigint)`
  return sql`(${at} - ${signed} * ${raw("interval '1' minute")})`
}
