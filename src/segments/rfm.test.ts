import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { raw, sql, type Row } from '../warehouse/index.ts'
import { openPurchaseWorld, type PurchaseWorld } from '../testing/purchase-world.ts'
import { defaultRfm, levelOf, rfmLevels } from './rfm-levels.ts'
import { rfmQuery } from './rfm-query.ts'
import { calendar } from './local-time.ts'

let world: PurchaseWorld | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

const period = { asOf: '2024-07-01', windowDays: 365 }
const buy = (person_id: string, order_id: string, at: string, amount: number, more: Row = {}): Row => ({
  person_id,
  order_id,
  ordered_at: at,
  amount,
  ...more,
})

describe('RFM', () => {
  it('scores by percent rank with ties at their middle rank', async () => {
    world = await openPurchaseWorld()
    await world.fill('purchase', [
      buy('a', '1', '2024-06-30 10:00:00', 100),
      buy('a', '1', '2024-06-30 10:00:00', 20),
      buy('a', '2', '2024-05-01', 30),
      buy('b', '3', '2024-06-20', 80),
      buy('c', '4', '2024-06-20', 50),
      buy('d', '5', '2022-01-01', 9000),
      // None of these is a valid sale of a known customer before the as-of day.
      buy('e', '6', '2024-06-01', 10, { kind: 'return' }),
      buy('a', '7', '2024-06-01', -5),
      buy('a', '8', '2024-06-01', 5, { quantity: -1 }),
      buy('a', '9', '2024-07-01', 999),
      { ...buy('a', '10', '2024-06-01', 999), person_id: null },
    ])
    const rows = await world.warehouse.query(
      sql`select * from (${rfmQuery(period, defaultRfm, calendar('UTC'))}) x order by person_id`,
    )
    expect(rows.map((x) => [x['person_id'], x['recency_days'], x['frequency'], x['monetary']])).toEqual([
      ['a', 1, 2, 150],
      ['b', 11, 1, 80],
      ['c', 11, 1, 50],
      ['d', 912, 0, 0],
    ])
    // n = 4. R: d 0, b and c share ranks 1 and 2 → 1.5 / 3, a 3 / 3. F: d 0, b and c 1.5 / 3, a 3 / 3. M: 0, 1, 2, 3 of 3.
    expect(rows.map((x) => [x['r'], x['f'], x['m']])).toEqual([
      [100, 100, 100],
      [50, 50, 200 / 3],
      [50, 50, 100 / 3],
      [0, 0, 0],
    ])
    expect(rows.map((x) => x['rfm'])).toEqual([100, (100 + 200 / 3) / 3, (100 + 100 / 3) / 3, 0])
    expect(rows.map((x) => x['level'])).toEqual(['high_value', 'ordinary', 'ordinary', 'at_risk'])
  })

  it('gives the level of the founding document and one to everybody else, as SQL and as a function', () => {
    const level = (r: number, f: number, m: number): string => levelOf({ r, f, m }, defaultRfm).id
    expect(level(80, 80, 80)).toBe('high_value')
    expect(level(59.9, 80, 80)).toBe('potential')
    expect(level(39.9, 59.9, 59.9)).toBe('at_risk')
    expect(level(60, 80, 80)).toBe('key_keep')
    expect(level(79.9, 90, 90)).toBe('key_keep')
    expect(level(10, 79, 80)).toBe('key_develop')
    expect(level(10, 80, 79)).toBe('frequent')
    expect(level(60, 10, 10)).toBe('growing')
    expect(level(39, 60, 10)).toBe('win_back')
    expect(level(40, 10, 10)).toBe('ordinary')
    const seen = new Set<string>()
    for (let r = 0; r <= 100; r += 2.5)
      for (let f = 0; f <= 100; f += 2.5) for (let m = 0; m <= 100; m += 2.5) seen.add(level(r, f, m))
    expect([...seen].sort()).toEqual(rfmLevels.map((l) => l.id).sort())
  })

  it('follows the workspace zone, edited thresholds, and leaves copies out when told', async () => {
    world = await openPurchaseWorld()
    await world.fill('purchase', [
      // 2024-06-30 23:00 UTC is the 1st of July in Shanghai: outside of the period.
      buy('a', '1', '2024-06-30 23:00:00', 100),
      buy('a', '2', '2024-06-29 17:00:00', 40),
      buy('a', '2', '2024-06-29 17:00:00', 40, { copy: 2 }),
    ])
    const rows = async (zone: string, settings = defaultRfm): Promise<Row[]> =>
      world!.warehouse.query(rfmQuery(period, settings, calendar(zone)))
    expect(await rows('UTC')).toMatchObject([
      { recency_days: 1, frequency: 2, monetary: 180, r: 100, level: 'high_value' },
    ])
    expect(await rows('Asia/Shanghai')).toMatchObject([{ recency_days: 1, frequency: 1, monetary: 80 }])
    expect(await rows('Asia/Shanghai', { ...defaultRfm, withoutCopies: true })).toMatchObject([{ monetary: 40 }])
    expect(await rows('UTC', { ...defaultRfm, high: 101, potentialRecency: 101 })).toMatchObject([
      { level: 'ordinary' },
    ])
  })

  it('is empty without purchases', async () => {
    world = await openPurchaseWorld()
    expect(await world.warehouse.query(rfmQuery(period, defaultRfm, calendar('UTC')))).toEqual([])
  })
})

const reference = join(import.meta.dirname, '../../../shared/data/stats/onlineretail')

describe.skipIf(!existsSync(reference))(
  'RFM of the public Online Retail data (skipped where ../shared/data is absent)',
  () => {
    it('equals the published figures and every reference score', async () => {
      world = await openPurchaseWorld()
      copyFileSync(join(reference, 'onlineretail.parquet'), join(world.dir, 'x.parquet'))
      const file = raw(`read_parquet('${join(world.dir, 'x.parquet').replaceAll("'", "''")}')`)
      await world.warehouse.transaction((writer) =>
        writer.run(sql`
        insert into purchase (person_id, dataset, space, source, batch, "row", copy, order_id, ordered_at, sku, quantity, unit_price, amount, kind)
        select cast(CustomerID as varchar), 'order_line', 's', 's', 1, row_number() over (), 1, InvoiceNo, InvoiceDate, StockCode, Quantity, UnitPrice,
          Quantity * UnitPrice, case when InvoiceNo like 'C%' or Quantity < 0 then 'return' else 'sale' end
        from ${file}`),
      )
      // 400 days: the reference counts all lines of the file.
      const query = rfmQuery({ asOf: '2011-12-10', windowDays: 400 }, defaultRfm, calendar('UTC'))
      const rows = await world.warehouse.query<
        Row & { person_id: string; recency_days: number; frequency: number; monetary: number }
      >(query)
      expect(rows).toHaveLength(4338)
      const mean = (name: 'recency_days' | 'frequency' | 'monetary'): number =>
        rows.reduce((sum, x) => sum + x[name], 0) / rows.length
      expect(mean('recency_days')).toBeCloseTo(93.0595, 4)
      expect(mean('frequency')).toBeCloseTo(4.272, 3)
      expect(mean('monetary')).toBeCloseTo(2054.2665, 3)
      expect(Math.max(...rows.map((x) => x.monetary))).toBe(280206.02)

      const expected = readFileSync(join(reference, 'rfm_scores.csv'), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(','))
      const found = new Map(rows.map((x) => [x.person_id, x]))
      const different = expected.filter(([customer, , frequency, monetary, recency, r, f, m, segment]) => {
        const x = found.get(customer!)
        return (
          !x ||
          x.frequency !== Number(frequency) ||
          Math.abs(x.monetary - Number(monetary)) > 0.0051 ||
          x.recency_days !== Number(recency) ||
          x['r5'] !== Number(r) ||
          x['f5'] !== Number(f) ||
          x['m5'] !== Number(m) ||
          x['quintile_segment'] !== segment
        )
      })
      expect(different).toEqual([])
      const sizes = await world.warehouse.query<{ s: string; n: number }>(
        sql`select quintile_segment as s, count(*) as n from (${query}) x group by 1`,
      )
      expect(Object.fromEntries(sizes.map((x) => [x.s, x.n]))).toEqual({
        champions: 633,
        loyal: 812,
        hibernating: 1073,
        at_risk: 598,
        potential_loyalist: 481,
        about_to_sleep: 352,
        need_attention: 188,
        promising: 94,
        cant_lose: 65,
        new: 42,
      })
      // The scores are ranks: their mean is 50, and every level of the SQL is the level of the function.
      expect(rows.reduce((sum, x) => sum + (x['r'] as number), 0) / rows.length).toBeCloseTo(50, 9)
      for (const x of rows) expect(x['level']).toBe(levelOf(x as never, defaultRfm).id)
    })
  },
)
