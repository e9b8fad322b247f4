import { existsSync } from 'node:fs'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createFileReader } from '../../sources/index.ts'
import { headerWord } from './header-word.ts'
import { mappingOf } from './draft.ts'
import { suggestMapping } from './suggest.ts'
import { templateColumns } from './template.ts'

const reader = createFileReader()
const dir = mkdtempSync(join(tmpdir(), 'suggest-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

async function suggestionOf(text: string): Promise<ReturnType<typeof suggestMapping>> {
  const path = join(dir, 'file.csv')
  writeFileSync(path, text)
  return suggestMapping(await reader.inspect(path))
}
const mapped = (s: ReturnType<typeof suggestMapping>): Record<string, string> =>
  Object.fromEntries(s.fields.filter((f) => f.field).map((f) => [f.column, f.field!]))

describe('header words', () => {
  it.each([
    ['Invoice_No.', 'invoiceno'],
    ['ＩｎｖｏｉｃｅＮｏ', 'invoiceno'],
    [' 实付金额（元）* ', '实付金额'],
    ['Annual Income (k$)', 'annualincome'],
    ['(note)', 'note'],
  ])('%s → %s', (header, word) => expect(headerWord(header)).toBe(word))
})

describe('suggestMapping on headers as systems write them', () => {
  it('reads an order export in Chinese, with messy blanks and units', async () => {
    const s = await suggestionOf(
      '订单编号, 会员号,下单时间,实付金额(元),收货人,手机号码,备注xyz\nA1,M1,2024-05-01 10:00:00,12.50,张三,13800138000,a\nA2,M2,2024-05-02 11:00:00,99.00,李四,13900139000,b\n',
    )
    expect(s.dataset).toBe('order')
    expect(mapped(s)).toEqual({
      订单编号: 'order_id',
      会员号: 'customer_id',
      下单时间: 'ordered_at',
      '实付金额(元)': 'amount',
      收货人: 'receiver',
      手机号码: 'phone',
    })
    expect(s.fields.find((f) => f.column === '订单编号')!.reason.zh).not.toBe('')
  })

  it('finds phone, e-mail and gender by their values when the header says nothing', async () => {
    const s = await suggestionOf(
      'a,b,c,姓名\n13800138000,a@b.cn,男,张三\n13900139000,c@d.com,女,李四\n13700137000,e@f.org,女,王五\n',
    )
    expect(s.dataset).toBe('customer')
    expect(mapped(s)).toEqual({ a: 'phone', b: 'email', c: 'gender', 姓名: 'name' })
  })

  it('recognises the template and maps all its columns', async () => {
    const s = await suggestionOf(
      `${templateColumns.map((c) => c.column + (c.required ? '*' : '')).join(',')}\nC202405001,某公司,零售,华东,采购决策者,2024-01-01,2024-05-01,12,50000,2500,女装,展会,A,无\n`,
    )
    expect(s).toMatchObject({ template: true, dataset: 'customer', datasetConfidence: 1 })
    expect(s.fields.map((f) => f.field)).toEqual(templateColumns.map((c) => c.field))
  })

  it('keeps one column per field and one field per column', async () => {
    const s = await suggestionOf('customer_id,CustomerID,客户编号,id\n1,2,3,4\n')
    const fields = s.fields.map((f) => f.field).filter(Boolean)
    expect(new Set(fields).size).toBe(fields.length)
  })

  it('takes ids that a spreadsheet turned into floats as ids, and day-first dates as day-first', async () => {
    const path = join(dir, 'float.csv')
    writeFileSync(path, 'order_id,sku,qty,order date\n536365.0,a,1,13/01/2024\n536366.0,b,2,02/03/2024\n')
    const inspection = await reader.inspect(path)
    const mapping = mappingOf(suggestMapping(inspection), inspection)
    expect(mapping.fields.order_id).toEqual({ column: 'order_id', format: 'float_id' })
    expect(mapping.fields.ordered_at!.formats![0]).toBe('%d/%m/%Y')
  })
})

const data = join(import.meta.dirname, '../../../../shared/data/real')
describe.skipIf(!existsSync(data))('real files (skipped without ../shared/data)', () => {
  it.each([
    [
      'crm_sales/raw/crm_accounts.csv',
      'organisation',
      { account: 'name', sector: 'industry', employees: 'size', subsidiary_of: 'parent_id' },
    ],
    ['crm_sales/raw/crm_products.csv', 'product', { product: 'product_name', sales_price: 'price' }],
    [
      'crm_sales/raw/crm_sales_pipeline.csv',
      'order',
      { opportunity_id: 'order_id', close_value: 'amount', deal_stage: 'status' },
    ],
    ['mk_campaign/raw/marketing_campaign.csv', 'customer', { ID: 'customer_id', Dt_Customer: 'registered_at' }],
    ['mk_campaign/raw/marketing_data_messy.csv', 'customer', { ID: 'customer_id', Country: 'country' }],
    ['mk_telco_churn/raw/telco_churn.csv', 'customer', { customerID: 'customer_id', gender: 'gender' }],
    [
      'olist/orders.parquet',
      'order',
      {
        order_id: 'order_id',
        customer_id: 'customer_id',
        order_status: 'status',
        order_purchase_timestamp: 'ordered_at',
      },
    ],
    [
      'olist/order_items.parquet',
      'order_line',
      { order_id: 'order_id', order_item_id: 'line_no', product_id: 'sku', price: 'unit_price' },
    ],
    [
      'olist/order_payments.parquet',
      'payment',
      { order_id: 'order_id', payment_value: 'amount', payment_type: 'method' },
    ],
    [
      'olist/order_reviews.parquet',
      'feedback',
      { review_id: 'feedback_id', review_score: 'rating', review_comment_message: 'content' },
    ],
    ['olist/products.parquet', 'product', { product_id: 'sku', product_category_name: 'category' }],
    ['olist/customers.parquet', 'customer', { customer_id: 'customer_id', customer_city: 'city' }],
    [
      'online_retail/online_retail.parquet',
      'order_line',
      {
        InvoiceNo: 'order_id',
        StockCode: 'sku',
        Description: 'product_name',
        Quantity: 'quantity',
        InvoiceDate: 'ordered_at',
        UnitPrice: 'unit_price',
        CustomerID: 'customer_id',
        Country: 'country',
      },
    ],
    ['cdnow/cdnow_master.parquet', 'order', { customer_id: 'customer_id', date: 'ordered_at', amount: 'amount' }],
  ])('%s is %s', async (file, dataset, fields) => {
    const s = suggestMapping(await reader.inspect(join(data, file)))
    expect(s.dataset).toBe(dataset)
    expect(mapped(s)).toMatchObject(fields)
  })
})
