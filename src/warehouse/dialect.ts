import { word, type Sql } from './sql.ts'

export type DateUnit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year'
export type ColumnType =
  'text' | 'int' | 'bigint' | 'double' | 'decimal' | 'bool' | 'date' | 'timestamp' | 'json' | 'text[]'

/**
 * Every difference between engines, as plain functions from SQL to SQL. A dialect is an object: `{ ...ansi, name: 'trino', … }`.
 * Distances between strings are declared for ASCII-folded columns only: engines disagree on anything else.
 */
export interface Dialect {
  readonly name: string
  quote(name: string): string
  placeholder(index: number, value: unknown): string
  type(type: ColumnType): Sql
  /** Cast that gives null instead of an error. */
  tryCast(x: Sql, type: ColumnType): Sql
  cast(x: Sql, type: ColumnType): Sql
  /** Text to timestamp by a strptime format of %Y %m %d %H %M %S, null when it does not fit entirely. */
  tryParseTime(x: Sql, format: string): Sql
  /** Timestamp as text `YYYY-MM-DD HH:MM:SS`. */
  timeText(x: Sql): Sql
  monthText(x: Sql): Sql
  dateTrunc(unit: DateUnit, x: Sql): Sql
  /** Whole units elapsed from a to b (not boundaries crossed). */
  elapsed(unit: DateUnit, a: Sql, b: Sql): Sql
  /** Calendar boundaries crossed from a to b. */
  boundaries(unit: DateUnit, a: Sql, b: Sql): Sql
  addTime(x: Sql, amount: number, unit: DateUnit): Sql
  /** 1 = Monday … 7 = Sunday. */
  isoDayOfWeek(x: Sql): Sql
  hourOf(x: Sql): Sql
  /** Seconds since the epoch as double. */
  epoch(x: Sql): Sql
  /** Value of `x` in the row with the largest `by`; rows with null `by` do not count. */
  argMax(x: Sql, by: Sql): Sql
  argMin(x: Sql, by: Sql): Sql
  /** Continuous quantile, R type 7. */
  quantile(x: Sql, q: number): Sql
  median(x: Sql): Sql
  mode(x: Sql): Sql
  approxDistinct(x: Sql): Sql
  /** Distinct values in order, as one text. */
  joinText(x: Sql, separator: string, orderBy: Sql): Sql
  countIf(condition: Sql): Sql
  /** Double division; null when the divisor is 0. */
  ratio(a: Sql, b: Sql): Sql
  /** Text at a JSON path such as `$.a.b`. */
  jsonText(x: Sql, path: string): Sql
  /** RE2 full match. */
  regexMatch(x: Sql, pattern: string): Sql
  /** RE2 match anywhere. */
  regexContains(x: Sql, pattern: string): Sql
  regexReplace(x: Sql, pattern: string, replacement: string): Sql
  /** Group (0 = whole) of the first match; empty text when there is none. */
  regexExtract(x: Sql, pattern: string, group: number): Sql
  /** Number of Unicode code points. */
  length(x: Sql): Sql
  /** Without blanks around it; null when nothing is left. */
  bare(x: Sql): Sql
  /** Unicode NFKC, zero-width characters removed, trimmed, inner blanks single: the twin of `foldText` in base. */
  foldText(x: Sql): Sql
  /** Unicode NFC. */
  nfc(x: Sql): Sql
  /** 32 lower-case hex digits of md5 over the UTF-8 text: the same on every engine, also in Node. */
  md5(x: Sql): Sql
  /** Up to 15 hex digits as bigint. */
  hexNumber(x: Sql): Sql
  /** 0 … n-1 from md5. */
  bucket(x: Sql, n: number): Sql
  /** One row per item of a text split by a separator: used as `cross join unnestSplit(…) as t(item)`. */
  unnestSplit(x: Sql, separator: string): Sql
  /** Rows 'from' … 'to' (inclusive) one per unit: a table expression with the column `at`. */
  timeSeries(from: Sql, to: Sql, unit: DateUnit): Sql
  levenshtein(a: Sql, b: Sql): Sql
  jaroWinkler(a: Sql, b: Sql): Sql
  /** `concat` where null counts as empty. */
  concat(...items: Sql[]): Sql
  /** Deterministic sample of about `share` of the rows by hash of `key`: a condition. */
  sampled(key: Sql, share: number): Sql
  /** `limit n offset m`, in the engine's order. */
  page(limit: number, offset: number): Sql
  now(): Sql
}

export type Word = Exclude<keyof Dialect, 'name' | 'quote' | 'placeholder'>

/** The words, callable inside templates before the engine is known: sql`select ${w.dateTrunc('month', sql`ordered_at`)}`. */
export const w: { readonly [K in Word]: (...args: Parameters<Dialect[K]>) => Sql } = new Proxy(
  {},
  {
    get:
      (_target, name: string) =>
      (...args: unknown[]) =>
        word(name as Word, ...args),
  },
) as never
