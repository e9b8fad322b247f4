import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api'
import { InternalError } from '../../../base/errors.ts'

const pad = (n: number, width: number): string => String(n).padStart(width, '0')

/** Days since the epoch as `YYYY-MM-DD`. */
export function dateText(days: number): string {
  const d = new Date(days * 86_400_000)
  const year = d.getUTCFullYear()
  if (Number.isNaN(year)) return days > 0 ? 'infinity' : '-infinity'
  return `${year < 0 ? '-' : ''}${pad(Math.abs(year), 4)}-${pad(d.getUTCMonth() + 1, 2)}-${pad(d.getUTCDate(), 2)}`
}

/** Microseconds since the epoch as `YYYY-MM-DDTHH:MM:SSZ`, with `.ffffff` (zeros at the end cut) only when there is a fraction. */
export function timestampText(micros: bigint): string {
  let seconds = micros / 1_000_000n
  let rest = Number(micros % 1_000_000n)
  if (rest < 0) {
    seconds -= 1n
    rest += 1_000_000
  }
  const at = Number(seconds)
  const day = Math.floor(at / 86_400)
  const s = at - day * 86_400
  const date = dateText(day)
  if (date.endsWith('infinity')) return date
  const fraction = rest ? `.${pad(rest, 6).replace(/0+$/, '')}` : ''
  return `${date}T${pad(Math.floor(s / 3600), 2)}:${pad(Math.floor(s / 60) % 60, 2)}:${pad(s % 60, 2)}${fraction}Z`
}

/** A number when it is exact as one, else the bigint. */
export function plainInteger(value: bigint): number | bigint {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value
}

/** How values of a type come out of the engine; the rules are in the README of the warehouse. */
export function reader(type: DuckDBType): (value: DuckDBValue) => unknown {
  switch (type.typeId) {
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
      return (v) => (v === null ? null : plainInteger(v as bigint))
    case DuckDBTypeId.DECIMAL:
      return (v) => (v === null ? null : (v as DuckDBDecimalValue).toDouble())
    case DuckDBTypeId.DATE:
      return (v) => (v === null ? null : dateText((v as DuckDBDateValue).days))
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return (v) => (v === null ? null : timestampText((v as DuckDBTimestampValue).micros))
    case DuckDBTypeId.LIST: {
      const item = reader((type as unknown as { valueType: DuckDBType }).valueType)
      return (v) => (v === null ? null : (v as DuckDBListValue).items.map(item))
    }
    case DuckDBTypeId.BOOLEAN:
    case DuckDBTypeId.VARCHAR:
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.SQLNULL:
      return (v) => v
    default:
      return (v) => (v === null ? null : String(v))
  }
}

const decimalOf = (value: unknown): DuckDBDecimalValue => {
  const number = typeof value === 'number' ? value : Number(value)
  if (!Number.isFinite(number) || Math.abs(number) >= 1e14)
    throw new InternalError('value_unfit', { value, type: 'decimal' })
  return DuckDBDecimalValue.fromDouble(number, 18, 4)
}

function dateOf(value: unknown): DuckDBDateValue {
  const ms = value instanceof Date ? value.getTime() : Date.parse(`${String(value).slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(ms)) throw new InternalError('value_unfit', { value, type: 'date' })
  return new DuckDBDateValue(Math.floor(ms / 86_400_000))
}

/** Times are UTC: a text without a zone is read as UTC, a number is ms since the epoch. */
function timestampOf(value: unknown): DuckDBTimestampValue {
  let ms: number
  if (value instanceof Date) ms = value.getTime()
  else if (typeof value === 'number') ms = value
  else {
    const text = String(value).trim().replace(' ', 'T')
    ms = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : text.includes('T') ? `${text}Z` : `${text}T00:00:00Z`)
  }
  if (Number.isNaN(ms)) throw new InternalError('value_unfit', { value, type: 'timestamp' })
  return new DuckDBTimestampValue(BigInt(Math.round(ms)) * 1000n)
}

/** How plain JavaScript values go into a column by the appender. @throws InternalError value_unfit */
export function writerOf(type: DuckDBType): (value: unknown) => DuckDBValue {
  const or = (convert: (value: unknown) => DuckDBValue) => (value: unknown) =>
    value === null || value === undefined ? null : convert(value)
  const whole = (value: unknown): number => {
    const n = Number(value)
    if (!Number.isInteger(n)) throw new InternalError('value_unfit', { value, type: 'int' })
    return n
  }
  switch (type.typeId) {
    case DuckDBTypeId.INTEGER:
      return or(whole)
    case DuckDBTypeId.BIGINT:
      return or((v) => (typeof v === 'bigint' ? v : BigInt(whole(v))))
    case DuckDBTypeId.DOUBLE:
      return or(Number)
    case DuckDBTypeId.DECIMAL:
      return or(decimalOf)
    case DuckDBTypeId.BOOLEAN:
      return or(Boolean)
    case DuckDBTypeId.DATE:
      return or(dateOf)
    case DuckDBTypeId.TIMESTAMP:
      return or(timestampOf)
    case DuckDBTypeId.LIST:
      return or(
        (v) => new DuckDBListValue((v as readonly unknown[]).map((item) => (item === null ? null : String(item)))),
      )
    default:
      return or((v) => (typeof v === 'string' ? v : typeof v === 'object' ? JSON.stringify(v) : String(v)))
  }
}
