import { z } from 'zod'
import { ConfigError } from '../base/errors.ts'
import { readParams } from './params.ts'
import { checkPattern, matches } from './pattern.ts'
import { textOf } from './values.ts'

const params = z.strictObject({ pattern: z.string().min(1).max(10_000) })

/** Longest value a pattern judges, in code points before NFC. */
export const longest = 10_000

export interface RegexParams {
  readonly pattern: string
  readonly matches: (text: string) => boolean
}

/** @throws ConfigError rule_params when the pattern is no RE2 */
export function regexParams(kind: string, input: unknown): RegexParams {
  const { pattern } = readParams(kind, params, input)
  try {
    checkPattern(pattern)
    return { pattern, matches: matches(pattern) }
  } catch (cause) {
    throw new ConfigError(
      'rule_params',
      { rule: kind, problem: `pattern: ${cause instanceof Error ? cause.message : cause}` },
      { cause },
    )
  }
}

/** Null passes; a text longer than `longest` does not match. */
export function regexPasses(value: unknown, p: RegexParams): boolean {
  const text = textOf(value)
  if (text === null) return true
  return [...text].length <= longest && p.matches(text.normalize('NFC'))
}
