import { RE2JS } from 're2js'
import { sql, w, type Sql } from '../warehouse/index.ts'

/** @throws when the pattern is no RE2 */
export function checkPattern(pattern: string): void {
  RE2JS.compile(pattern)
}

/** A full RE2 match in rows: the twin of `fullMatch`. Compiled at the first use: most starts judge no single row. */
export function matches(pattern: string): (text: string) => boolean {
  const compiled = once(pattern)
  return (text) => compiled().matches(text)
}

/** A RE2 match anywhere. */
export function contains(pattern: string): (text: string) => boolean {
  const compiled = once(pattern)
  return (text) => compiled().matcher(text).find()
}

function once(pattern: string): () => RE2JS {
  let compiled: RE2JS | undefined
  return () => (compiled ??= RE2JS.compile(pattern))
}

/** A full RE2 match in SQL; false for null. */
export function fullMatch(x: Sql, pattern: string): Sql {
  return sql`coalesce(${w.regexMatch(x, pattern)}, false)`
}

/** SQL that is true when a value is there and its (already chosen) text does not match. */
export function mismatch(x: Sql, text: Sql, pattern: string): Sql {
  return sql`(${x} is not null and not ${fullMatch(text, pattern)})`
}
