import { RE2JS } from 're2js'
import { sql, w, type Sql } from '../warehouse/index.ts'

/** A full RE2 match in rows: the twin of `fullMatch`. @throws when the pattern is no RE2. */
export function matches(pattern: string): (text: string) => boolean {
  const compiled = RE2JS.compile(pattern)
  return (text) => compiled.matches(text)
}

/** A RE2 match anywhere. */
export function contains(pattern: string): (text: string) => boolean {
  const compiled = RE2JS.compile(pattern)
  return (text) => compiled.matcher(text).find()
}

/** A full RE2 match in SQL; false for null. */
export function fullMatch(x: Sql, pattern: string): Sql {
  return sql`coalesce(${w.regexMatch(x, pattern)}, false)`
}

/** SQL that is true when a value is there and its (already chosen) text does not match. */
export function mismatch(x: Sql, text: Sql, pattern: string): Sql {
  return sql`(${x} is not null and not ${fullMatch(text, pattern)})`
}
