import { afterEach, describe, expect, it } from 'vitest'
import { seeded } from '../base/random.ts'
import { analysisSuite, openInsightWorld, tinyScope, tinyShop, type AnalysisGolden } from '../testing/analysis-suite.ts'
import type { SmallGround } from '../testing/small-ground.ts'
import type { Row } from '../warehouse/index.ts'
import { analyses } from './registry.gen.ts'

const goldens: Readonly<Record<string, AnalysisGolden>> = {
  monthly_sales: {
    rows: [
      { month: '2024-01', revenue: 100, orders: 1, customers: 1 },
      { month: '2024-04', revenue: 310, orders: 2, customers: 2 },
      { month: '2024-06', revenue: 70, orders: 2, customers: 2 },
    ],
    figures: { revenue: 480, orders: 5 },
  },
  aov_trend: {
    rows: [
      { month: '2024-01', aov: 100, median: 100, orders: 1 },
      { month: '2024-04', aov: 155, median: 155, orders: 2 },
      { month: '2024-06', aov: 35, median: 35, orders: 2 },
    ],
    figures: { aov: 96, slope: null },
  },
  repurchase: {
    rows: [
      { month: '2024-01', buyers: 1, returning: 0, rate: 0 },
      { month: '2024-04', buyers: 2, returning: 1, rate: 0.5 },
      { month: '2024-06', buyers: 2, returning: 1, rate: 0.5 },
    ],
    figures: { rate: 1 / 3, before: null, buyers: 3 },
  },
  returns: {
    rows: [
      { group: 'T恤', sold: 4, returned: 1, rate: 0.25, returned_amount: 30, amount_share: 30 / 180 },
      { group: '羽绒服', sold: 2, returned: 0, rate: 0, returned_amount: 0, amount_share: 0 },
    ],
    figures: { rate: 1 / 6, returned: 1 },
  },
  sales_contribution: {
    params: { by: 'category' },
    rows: [
      { group: '羽绒服', customers: 2, amount: 300, share: 0.625, cumulative: 0.625 },
      { group: 'T恤', customers: 3, amount: 180, share: 0.375, cumulative: 1 },
    ],
  },
  category_affinity: {
    params: { minCustomers: 1 },
    rows: [
      { first: '羽绒服', second: 'T恤', customers: 2, support: 2 / 3, confidence: 1, lift: 1 },
      { first: 'T恤', second: '羽绒服', customers: 2, support: 2 / 3, confidence: 2 / 3, lift: 1 },
    ],
  },
  // R: a 11 days, c 30, b 77 → 100, 50, 0. F: 3, 1, 1 → 100, 25, 25. M: b 250, a 200, c 30 → 100, 50, 0.
  rfm_levels: {
    rows: [
      {
        level: 'key_develop',
        customers: 1,
        customer_share: 0.25,
        amount: 250,
        amount_share: 250 / 480,
        avg_recency: 77,
        avg_frequency: 1,
        avg_order_value: 250,
        top_category: 'T恤',
      },
      {
        level: 'frequent',
        customers: 1,
        customer_share: 0.25,
        amount: 200,
        amount_share: 200 / 480,
        avg_recency: 11,
        avg_frequency: 3,
        avg_order_value: 200 / 3,
        top_category: 'T恤',
      },
      {
        level: 'ordinary',
        customers: 1,
        customer_share: 0.25,
        amount: 30,
        amount_share: 30 / 480,
        avg_recency: 30,
        avg_frequency: 1,
        avg_order_value: 30,
        top_category: 'T恤',
      },
      {
        level: 'no_purchase',
        customers: 1,
        customer_share: 0.25,
        amount: 0,
        amount_share: 0,
        avg_recency: null,
        top_category: null,
      },
    ],
    figures: { customers: 4, amount: 480 },
  },
  // The gaps of a: 91 and 71 days, median 81; b and c have none of their own.
  lifecycle_stages: {
    rows: [
      { stage: 'prospect', customers: 1, share: 0.25, cycle: null },
      { stage: 'new', customers: 1, share: 0.25, cycle: 81, silent: 30 },
      { stage: 'active', customers: 2, share: 0.5, cycle: 81, silent: 44 },
    ],
  },
  distribution: {
    rows: [
      { value: '广东省', customers: 2, share: 0.5 },
      { value: '浙江省', customers: 1, share: 0.25 },
      { value: null, customers: 1, share: 0.25 },
    ],
  },
  purchase_cycle: { tooLittle: true },
  interest_trend: { rows: [] },
}

analysisSuite(analyses, goldens)

let ground: SmallGround | undefined
afterEach(async () => {
  await ground?.close()
  ground = undefined
})
const day = (back: number): string =>
  new Date(Date.UTC(2024, 6, 1) - back * 86_400_000 + 36_000_000).toISOString().slice(0, 19)

/** Buyers at a rhythm of `before` days until half a year before the as-of day, of `after` days since. */
function rhythm(prefix: string, people: number, before: number, after: number, amount: number): Row[] {
  const random = seeded(prefix)
  const rows: Row[] = []
  for (let i = 0; i < people; i++) {
    for (let back = 720 + random.int(before); back > 0;) {
      rows.push({
        person_id: `${prefix}${i}`,
        order_id: `${prefix}${i}-${back}`,
        ordered_at: day(back),
        amount: amount + random.int(50),
        category: 'x',
      })
      back -= Math.max(5, Math.round((back > 182 ? before : after) * (1 + 0.15 * random.normal())))
    }
  }
  return rows
}

describe('the purchase cycle', () => {
  it('finds that the cycle of high-value customers grew from 3 to 4.5 months, and of nobody else', async () => {
    const purchase = [...rhythm('high', 150, 91, 137, 900), ...rhythm('rest', 450, 150, 150, 60)]
    const people = [...new Set(purchase.map((p) => p['person_id']))]
    const world = await openInsightWorld({ profile: people.map((person_id) => ({ person_id })), purchase })
    ground = world.ground
    const result = await world.insight.run('purchase_cycle', tinyScope)
    const high = result.rows.find((r) => r['group'] === 'high')!
    const rest = result.rows.find((r) => r['group'] === 'other')!
    expect(high['customers']).toBeGreaterThan(100)
    expect(Math.abs((high['before'] as number) - 91)).toBeLessThan(8)
    expect(Math.abs((high['after'] as number) - 137)).toBeLessThan(12)
    expect(high['p']).toBeLessThan(0.001)
    expect(Math.abs(rest['change'] as number)).toBeLessThan(0.1)
    const told = result.findings!.map((f) => f.text.zh)
    expect(told.filter((t) => t.startsWith('高价值群'))).toHaveLength(1)
    expect(told.find((t) => t.startsWith('高价值群'))).toMatch(/由 (2\.9|3\.0|3\.1|3\.2) 个月拉长到 4\.[1-8] 个月/)
    expect(told.some((t) => t.startsWith('其他客户'))).toBe(false)
  })
})

describe('the interest trend', () => {
  const products = [
    ...Array.from({ length: 5 }, (_, i) => ({ sku: `L${i}`, limited: true })),
    ...Array.from({ length: 20 }, (_, i) => ({ sku: `N${i}`, limited: false })),
  ]
  const shop = (share: (month: number) => number): Readonly<Record<string, readonly Row[]>> => {
    const random = seeded(11)
    const sku = (month: number): string => (random.chance(share(month)) ? `L${random.int(5)}` : `N${random.int(20)}`)
    const at = (month: number): string =>
      new Date(Date.UTC(2023, 7 + month, 1 + random.int(28), 4)).toISOString().slice(0, 19)
    return {
      product: products,
      profile: [{ person_id: 'p', region: '广东省' }],
      event: Array.from({ length: 3000 }, (_, i) => ({
        event: 'view',
        occurred_at: at(i % 11),
        sku: sku(i % 11),
        customer_id: 'c',
      })),
      purchase: Array.from({ length: 1000 }, (_, i) => ({
        person_id: 'p',
        order_id: String(i),
        ordered_at: at(i % 11),
        sku: `N${i % 20}`,
        amount: 10,
      })),
    }
  }

  it('finds a falling interest in limited editions', async () => {
    const world = await openInsightWorld(shop((month) => 0.3 - 0.02 * month))
    ground = world.ground
    const result = await world.insight.run('interest_trend', tinyScope)
    expect(result.findings).toHaveLength(1)
    expect(result.findings![0]!.text.zh).toMatch(
      /限量款的浏览占比由 (2|3)\d(\.\d)?% 降至 (9|1\d)(\.\d)?%（11 个月，p < 0.001）/,
    )
    expect(result.rows.reduce((sum, r) => sum + (r['all_views'] as number), 0)).toBe(3000)
  })

  it('finds nothing where nothing is', async () => {
    const world = await openInsightWorld(shop(() => 0.2))
    ground = world.ground
    expect((await world.insight.run('interest_trend', tinyScope)).findings).toEqual([])
  })
})

describe('dimensions of an analysis', () => {
  it('answer by each of their choices without a fault', async () => {
    const world = await openInsightWorld(tinyShop)
    ground = world.ground
    const run = (id: string, params: unknown) => world.insight.run(id, tinyScope, params)
    for (const by of ['decile', 'channel', 'region', 'store', 'level']) {
      const result = await run('sales_contribution', { by })
      expect(result.rows.reduce((sum, r) => sum + (r['amount'] as number), 0)).toBe(480)
    }
    for (const by of ['month', 'channel', 'store', 'region', 'product_name']) {
      const result = await run('returns', { by })
      expect(result.rows.reduce((sum, r) => sum + (r['sold'] as number), 0)).toBe(6)
    }
    for (const field of ['age', 'orders', 'level', 'last_order_at', 'name']) {
      const result = await run('distribution', { field })
      expect(result.rows.reduce((sum, r) => sum + (r['customers'] as number), 0)).toBe(4)
    }
    await expect(run('distribution', { field: 'id_card' })).rejects.toThrow(/id_card/)
    for (const of of ['sku', 'product_name'])
      expect((await run('category_affinity', { of, minCustomers: 1 })).columns).toHaveLength(6)
    await expect(run('category_affinity', {})).rejects.toThrow(/buyers/)
  })
})
