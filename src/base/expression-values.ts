import { RE2JS } from 're2js'
import { InputError } from './errors.ts'
import { foldBlankClass } from './normalise.ts'

/** What values of an expression are, as far as operators care; `date`s are compared as times. */
export type Kind = 'text' | 'number' | 'bool' | 'time' | 'null'

/** Text that counts as a number, in RE2, Java and JavaScript alike: no `0x`, `inf`, `1,000` or empty text. */
export const numericText = ' *[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})? *'
/** Text that is missing: nothing but blanks. */
export const blankText = `[${foldBlankClass}]*`

const numeric = new RegExp(`^${numericText}$`)
const timeLiteral = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?Z?)?$/

export function numberOfText(text: string): number | null {
  return numeric.test(text) ? Number(text) : null
}

/** Milliseconds of `YYYY-MM-DD[ HH:MM[:SS]]`, read as UTC; undefined when it is none. */
export function timeOfText(text: string): number | undefined {
  if (!timeLiteral.test(text)) return undefined
  const iso = text.replace(' ', 'T').replace(/Z$/, '')
  const ms = Date.parse(iso.length === 10 ? `${iso}T00:00:00Z` : `${iso}Z`)
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text.slice(0, 10) ? undefined : ms
}

/**
 * As what two or more operands are compared: a number makes texts numbers, a time makes literals times, equal kinds
 * stay. Undefined: they cannot be compared.
 */
export function comparedAs(kinds: readonly Kind[]): Kind | undefined {
  const some = new Set(kinds.filter((k) => k !== 'null'))
  if (some.size === 0) return 'null'
  if (some.size === 1) return [...some][0]
  if (some.size === 2 && some.has('text') && some.has('number')) return 'number'
  if (some.size === 2 && some.has('text') && some.has('time')) return 'time'
  return undefined
}

/** Simple case mapping, one code point each, as engines do it: `toLowerCase` alone looks at neighbours. */
export function lowerSimple(text: string): string {
  let out = ''
  for (const c of text) {
    const lower = c === '\u0130' ? 'i' : c.toLowerCase()
    out += [...lower].length === 1 ? lower : c
  }
  return out
}

/** Compare by code point, as engines compare UTF-8; JavaScript's own order is by UTF-16 unit. */
export function compareText(a: string, b: string): number {
  const x = [...a]
  const y = [...b]
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const d = x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!
    if (d) return d
  }
  return x.length - y.length
}

/** @throws InputError expression_pattern when RE2 does not take it */
export function re2(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (cause) {
    throw new InputError(
      'expression_pattern',
      { pattern, problem: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    )
  }
}
