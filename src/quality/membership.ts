import { z } from 'zod'
import { foldText } from '../base/normalise.ts'
import { w, type ColumnType, type Sql } from '../warehouse/index.ts'
import { readParams } from './params.ts'
import { asciiLower, asciiLowerSql, textOf, textSql } from './values.ts'

const params = z.strictObject({
  values: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1),
  normalise: z.enum(['none', 'trim', 'casefold', 'fold']).default('none'),
})

export interface SetParams {
  /** Already normalised. */
  readonly values: readonly string[]
  readonly normalise: Normalisation
}
export type Normalisation = 'none' | 'trim' | 'casefold' | 'fold'

/** Parameters of membership rules: the listed values go through the same normalisation as the data. */
export function setParams(kind: string, input: unknown): SetParams {
  const read = readParams(kind, params, input)
  return { values: read.values.map((v) => normalised(v, read.normalise)!), normalise: read.normalise }
}

/**
 * `none` compares after NFC; `trim` and `fold` compare after `foldText` (the declared fold of the project trims, and
 * engines agree on no other trim); `casefold` also lowers A–Z.
 */
export function normalised(value: unknown, how: Normalisation): string | null {
  const text = textOf(value)
  if (text === null) return null
  if (how === 'none') return text.normalize('NFC')
  return how === 'casefold' ? asciiLower(foldText(text)) : foldText(text)
}

/** The twin of `normalised`. */
export function normalisedSql(x: Sql, how: Normalisation, type: ColumnType = 'text'): Sql {
  const text = textSql(x, type)
  if (how === 'none') return w.nfc(text)
  return how === 'casefold' ? asciiLowerSql(w.foldText(text)) : w.foldText(text)
}
