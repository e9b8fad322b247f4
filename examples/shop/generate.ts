import { mkdirSync } from 'node:fs'
import { setImmediate as breathe } from 'node:timers/promises'
import { silent, type Progress } from '../../src/base/progress.ts'
import { seeded } from '../../src/base/random.ts'
import { logistics, reviews, service } from './channels/after-sales.ts'
import { marketing, web, type InterestTally } from './channels/attention.ts'
import type { Shop, Visit } from './channels/channel.ts'
import { crm } from './channels/crm.ts'
import { mall } from './channels/mall.ts'
import { till } from './channels/till.ts'
import { faultClasses, levels, type FaultClass } from './faults.ts'
import { textFile, yuan, type WrittenFile } from './output/text-file.ts'
import { openTruth } from './truth.ts'
import { dayText, firstDay, lastDay, months, slowdownDay } from './world/calendar.ts'
import { numbers } from './world/numbers.ts'
import { people } from './world/person.ts'
import { assortment, type Assortment } from './world/products.ts'
import { historyOf, limitedInterest, limitedInterestOfOthers, test, type History } from './world/purchases.ts'

export interface ShopOptions {
  /** 2,000 to 1,000,000; a smaller shop is the beginning of a larger one with the same seed. */
  readonly customers: number
  readonly seed: number
  readonly dir: string
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

/** What was planted, as counted while writing; also `truth/summary.json`. */
export interface ShopSummary {
  readonly customers: number
  readonly seed: number
  readonly from: string
  readonly to: string
  readonly files: readonly WrittenFile[]
  readonly orders: number
  readonly orderLines: number
  readonly faults: Readonly<Record<FaultClass, { count: number; found: string; zh: string; en: string }>>
  readonly completeness: { fields: string; before: number; fillable: number }
  /** Mean days between consecutive orders of high-value customers, by when the interval ended. */
  readonly cycle: { slowdown: string; before: Interval; lastHalfYear: Interval }
  /** Share of 限量款 among product views of known visitors. */
  readonly limitedInterest: { month: string; highValue: Share; others: Share }[]
  readonly test: {
    campaign: string
    from: string
    to: string
    plannedLift: number
    A: Arm
    B: Arm
    lift: number | null
  }
  readonly levels: readonly { level: string; from: number }[]
}
interface Interval {
  planned: number
  days: number | null
  months: number | null
  intervals: number
}
interface Share {
  planned: number
  share: number | null
  views: number
}
interface Arm {
  customers: number
  bought: number
  rate: number | null
}

/** Write the chain 衣百川 into `dir`: the files of its systems, and apart from them the truth. */
export async function generateShop(options: ShopOptions): Promise<ShopSummary> {
  const { customers, seed, dir, progress = silent, signal } = options
  mkdirSync(dir, { recursive: true })
  const shop: Shop = { dir, customers, seed, goods: assortment(seed), numbers: numbers(seed), truth: openTruth(dir) }
  const crmChannel = crm(shop)
  const marketingChannel = marketing(shop)
  const webChannel = web(shop)
  // the mall first: the channels behind it speak of its orders
  const channels = [
    mall(shop),
    till(shop),
    crmChannel,
    service(shop),
    reviews(shop),
    logistics(shop),
    marketingChannel,
    webChannel,
  ]
  const personAt = people(seed)
  const root = seeded(seed)
  const cycle = cycleTally()
  let orders = 0
  let orderLines = 0

  progress.step({ zh: '生成衣百川', en: 'Generating the shop' }, { total: customers, unit: 'customers' })
  for (let index = 0; index < customers; index++) {
    const person = personAt(index)
    const random = root.fork(`visit/${index}`)
    const history = historyOf(person, random.fork('history'), shop.goods)
    const visit: Visit = { person, history, random, mallOrders: [], tills: [], tickets: [] }
    for (const channel of channels) channel.visit(visit)
    orders += history.orders.length
    for (const order of history.orders) orderLines += order.lines.length
    if (person.kind === 'high_value') cycle.add(history)
    shop.truth.customer({
      person: index + 1,
      household: person.household,
      kind: person.kind,
      name: person.name.full,
      phone: person.phone,
      mall: person.mallId ?? '',
      cards: [person.cardId, person.secondCardId].filter((id) => id !== undefined),
      tills: visit.tills,
      tickets: visit.tickets,
      arm: history.arm ?? '',
    })
    if (index % 1000 === 999) {
      progress.advance(1000)
      await breathe()
      signal?.throwIfAborted()
    }
  }
  const files = [await writeProducts(dir, shop.goods)]
  for (const channel of channels) files.push(...(await channel.close()))
  const { cells, present, fillable } = crmChannel.completeness
  const { A, B } = marketingChannel.tally
  const summary: ShopSummary = {
    customers,
    seed,
    from: firstDay,
    to: lastDay,
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
    orders,
    orderLines,
    faults: Object.fromEntries(
      Object.entries(faultClasses).map(([kind, text]) => [
        kind,
        { count: shop.truth.faultCounts[kind as FaultClass], ...text },
      ]),
    ) as ShopSummary['faults'],
    completeness: {
      fields:
        'name, phone, email, gender, birth_date, region, level, channel of crm/members; not empty; fillable: with the values of the mall account that has the same phone, e-mail or card number',
      before: ratio(present, cells)!,
      fillable: ratio(fillable, cells)!,
    },
    cycle: cycle.result(),
    limitedInterest: interestByMonth(webChannel.tally),
    test: {
      campaign: test.name,
      from: dayText[test.from]!,
      to: dayText[test.from + test.days - 1]!,
      plannedLift: test.lift,
      A: { ...A, rate: ratio(A.bought, A.customers) },
      B: { ...B, rate: ratio(B.bought, B.customers) },
      lift: A.bought && B.customers ? round(B.bought / B.customers / (A.bought / A.customers) - 1) : null,
    },
    levels: levels.map(({ level, from }) => ({ level, from: from / 100 })),
  }
  await shop.truth.close(summary)
  return summary
}

function writeProducts(dir: string, goods: Assortment): Promise<WrittenFile> {
  const file = textFile(dir, 'catalog/products.csv', { header: '货号,品名,类目,品牌,吊牌价,成本,限量款,上市日期' })
  for (const p of goods.all)
    file.write(
      `${p.sku},${p.name},${p.category},衣百川,${yuan(p.price)},${yuan(p.cost)},${p.limited ? '是' : '否'},${p.launched}`,
    )
  return file.close()
}

function cycleTally() {
  const before = { sum: 0, n: 0 }
  const after = { sum: 0, n: 0 }
  const interval = ({ sum, n }: typeof before, planned: number): Interval => ({
    planned,
    days: ratio(sum, n),
    months: n ? round(sum / n / 30.4375) : null,
    intervals: n,
  })
  return {
    add({ orders }: History) {
      for (let i = 1; i < orders.length; i++) {
        const tally = orders[i]!.day < slowdownDay ? before : after
        tally.sum += orders[i]!.day - orders[i - 1]!.day
        tally.n++
      }
    },
    result: () => ({
      slowdown: dayText[slowdownDay]!,
      before: interval(before, 3),
      lastHalfYear: interval(after, 4.5),
    }),
  }
}

function interestByMonth(tally: InterestTally): ShopSummary['limitedInterest'] {
  const share = (t: { views: number; limited: number }, planned: number): Share => ({
    planned,
    share: ratio(t.limited, t.views),
    views: t.views,
  })
  return months.map((month, i) => ({
    month,
    highValue: share(tally.highValue[i]!, limitedInterest[i]!),
    others: share(tally.others[i]!, limitedInterestOfOthers),
  }))
}

const round = (n: number): number => Math.round(n * 10_000) / 10_000
const ratio = (n: number, of: number): number | null => (of ? round(n / of) : null)
