import { foldBlankClass, foldInvisibleClass, foldText } from '../base/normalise.ts'
import { list, sql, w, type ColumnType, type Sql } from '../warehouse/index.ts'

/** Placeholders that count as missing (A12), compared after fold and in lower case. */
export const placeholders: readonly string[] = ['无', '未知', '-', 'n/a', 'null', '1900-01-01', '00000000000']

/** The text a row function judges; null for an absent value. Times are `YYYY-MM-DD HH:MM:SS` in UTC. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString().slice(0, 19).replace('T', ' ')
  return String(value)
}

/** `foldText` of a value; null stays null. */
export function foldedOf(value: unknown): string | null {
  const text = textOf(value)
  return text === null ? null : foldText(text)
}

/** Lower case of A–Z only: engines disagree on the rest. */
export function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (c) => c.toLowerCase())
}

/** The twin of `asciiLower`. */
export function asciiLowerSql(x: Sql): Sql {
  return sql`translate(${x}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`
}

/** Missing (A12): null, empty after the fold, or a placeholder. */
export function isMissing(value: unknown, words: readonly string[] = placeholders): boolean {
  const text = foldedOf(value)
  return text === null || text === '' || words.includes(asciiLower(text))
}

const wordless = new Set<ColumnType>(['int', 'bigint', 'double', 'decimal', 'bool', 'json', 'text[]'])

/** The twin of `isMissing`; numbers and truth values are missing only when null. */
export function missingSql(x: Sql, type: ColumnType = 'text', words: readonly string[] = placeholders): Sql {
  if (wordless.has(type)) return sql`(${x} is null)`
  if (type === 'date' || type === 'timestamp') {
    const days = words.filter((word) => /^\d{4}-\d{2}-\d{2}$/.test(word))
    if (!days.length) return sql`(${x} is null)`
    return sql`(${x} is null or cast(${x} as timestamp) in (${days.map((d) => sql`cast(${d} as timestamp)`).reduce((a, b) => sql`${a}, ${b}`)}))`
  }
  const pattern = missingPattern(words)
  // One match costs a tenth of folding the cell first.
  if (pattern) return sql`(${x} is null or ${w.regexMatch(x, pattern)})`
  return sql`(${x} is null or ${asciiLowerSql(w.foldText(x))} in ${list(['', ...words])})`
}

/**
 * Every text that folds and lowers to a placeholder or to nothing, as one RE2 pattern; undefined when a placeholder has
 * characters that the pattern cannot stand for (blanks inside, marks, other scripts than ASCII and Han).
 */
function missingPattern(words: readonly string[]): string | undefined {
  if (!words.every((word) => /^[!-~㐀-䶿一-鿿]+$/.test(word))) return undefined
  const character = (c: string): string => {
    if (!/[!-~]/.test(c)) return c
    // A capital of the word itself is never met: the value is lowered.
    const forms = c >= 'a' && c <= 'z' ? [c, c.toUpperCase()] : c >= 'A' && c <= 'Z' ? [] : [c]
    const wide = forms.map((f) => String.fromCodePoint(f.codePointAt(0)! + 0xfee0))
    return forms.length
      ? `[${[...forms, ...wide].map((f) => (/[!-~]/.test(f) ? `\\x{${f.codePointAt(0)!.toString(16)}}` : f)).join('')}]`
      : '[^\\x{0}-\\x{10ffff}]'
  }
  const hidden = `[${foldInvisibleClass}]*`
  const around = `[${foldInvisibleClass}${foldBlankClass}]*`
  const forms = words.map((word) => [...word].map(character).join(hidden))
  return `${around}(?:${forms.join('|')})?${around}`
}

/** A column as folded text, whatever its type. */
export function foldedSql(x: Sql, type: ColumnType = 'text'): Sql {
  return type === 'text' ? w.foldText(x) : textSql(x, type)
}

/** A column as text in the forms of `textOf`. */
export function textSql(x: Sql, type: ColumnType = 'text'): Sql {
  if (type === 'text') return x
  if (type === 'timestamp') return w.timeText(x)
  return w.cast(x, 'text')
}
