/** Two years, 2024-11-01 to 2026-10-31, local time of Asia/Shanghai. Days are numbered from 0; no clock is read. */
const start = Date.UTC(2024, 10, 1)
const msPerDay = 86_400_000

export const days = 730
export const firstDay = '2024-11-01'
export const lastDay = '2026-10-31'

const two = (n: number): string => (n < 10 ? `0${n}` : String(n))

export interface CalendarDate {
  readonly y: number
  readonly m: number
  readonly d: number
}

export function dateAt(day: number): CalendarDate {
  const date = new Date(start + day * msPerDay)
  return { y: date.getUTCFullYear(), m: date.getUTCMonth() + 1, d: date.getUTCDate() }
}

export const iso = ({ y, m, d }: CalendarDate): string => `${y}-${two(m)}-${two(d)}`

/** `2026-05-01` → its number. */
export const dayOf = (text: string): number => (Date.parse(text) - start) / msPerDay

/** By day number: `2025-03-01`, `20250301`, and the month's number 0–23. A tail of 60 days is for deliveries. */
export const dayText = Array.from({ length: days + 60 }, (_, day) => iso(dateAt(day)))
export const dayCompact = dayText.map((text) => text.replaceAll('-', ''))
export const monthOfDay = dayText.map((text) => (Number(text.slice(0, 4)) - 2024) * 12 + Number(text.slice(5, 7)) - 11)
export const months = [...new Set(dayText.slice(0, days).map((text) => text.slice(0, 7)))]

const minuteText = Array.from({ length: 1440 }, (_, i) => `${two(Math.floor(i / 60))}:${two(i % 60)}`)
const secondText = Array.from({ length: 60 }, (_, i) => two(i))

/** `2025-03-01 14:05:09` */
export function timeText(day: number, minute: number, second: number): string {
  return `${dayText[day]} ${minuteText[minute]}:${secondText[second]}`
}

/** The day from which high-value customers come back more slowly and care less for limited editions. */
export const slowdownDay = dayOf('2026-05-01')
export const slowdownMonth = monthOfDay[slowdownDay]!
/** Ordinary customers hold back in the weeks before Double 11. */
export const beforeDouble11 = (day: number): boolean =>
  dayText[day]!.slice(5, 7) === '10' && Number(dayText[day]!.slice(8)) >= 8
