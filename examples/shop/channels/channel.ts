import type { Random } from '../../../src/base/random.ts'
import type { WrittenFile } from '../output/text-file.ts'
import type { Truth } from '../truth.ts'
import type { Numbers } from '../world/numbers.ts'
import type { Person } from '../world/person.ts'
import type { Assortment } from '../world/products.ts'
import type { History, Order } from '../world/purchases.ts'

/** What all channels of one shop share. */
export interface Shop {
  readonly dir: string
  readonly customers: number
  readonly seed: number
  readonly goods: Assortment
  readonly numbers: Numbers
  readonly truth: Truth
}

/** One person with their history, on the way through the channels. */
export interface Visit {
  readonly person: Person
  readonly history: History
  /** A stream of its own for each channel. */
  readonly random: Random
  /** The values of a sound mall account under the names of the card system; given by the mall. */
  account?: Readonly<Record<string, string>>
  /** Mall orders as the mall numbered them; filled by the mall for the channels behind it. */
  readonly mallOrders: { readonly id: string; readonly order: Order }[]
  /** Tills and tickets that know the person only by phone or e-mail. */
  readonly tills: string[]
  readonly tickets: string[]
}

/** A system of the chain: takes the persons one after another and writes its own files. */
export interface Channel {
  visit(visit: Visit): void
  close(): Promise<WrittenFile[]>
}

/** The id of the n-th order of a person: unique, with the day in front. */
export function orderId(shop: Shop, compactDay: string, person: Person, n: number): string {
  return `${compactDay}${shop.numbers.id(person.index)}${String(n).padStart(2, '0')}`
}
