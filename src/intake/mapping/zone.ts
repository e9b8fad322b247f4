import { ConfigError } from '../../base/errors.ts'
import { sql, w, type Sql } from '../../warehouse/index.ts'

const minute = 60_000

/**
 * Wall-clock time of a zone to UTC, as SQL without the engine's own zone data: the changes of 1970 … 2037 are worked
 * out here and become a decision tree of depth log2(changes). An hour that a change skips or repeats is read with the
 * offset in force before the change.
 * @throws ConfigError unknown_zone
 */
export function toUtc(local: Sql, zone: string): Sql {
  const spans = wallSpans(zone)
  const shift = (offset: number): Sql => {
    if (offset === 0) return local
    return offset % 60 === 0 ? w.addTime(local, -offset / 60, 'hour') : w.addTime(local, -offset, 'minute')
  }
  const tree = (from: number, to: number): Sql => {
    if (to - from === 1) return shift(spans[from]!.offset)
    const middle = (from + to) >> 1
    return sql`case when ${local} < ${new Date(spans[middle]!.from)} then ${tree(from, middle)} else ${tree(middle, to)} end`
  }
  return tree(0, spans.length)
}

interface Span {
  /** Wall-clock ms, as if it were UTC, from which the offset holds. */
  readonly from: number
  /** Minutes east of UTC. */
  readonly offset: number
}

const remembered = new Map<string, readonly Span[]>()

function wallSpans(zone: string): readonly Span[] {
  const known = remembered.get(zone)
  if (known) return known
  const offsetAt = offsets(zone)
  const spans: Span[] = [{ from: -Infinity, offset: offsetAt(Date.UTC(1970, 0, 1)) }]
  let at = Date.UTC(1970, 0, 1)
  for (let month = 1; month <= 68 * 12; month++) {
    const next = Date.UTC(1970, month, 1)
    const was = spans.at(-1)!.offset
    const will = offsetAt(next)
    if (will !== was) {
      let [low, high] = [at, next]
      while (high - low > minute) {
        const middle = Math.floor((low + high) / 2 / minute) * minute
        if (offsetAt(middle) === was) low = middle
        else high = middle
      }
      // The wall clock reads the later of the two at a change: until then the old offset is meant.
      spans.push({ from: high + Math.max(was, will) * minute, offset: will })
    }
    at = next
  }
  remembered.set(zone, spans)
  return spans
}

function offsets(zone: string): (at: number) => number {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
  } catch (cause) {
    throw new ConfigError('unknown_zone', { zone }, { cause })
  }
  return (at) => {
    const p = Object.fromEntries(format.formatToParts(at).map((x) => [x.type, Number(x.value)]))
    return Math.round(
      (Date.UTC(p.year!, p.month! - 1, p.day, p.hour, p.minute) - Math.floor(at / minute) * minute) / minute,
    )
  }
}
