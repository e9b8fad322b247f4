import type { Random } from '../../../src/base/random.ts'
import { beforeDouble11, dayOf, days, monthOfDay, slowdownDay, slowdownMonth } from './calendar.ts'
import type { Kind, Person } from './person.ts'
import type { Assortment, Product } from './products.ts'

export interface Line {
  readonly product: Product
  readonly quantity: number
  /** Paid, in fen. */
  readonly amount: number
  /** Day on which the line came back; 0 = kept. */
  readonly returned: number
}
export interface Order {
  readonly day: number
  readonly minute: number
  readonly second: number
  readonly channel: 'mall' | 'till'
  readonly lines: readonly Line[]
  readonly amount: number
  readonly campaign?: string
  readonly cancelled?: boolean
}
export interface History {
  /** By day. */
  readonly orders: readonly Order[]
  /** Sales less returns, without cancelled orders, in fen. */
  readonly spent: number
  readonly arm?: 'A' | 'B'
  readonly boughtInTest: boolean
}

/** The test of the strategy: high-value customers with a mall account, 60 days. */
export const test = { name: '限量款提前购+专属搭配师', from: dayOf('2026-08-15'), days: 60, share: 0.4, lift: 0.35 }
/**
 * Share of high-value customers who buy within the test's window by themselves, found by simulating `gapsOf`
 * (40,000 customers: 0.422). Buyers are added in arm B so that its share is `1 + lift` times that.
 */
const naturalShare = 0.422

/** Interest of high-value customers in 限量款 by month: flat, then falling over the last half-year. */
export const limitedInterest = Array.from({ length: 24 }, (_, month) =>
  month < slowdownMonth ? 0.32 : [0.29, 0.26, 0.22, 0.18, 0.15, 0.12][month - slowdownMonth]!,
)
export const limitedInterestOfOthers = 0.06

// mean days between orders, spread (sigma of the log), mean lines of an order
const habits: Readonly<Record<Kind, readonly [gap: number, spread: number, lines: number]>> = {
  high_value: [91.3, 0.2, 3],
  frequent: [75, 0.3, 1.4],
  regular: [250, 0.4, 3.8],
  occasional: [400, 0.4, 4.8],
  lapsed: [150, 0.4, 3],
  fresh: [120, 0.5, 3],
  once: [9999, 0, 1.5],
}
/** From `slowdownDay` on: gaps that END in the last half-year then average 4.5 months (137 days), measured. */
const slowGap = [150, 0.3] as const

export function historyOf(person: Person, random: Random, goods: Assortment): History {
  const time = random.fork('time')
  const basket = random.fork('basket')
  let visits = orderDays(person.kind, time).filter(
    (day) => person.kind === 'high_value' || !beforeDouble11(day) || time.chance(0.4),
  )
  const trial = person.kind === 'high_value' && person.mallId && !person.silentMall ? random.fork('test') : undefined
  const arm = trial?.chance(test.share) ? (trial.chance(0.5) ? 'B' : 'A') : undefined
  const inWindow = (day: number) => day >= test.from && day < test.from + test.days
  let extra = -1
  if (arm === 'B' && !visits.some(inWindow) && trial!.chance((test.lift * naturalShare) / (1 - naturalShare))) {
    extra = test.from + trial!.int(test.days)
    // who came earlier does not come again at the old date
    visits = [...visits.filter((day) => day < extra), extra]
  }
  const orders = visits.map((day): Order => {
    const channel =
      person.mallId && !person.silentMall ? (basket.chance(person.cardId ? 0.65 : 0.9) ? 'mall' : 'till') : 'till'
    const lines = linesOf(person.kind, day, basket, goods)
    return {
      day,
      minute: 540 + basket.int(780),
      second: basket.int(60),
      channel,
      lines,
      amount: sum(lines),
      campaign: day === extra ? test.name : undefined,
    }
  })
  const spent = orders.reduce((all, o) => all + o.lines.reduce((s, l) => s + (l.returned ? 0 : l.amount), 0), 0)
  return { orders, spent, arm, boughtInTest: visits.some(inWindow) }
}

function orderDays(kind: Kind, random: Random): number[] {
  const [mean, spread] = habits[kind]
  const gap = (m: number, s: number) => m * Math.exp(s * random.normal() - (s * s) / 2)
  const first = kind === 'fresh' ? 545 : 0
  const end = kind === 'lapsed' ? 200 + random.int(220) : days
  const found: number[] = []
  for (let t = first + random.next() * Math.min(mean, kind === 'fresh' ? 180 : days); t < end;) {
    found.push(Math.floor(t))
    let next = t + Math.max(2, gap(mean, spread))
    if (kind === 'high_value' && next >= slowdownDay) next = Math.max(slowdownDay, t + gap(...slowGap))
    t = next
  }
  return found
}

function linesOf(kind: Kind, day: number, random: Random, goods: Assortment): Line[] {
  const interest = kind === 'high_value' ? limitedInterest[monthOfDay[day]!]! : limitedInterestOfOthers
  const usual = kind === 'high_value' ? goods.premium : kind === 'frequent' ? goods.budget : goods.ordinary
  const lines: Line[] = []
  const count = Math.min(8, 1 + poisson(habits[kind][2] - 1, random))
  let total = 0
  for (let i = 0; i < count; i++) {
    const product = popular(random.chance(interest) ? goods.limited : usual, random)
    const quantity = product.price < 20_000 && random.chance(0.1) ? 2 : 1
    const amount = Math.round((product.price * quantity * (100 - 5 * random.int(5))) / 100)
    const back = random.chance(0.025) ? day + 3 + random.int(15) : 0
    // no sound order comes near ten times the mean: only planted ones are outliers
    if (total + amount > 420_000) break
    total += amount
    lines.push({ product, quantity, amount, returned: back < days ? back : 0 })
  }
  return lines
}

/** Few products sell much, many sell little. */
function popular(products: readonly Product[], random: Random): Product {
  return products[Math.floor(products.length * random.next() ** 1.6)]!
}

function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean)
  let n = 0
  for (let p = random.next(); p > limit; p *= random.next()) n++
  return n
}

const sum = (lines: readonly Line[]): number => lines.reduce((all, l) => all + l.amount, 0)
