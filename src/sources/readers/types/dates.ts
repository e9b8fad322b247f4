const months =
  'jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december'
const time =
  /^[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(am|pm)?\s*(Z|UTC|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i

const weekday = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\\s+)?'
const monthFirst = new RegExp(`^${weekday}(${months})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})(.*)$`, 'is')
const monthSecond = new RegExp(`^${weekday}(\\d{1,2})([- ])(${months})\\.?,?[- ](\\d{4}|\\d{2})(.*)$`, 'is')
const letters = /[a-z]{3}/i

/** strftime words for the part behind the date; undefined when it is no time of day, '' when there is none. */
function timeFormat(rest: string): string | undefined {
  if (!rest.trim()) return ''
  const m = time.exec(rest)
  if (!m) return undefined
  const [, h, min, s, fraction, half, zone] = m
  if (Number(h) > (half ? 12 : 24) || Number(min) > 59 || Number(s ?? 0) > 60) return undefined
  const separator = rest[0] === 'T' ? 'T' : ' '
  return (
    separator +
    (half ? '%I:%M' : '%H:%M') +
    (s ? ':%S' : '') +
    (fraction ? '.%f' : '') +
    (half ? ' %p' : '') +
    (zone ? '%z' : '')
  )
}

const valid = (y: number, m: number, d: number): boolean =>
  y >= 1000 && y <= 2999 && m >= 1 && m <= 12 && d >= 1 && d <= 31

/**
 * The date formats (strftime words, `unix_s`, `unix_ms`) that can read a value; two for an ambiguous `01/05/2024`.
 * Months and days may be written without their zero: `%m` and `%d` read both.
 */
export function dateFormatsOf(value: string): readonly string[] {
  const v = value.trim()
  if (v.length < 6 || v.length > 40) return []
  const first = v.charCodeAt(0)
  const digit = first >= 48 && first <= 57
  if (!digit && !letters.test(v)) return []
  if (!digit) return wordDate(v)
  let m = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[T\s])(.*)$/s.exec(v)
  if (m) {
    const t = timeFormat(m[5]!)
    return t !== undefined && valid(+m[1]!, +m[3]!, +m[4]!) ? [`%Y${m[2]}%m${m[2]}%d${t}`] : []
  }
  m = /^(\d{4})年(\d{1,2})月(\d{1,2})日?(.*)$/s.exec(v)
  if (m) {
    const t = timeFormat(m[4]!.replace(/^(?=\d)/, ' '))
    return t !== undefined && valid(+m[1]!, +m[2]!, +m[3]!) ? [`%Y年%m月%d日${t}`] : []
  }
  m = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?=$|[T\s])(.*)$/s.exec(v)
  if (m) {
    const t = timeFormat(m[5]!)
    if (t === undefined) return []
    const year = m[4]!.length === 4 ? '%Y' : '%y'
    const y = m[4]!.length === 4 ? +m[4]! : 2000 + +m[4]!
    const found: string[] = []
    if (valid(y, +m[1]!, +m[3]!)) found.push(`%m${m[2]}%d${m[2]}${year}${t}`)
    if (valid(y, +m[3]!, +m[1]!)) found.push(`%d${m[2]}%m${m[2]}${year}${t}`)
    return found
  }
  if (/^(19|20)\d{6}$/.test(v)) return valid(+v.slice(0, 4), +v.slice(4, 6), +v.slice(6)) ? ['%Y%m%d'] : []
  m = /^(19|20)(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(v)
  if (m)
    return valid(+(m[1]! + m[2]!), +m[3]!, +m[4]!) && +m[5]! < 24 && +m[6]! < 60 && +m[7]! < 61 ? ['%Y%m%d%H%M%S'] : []
  if (/^1\d{9}(\.\d+)?$/.test(v)) return ['unix_s']
  if (/^1\d{12}$/.test(v)) return ['unix_ms']
  return wordDate(v)
}

/** `May 1, 2024`, `1 May 2024`, `01-May-24`. */
function wordDate(v: string): readonly string[] {
  if (!letters.test(v)) return []
  let m = monthFirst.exec(v)
  if (m) {
    const t = timeFormat(m[4]!)
    return t === undefined ? [] : [`${m[1]!.length > 3 ? '%B' : '%b'} %d${v.includes(',') ? ',' : ''} %Y${t}`]
  }
  m = monthSecond.exec(v)
  if (m) {
    const t = timeFormat(m[5]!)
    return t === undefined
      ? []
      : [`%d${m[2]}${m[3]!.length > 3 ? '%B' : '%b'}${m[2]}${m[4]!.length === 4 ? '%Y' : '%y'}${t}`]
  }
  return []
}

/**
 * Formats most frequent first. Of a day-first and a month-first reading of the same shape only the one that reads
 * more values is kept; when both read all, both stay: the file alone cannot tell (see `ambiguousFormats`).
 */
export function rankFormats(formats: ReadonlyMap<string, number>, total: number): string[] {
  const ranked = [...formats].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const kept = ranked.filter(([f, n]) => {
    const twin = swap(f)
    const other = twin ? formats.get(twin) : undefined
    return other === undefined || n >= other
  })
  return kept.filter(([, n]) => n / total >= 0.001).map(([f]) => f)
}

/** Day-first and month-first both fit every value seen. */
export function ambiguousFormats(formats: readonly string[]): readonly [string, string] | undefined {
  for (const f of formats) {
    const twin = swap(f)
    if (twin && formats.includes(twin)) return f < twin ? [f, twin] : [twin, f]
  }
  return undefined
}

function swap(format: string): string | undefined {
  const m = /^%([dm])([-/.])%([dm])\2(%[Yy].*)$/s.exec(format)
  return m ? `%${m[3]}${m[2]}%${m[1]}${m[2]}${m[4]}` : undefined
}
