import { sql, w, type Sql } from '../warehouse/index.ts'
import { InputError } from '../base/errors.ts'

/** Days and months of the workspace's time zone over warehouse times, which are UTC. */
export interface Calendar {
  readonly zone: string
  /** A UTC timestamp as the wall-clock time of the zone. */
  local(x: Sql): Sql
  /** `YYYY-MM` in the zone. */
  month(x: Sql): Sql
  /** UTC instant at which the day `YYYY-MM-DD` begins in the zone. */
  startOf(day: string): Date
  /** The day of an instant in the zone. */
  dayOf(at: number): string
}

const hour = 3_600_000

function offsetAt(format: Intl.DateTimeFormat, at: number): number {
  const parts = Object.fromEntries(format.formatToParts(at).map((p) => [p.type, Number(p.value)]))
  const wall = Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second)
  return wall - Math.floor(at / 1000) * 1000
}

/** Changes of the zone's offset in 2000 … 2037: `[from, offset]`, the first from the beginning of time. */
function offsets(format: Intl.DateTimeFormat): [number, number][] {
  const found: [number, number][] = [[-Infinity, offsetAt(format, Date.UTC(2000, 0, 1))]]
  let at = Date.UTC(2000, 0, 1)
  for (let i = 1; i <= 38 * 12; i++) {
    const next = Date.UTC(2000, i, 1)
    const was = found.at(-1)![1]
    if (offsetAt(format, next) !== was) {
      let [low, high] = [at, next]
      while (high - low > 60_000) {
        const middle = Math.floor((low + high) / 2 / 60_000) * 60_000
        if (middle <= low) break
        if (offsetAt(format, middle) === was) low = middle
        else high = middle
      }
      found.push([high, offsetAt(format, high)])
    }
    at = next
  }
  return found
}

/** @throws InputError invalid_day when a day is not `YYYY-MM-DD` */
export function calendar(zone: string): Calendar {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const changes = offsets(format)
  const shifted = (x: Sql, offset: number): Sql => {
    if (offset === 0) return x
    return offset % hour === 0 ? w.addTime(x, offset / hour, 'hour') : w.addTime(x, offset / 60_000, 'minute')
  }
  const local = (x: Sql): Sql => {
    if (changes.length === 1) return shifted(x, changes[0]![1])
    const branches = changes
      .slice(0, -1)
      .map(([, offset], i) => sql`when ${x} < ${new Date(changes[i + 1]![0])} then ${shifted(x, offset)}`)
    const last = shifted(x, changes.at(-1)![1])
    return sql`case ${branches.reduceRight((rest, branch) => sql`${branch} ${rest}`, sql`else ${last} end`)}`
  }
  return {
    zone,
    local,
    month: (x) => w.monthText(local(x)),
    startOf(day) {
      const wall = parseDay(day)
      // The offset at the answer, not at the wall-clock number: two rounds settle it around a change.
      let at = wall - offsetAt(format, wall)
      at = wall - offsetAt(format, at)
      return new Date(at)
    },
    dayOf: (at) => new Date(at + offsetAt(format, at)).toISOString().slice(0, 10),
  }
}

/** ms of the day's midnight as if it were UTC. @throws InputError invalid_day */
export function parseDay(day: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day) throw new InputError('invalid_day', { day })
  return ms
}

/** The day `n` days after (or before, when negative). */
export function addDays(day: string, n: number): string {
  return new Date(parseDay(day) + n * 24 * hour).toISOString().slice(0, 10)
}
