import type { InspectedColumn, SeenType } from '../../contract.ts'
import { dateFormatsOf, rankFormats } from './dates.ts'
import { isCnId } from './cn-id.ts'

const patterns: readonly (readonly [SeenType, (value: string) => boolean])[] = [
  ['email', (v) => /^[^\s@,;]+@[^\s@,;]+\.[\p{L}]{2,}$/u.test(v)],
  ['id_card', isCnId],
  [
    'phone',
    (v) =>
      /^(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}$/.test(v) ||
      /^\+\d[\d -]{7,16}\d$/.test(v) ||
      /^\(?0\d{2,3}\)?[- ]\d{7,8}$/.test(v),
  ],
  ['bool', (v) => /^(true|false|yes|no|y|n|t|f|是|否)$/i.test(v)],
  ['int', (v) => /^[-+]?\d{1,18}$/.test(v)],
  ['decimal', (v) => isDecimal(v)],
  ['json', (v) => isJson(v)],
]

/** `1234.5`, `1,234.50`, `(12.00)`, `¥12`, `$84,835.00 `, `12%`, `1.5e3`, `12,5`. */
function isDecimal(v: string): boolean {
  return (
    /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*%?$/i.test(v) ||
    /^[-+]?[(]?\s*[$¥￥€£]?\s*[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s*(?:元|USD|CNY|RMB|EUR)?[)]?$/i.test(v) ||
    /^[-+]?\d+,\d{1,2}$/.test(v)
  )
}

function isJson(v: string): boolean {
  if (!/^[[{].*[\]}]$/s.test(v)) return false
  try {
    JSON.parse(v)
    return true
  } catch {
    return false
  }
}

/** Share of the filled values a type must fit to be taken. */
const enough = 0.8

/**
 * What a column holds, told from its values alone.
 * @param values cells of the sample, null or '' where empty
 */
export function inferColumn(name: string, values: readonly (string | null)[]): InspectedColumn {
  // each different value is judged once: most columns repeat a few
  const distinct = new Map<string, number>()
  let n = 0
  for (const v of values) {
    const value = v?.trim()
    if (!value) continue
    n++
    distinct.set(value, (distinct.get(value) ?? 0) + 1)
  }
  const counts = new Map<SeenType, number>()
  const formats = new Map<string, number>()
  let dates = 0
  let times = 0
  let coded = 0
  let alphanumeric = 0
  for (const [v, count] of distinct) {
    for (const [type, fits] of patterns) {
      if (!fits(v)) continue
      counts.set(type, (counts.get(type) ?? 0) + count)
      break
    }
    if (v.charCodeAt(0) === 48 && /^0\d+$/.test(v)) coded += count
    if (/^[A-Za-z]{0,4}[-_]?\d+[A-Za-z]{0,4}$/.test(v) && /[A-Za-z]/.test(v)) alphanumeric += count
    const seen = dateFormatsOf(v)
    if (!seen.length) continue
    dates += count
    if (seen.some((f) => f.includes('%H') || f.includes('%I') || f.startsWith('unix'))) times += count
    for (const f of seen) formats.set(f, (formats.get(f) ?? 0) + count)
  }
  const base = {
    name,
    missing: values.length - n,
    distinct: distinct.size,
    examples: [...distinct.keys()].slice(0, 5).map((v) => v.slice(0, 200)),
  }
  if (!n) return { ...base, type: 'text', confidence: 0 }
  const int = counts.get('int') ?? 0
  // a whole number can be a date only when every value is one (20240501, unix time)
  const numericDates = [...formats.keys()].every((f) => f === '%Y%m%d' || f.startsWith('unix'))
  if (dates / n >= enough && (!numericDates || dates === n)) {
    const plausible = !numericDates || /date|time|day|日|时间|_at$|_on$|stamp/i.test(name) || formats.has('%Y%m%d')
    if (plausible)
      return {
        ...base,
        type: times * 2 > dates ? 'timestamp' : 'date',
        confidence: dates / n,
        formats: rankFormats(formats, dates),
      }
  }
  for (const type of ['email', 'id_card', 'phone', 'bool', 'json'] as const) {
    const hits = counts.get(type) ?? 0
    if (hits / n >= enough) return { ...base, type, confidence: hits / n }
  }
  // C536379 or 85123A among numbers: codes
  if (alphanumeric / n > 0.005) return { ...base, type: 'text', confidence: 1 }
  if (int === n || (int / n >= enough && !(counts.get('decimal') ?? 0))) {
    // leading zeros and very long digit strings are codes, not amounts
    if (coded / n > 0.05) return { ...base, type: 'text', confidence: 1 }
    return { ...base, type: 'int', confidence: int / n }
  }
  const numeric = int + (counts.get('decimal') ?? 0)
  if (numeric / n >= enough) return { ...base, type: 'decimal', confidence: numeric / n }
  return { ...base, type: 'text', confidence: 1 }
}
