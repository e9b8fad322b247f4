import type { Vector, VectorSet } from '../contract.ts'

/** "Today" of all vectors. */
export const vectorsNow = Date.UTC(2026, 10, 22, 8, 30)

type Line = readonly [value: unknown, why?: string]

/** Vectors of a value rule, in two lists. */
export function vectors(
  rule: string,
  pass: readonly Line[],
  fail: readonly Line[],
  params?: VectorSet['params'],
  standard: readonly unknown[] = [],
): VectorSet {
  const of = ([value, why]: Line, passes: boolean): Vector => ({
    values: [value],
    passes,
    origin: standard.includes(value) ? 'standard' : 'constructed',
    why,
  })
  return { rule, params, vectors: [...pass.map((l) => of(l, true)), ...fail.map((l) => of(l, false))] }
}

/** Vectors of a row rule. */
export function rowVectors(
  rule: string,
  pass: readonly (readonly unknown[])[],
  fail: readonly (readonly unknown[])[],
  params?: VectorSet['params'],
): VectorSet {
  const of = (values: readonly unknown[], passes: boolean): Vector => ({ values, passes, origin: 'constructed' })
  return { rule, params, vectors: [...pass.map((v) => of(v, true)), ...fail.map((v) => of(v, false))] }
}
