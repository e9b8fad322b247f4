import type { Random } from '../../../src/base/random.ts'
import type { CalendarDate } from './calendar.ts'

const fullWidth = (text: string): string => text.replace(/[0-9]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))

/** The same phone as people and systems write it: one in five differs in form, none in meaning. */
export function phoneForm(phone: string, random: Random): string {
  if (random.next() > 0.2) return phone
  const parts = [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)]
  switch (random.int(5)) {
    case 0:
      return `+86${phone}`
    case 1:
      return `+86 ${parts.join('-')}`
    case 2:
      return parts.join(' ')
    case 3:
      return fullWidth(phone)
    default:
      return parts.join('-')
  }
}

/** The same address in another case. */
export function emailForm(email: string, random: Random): string {
  const roll = random.next()
  if (roll < 0.06) return email.toUpperCase()
  return roll < 0.1 ? email[0]!.toUpperCase() + email.slice(1) : email
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n))
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Five ways to write a date beside the standard YYYY-MM-DD; each can be read in one way only. */
export const dateStyles: readonly ((date: CalendarDate) => string)[] = [
  ({ y, m, d }) => `${y}/${m}/${d}`,
  ({ y, m, d }) => `${y}${two(m)}${two(d)}`,
  ({ y, m, d }) => `${y}年${m}月${d}日`,
  ({ y, m, d }) => `${y}.${two(m)}.${two(d)}`,
  ({ y, m, d }) => `${two(d)}-${monthNames[m - 1]}-${y}`,
]
