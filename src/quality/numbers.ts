import { raw, sql, w, type ColumnType, type Sql } from '../warehouse/index.ts'
import { fullMatch, matches } from './pattern.ts'
import { foldedOf } from './values.ts'

/** A plain decimal number: no exponent, no separators, at most 30 digits either side. */
export const decimalPattern = '[+-]?\\d{1,30}(?:\\.\\d{1,30})?'
/** `YYYY-MM-DD`, a time behind it or not; years 1000–2999. */
export const datePattern = '[12]\\d{3}-\\d{2}-\\d{2}'
export const timestampPattern = `${datePattern}[ T]\\d{2}:\\d{2}(?::\\d{2})?`

const decimal = matches(decimalPattern)
const date = matches(datePattern)
const timestamp = matches(timestampPattern)

/** The number a value holds; undefined when it is no number. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'bigint') return Number(value)
  const text = foldedOf(value)
  return text !== null && decimal(text) ? Number(text) : undefined
}

const numeric = new Set<ColumnType>(['int', 'bigint', 'double', 'decimal'])

/** The twin of `numberOf`: null when it is no number. */
export function numberSql(x: Sql, type: ColumnType = 'text'): Sql {
  if (numeric.has(type)) return x
  const text = w.foldText(x)
  return sql`case when ${fullMatch(text, decimalPattern)} then ${w.tryCast(text, 'double')} end`
}

/** ms since the epoch of a date or timestamp; undefined when it is none or no real day. */
export function timeOf(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime()
  const text = foldedOf(value)
  if (text === null) return undefined
  if (date(text)) return realTime(text, '00:00:00')
  if (timestamp(text)) return realTime(text.slice(0, 10), text.slice(11).padEnd(8, ':00'))
  return undefined
}

/** ms of a day and a time of day in UTC, undefined for 30 February and 25 o'clock. */
function realTime(day: string, time: string): number | undefined {
  const at = Date.parse(`${day}T${time}Z`)
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 19) !== `${day}T${time}`) return undefined
  return at
}

/** The twin of `timeOf`: a timestamp, null when it is none. */
export function timeSql(x: Sql, type: ColumnType = 'text'): Sql {
  if (type === 'timestamp') return x
  if (type === 'date') return sql`cast(${x} as timestamp)`
  const text = w.foldText(x)
  // try_strptime takes one format each; the gate keeps engines from reading more than we mean.
  return sql`case when ${fullMatch(text, datePattern)} then ${w.tryParseTime(text, '%Y-%m-%d')}
      when ${fullMatch(text, `${datePattern}[ T]\\d{2}:\\d{2}`)} then ${w.tryParseTime(sql`replace(${text}, 'T', ' ')`, '%Y-%m-%d %H:%M')}
      when ${fullMatch(text, timestampPattern)} then ${w.tryParseTime(sql`replace(${text}, 'T', ' ')`, '%Y-%m-%d %H:%M:%S')} end`
}

/** A bound instant. */
export function timeLiteral(ms: number): Sql {
  return sql`cast(${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} as timestamp)`
}

/** Comparison operators by name; text of ours, never a user's. */
export const operators = { '<': '<', '<=': '<=', '=': '=', '!=': '<>', '>=': '>=', '>': '>' } as const
export type Operator = keyof typeof operators

export function operatorSql(op: Operator): Sql {
  return raw(operators[op])
}

export function compare(a: number | string, op: Operator, b: number | string): boolean {
  switch (op) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '=':
      return a === b
    case '!=':
      return a !== b
    case '>=':
      return a >= b
    case '>':
      return a > b
  }
}
