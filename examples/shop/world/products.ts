import { seeded } from '../../../src/base/random.ts'
import { dateAt, iso } from './calendar.ts'

export interface Product {
  readonly sku: string
  readonly name: string
  readonly category: string
  /** List price in fen. */
  readonly price: number
  readonly cost: number
  /** 限量款 */
  readonly limited: boolean
  readonly launched: string
}

// category, lowest and highest price in yuan
const categories = [
  ['T恤', 59, 199],
  ['衬衫', 99, 399],
  ['连衣裙', 159, 699],
  ['牛仔裤', 129, 459],
  ['羽绒服', 399, 1299],
  ['大衣', 399, 1299],
  ['针织衫', 129, 499],
  ['半身裙', 99, 399],
  ['运动鞋', 199, 799],
  ['配饰', 59, 259],
] as const
const series = ['山岚', '云起', '溪行', '听松', '晚樱', '初雪', '海盐', '青瓷', '月白', '黛蓝']
const cuts = ['修身', '宽松', '经典', '都市', '复古', '轻量']

export interface Assortment {
  readonly all: readonly Product[]
  readonly limited: readonly Product[]
  readonly premium: readonly Product[]
  readonly budget: readonly Product[]
  readonly ordinary: readonly Product[]
}

/** 400 products, the same for every size of the shop; about one in seven is 限量款. */
export function assortment(seed: number): Assortment {
  const random = seeded(seed).fork('products')
  const all = Array.from({ length: 400 }, (_, i): Product => {
    const limited = i % 7 === 3
    const [category, low, high] = limited
      ? random.pick(categories.filter((c) => c[2] >= 459))
      : categories[i % categories.length]!
    const from = limited ? Math.max(low, 399) : low
    const yuan = Math.min(1299, from + Math.round(random.next() ** 1.5 * (Math.max(high, from + 100) - from)))
    return {
      sku: `YB${String(10001 + i)}`,
      name: `${random.pick(series)}${random.pick(cuts)}${category}${limited ? '(限量款)' : ''}`,
      category,
      price: yuan * 100,
      cost: Math.round(yuan * (0.35 + 0.15 * random.next())) * 100,
      limited,
      launched: iso(dateAt(-1 - random.int(700))),
    }
  })
  const plain = all.filter((p) => !p.limited)
  return {
    all,
    limited: all.filter((p) => p.limited),
    premium: plain.filter((p) => p.price >= 30_000),
    budget: plain.filter((p) => p.price <= 19_900),
    ordinary: plain.filter((p) => p.price <= 59_900),
  }
}
