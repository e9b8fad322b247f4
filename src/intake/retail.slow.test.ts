import { existsSync, mkdirSync, statSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sql } from '../warehouse/index.ts'
import type { Mapping } from './contract.ts'
import { openBench } from './testing/ground.ts'

const archive = join(import.meta.dirname, '../../../shared/data/real/online_retail/raw/by-day-305-csv.tar.gz')

export const retailMapping: Mapping = {
  dataset: 'order_line',
  zone: 'Europe/London',
  currency: 'GBP',
  phoneCountry: 'GB',
  fields: {
    order_id: { column: 'InvoiceNo' },
    customer_id: { column: 'CustomerID' },
    ordered_at: { column: 'InvoiceDate' },
    sku: { column: 'StockCode' },
    product_name: { column: 'Description' },
    quantity: { column: 'Quantity' },
    unit_price: { column: 'UnitPrice' },
    country: { column: 'Country' },
    kind: {
      cases: [
        { when: "InvoiceNo ~ 'C.*'", then: 'cancellation' },
        { when: "InvoiceNo ~ 'A.*'", then: 'adjustment' },
      ],
    },
  },
}

describe.skipIf(!existsSync(archive))(
  'the 305 daily files of UCI Online Retail (skipped without ../shared/data)',
  () => {
    it('takes every row once, marks copies and counts rows without a customer', { timeout: 120_000 }, async () => {
      const bench = await openBench()
      try {
        const dir = join(bench.home, 'files')
        mkdirSync(dir, { recursive: true })
        execFileSync('tar', ['xzf', archive, '-C', dir])
        await bench.intake.putSource(
          'retail',
          { connector: 'file', config: { path: dir }, mapping: retailMapping },
          { actor: 'test' },
        )
        const started = performance.now()
        const batches = await bench.intake.take('retail')
        if (process.env.FIGURES) console.log('seconds', (performance.now() - started) / 1000)
        expect(batches).toHaveLength(305)
        expect(await bench.intake.figures('retail')).toMatchObject({
          rows_read: 541_909,
          stored: 541_909,
          duplicate: 0,
          quarantined: 0,
          skipped: 0,
          copies: 5_268,
          rows_without_customer: 135_080,
        })
        const [sums] =
          await bench.query(sql`select count(distinct customer_id) as customers, cast(sum(amount) as double) as net,
  count(case when kind = 'cancellation' then 1 end) as cancelled, count(case when kind = 'adjustment' then 1 end) as adjusted,
  sum(case when customer_id is not null and quantity > 0 and unit_price > 0 then amount end) as valid,
  count(case when customer_id is not null and quantity > 0 and unit_price > 0 then 1 end) as valid_rows,
  min(ordered_at) as first_at, max(ordered_at) as last_at
from order_line`)
        expect(sums).toMatchObject({ customers: 4372, cancelled: 9288, adjusted: 3, valid_rows: 397_884 })
        expect(Number(sums!.net)).toBeCloseTo(9_747_747.93, 1)
        expect(Number(sums!.valid)).toBeCloseTo(8_911_407.9, 1)
        expect(await bench.intake.take('retail')).toEqual([])
        expect(statSync(dir).isDirectory()).toBe(true)
      } finally {
        await bench.close()
      }
    })
  },
)
