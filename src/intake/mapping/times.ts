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

const yearFirst = String.raw`\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?`
const offset = String.raw`\d{1,2}:\d{2}.*(?:Z|UTC|[+-]\d{2}:?\d{2})$`

const epoch = String.raw`1\d{9}(?:\d{3})?`

/*
 * A time is read in three steps, each a column of its own: written as one expression, the text would be repeated in
 * every branch of formats and zone changes, and the statement would grow without bound.
 */

/** `2024-05-01 08:30:00` and shorter: what the engine casts as it is. It names no offset. */
export function isYearFirst(text: Sql): Sql {
  return w.regexMatch(text, yearFirst)
}

/** Step 1: the text without weekday, ordinals, Chinese words and offset. */
export function tidyTime(text: Sql, plain: Sql): Sql {
  return sql`case when ${plain} then ${text} else ${tidied(text)} end`
}

/** Step 1: minutes east of UTC that the text names at its end (`Z`, `+08:00`); null when it names none. */
export function offsetOf(text: Sql, plain: Sql): Sql {
  const hours = w.regexExtract(text, String.raw`([+-]\d{2}):?\d{2}$`, 1)
  const minutes = w.regexExtract(text, String.raw`[+-]\d{2}:?(\d{2})$`, 1)
  const signed = sql`coalesce(${w.tryCast(hours, 'bigint')}, 0) * 60 + (case when ${hours} like '-%' then -1 else 1 end) * coalesce(${w.tryCast(minutes, 'bigint')}, 0)`
  return sql`case when ${plain} then null when ${w.regexContains(text, offset)} then ${signed} end`
}

/**
 * Step 2: the tidied text as the time on the wall; null when it is no time. `formats` are strptime words, tried before
 * the usual ones. Ten digits are seconds since 1970, thirteen milliseconds.
 */
export function wallTime(tidy: Sql, plain: Sql, formats: readonly string[]): Sql {
  const named = formats.filter((f) => f.startsWith('%')).map(tidyFormat)
  const dates = [...new Set([...named.map((f) => f.replace(/ ?%[HI]:.*$/, '')), ...usual])]
  const tries = (clock: string): Sql => sql`coalesce(${join(dates.map((f) => w.tryParseTime(tidy, f + clock)))})`
  const own = named.filter((f) => /%[HI]/.test(f))
  return sql`case
    when ${plain} or ${isYearFirst(tidy)} then ${w.tryCast(tidy, 'timestamp')}
    when ${w.regexMatch(tidy, String.raw`1\d{9}`)} then ${sinceEpoch(w.tryCast(tidy, 'double'))}
    when ${w.regexMatch(tidy, String.raw`1\d{12}`)} then ${sinceEpoch(sql`${w.tryCast(tidy, 'double')} / 1000`)}
    when ${w.regexMatch(tidy, String.raw`(?:19|20)\d{6}`)} then ${w.tryParseTime(tidy, '%Y%m%d')}
    when ${w.regexMatch(tidy, String.raw`(?:19|20)\d{12}`)} then ${w.tryParseTime(tidy, '%Y%m%d%H%M%S')}
    when ${w.regexContains(tidy, String.raw`(?i)\d:\d{2}:\d{2}\s*[ap]m$`)} then ${tries(' %I:%M:%S %p')}
    when ${w.regexContains(tidy, String.raw`(?i)\d:\d{2}\s*[ap]m$`)} then ${tries(' %I:%M %p')}
    when ${w.regexContains(tidy, String.raw`\d:\d{2}:\d{2}$`)} then ${tries(' %H:%M:%S')}
    when ${w.regexContains(tidy, String.raw`\d:\d{2}$`)} then ${tries(' %H:%M')}
    when ${w.regexContains(tidy, ':')} then ${own.length ? sql`coalesce(${join(own.map((f) => w.tryParseTime(tidy, f)))})` : raw('null')}
    else ${tries('')}
  end`
}

/** Step 3: wall time to UTC; a time that named its own offset, or seconds since 1970, is taken by that. */
export function utcOf(tidy: Sql, wall: Sql, plain: Sql, minutes: Sql, zone: string): Sql {
  return sql`case
    when not coalesce(${plain}, false) and ${w.regexMatch(tidy, epoch)} then ${wall}
    when ${minutes} is not null then ${wall} - ${minutes} * ${raw("interval '1' minute")}
    else ${toUtc(wall, zone)}
  end`
}

function sinceEpoch(seconds: Sql): Sql {
  // A whole number times an interval overflows 32 bits; a double does not.
  return sql`(cast('1970-01-01' as timestamp) + ${seconds} * ${raw("interval '1' second")})`
}

/** `2024年5月1日 8点`, `2024.5.1` become year first with dashes; weekdays, `st nd rd th` and doubled blanks go. */
function tidied(text: Sql): Sql {
  const bare = w.regexReplace(w.foldText(text), String.raw`(:\d{2}.*?)\s*(?:Z|UTC|[+-]\d{2}:?\d{2})$`, '\\1')
  const folded = w.regexReplace(bare, '(?i)^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\\s+', '')
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
