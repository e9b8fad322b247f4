import { table, type Column, type Table } from '../warehouse/index.ts'
import { figures } from './figures.ts'
import { goldenFields } from './golden-fields.ts'

const column = (type: Column['type'], zh: string, en: string, more: Partial<Column> = {}): Column => ({
  type,
  text: { zh, en },
  class: 'non_sensitive',
  mask: 'none',
  ...more,
})

export const purchaseTable = table({
  name: 'purchase',
  owner: 'profiles',
  text: {
    zh: '购买事实：每个订单行一行',
    en: 'Purchases: one row per order line, or per order or refund without lines',
  },
  key: ['dataset', 'batch', 'row'],
  columns: {
    person_id: column('text', '客户统一编号', 'Person; null when nobody is named', { subject: true }),
    dataset: column('text', '数据集', 'order_line, order or refund', { required: true }),
    space: column('text', '标识空间', 'Id space of order_id', { required: true }),
    source: column('text', '来源', 'Source', { required: true }),
    batch: column('bigint', '批次', 'Batch', { required: true }),
    row: column('bigint', '行号', 'Data row in the file', { required: true }),
    copy: column('int', '副本序号', '1, 2 … among exact copies in one file', { required: true }),
    order_id: column('text', '订单号', 'Order number'),
    ordered_at: column('timestamp', '下单时间', 'Ordered at (UTC); of a refund: refunded at'),
    sku: column('text', '商品编码', 'SKU'),
    product_name: column('text', '商品名称', 'Product name'),
    category: column('text', '品类', 'Category'),
    quantity: column('double', '数量', 'Quantity; negative for returns'),
    unit_price: column('decimal', '单价', 'Unit price', { unit: 'money' }),
    amount: column('decimal', '金额', 'Amount; negative for returns', { unit: 'money' }),
    kind: column('text', '类型', 'sale, return, cancellation or adjustment', { required: true }),
    channel: column('text', '渠道', 'Channel'),
    store: column('text', '门店', 'Store'),
    region: column('text', '地区', 'Region'),
    country: column('text', '国家', 'Country'),
  },
})

export const profileTable: Table = table({
  name: 'profile',
  owner: 'profiles',
  text: { zh: '客户档案：每位客户一行', en: 'Profiles: one row per person' },
  key: ['person_id'],
  columns: {
    person_id: column('text', '客户统一编号', 'Person', { subject: true, required: true }),
    ...(Object.fromEntries(goldenFields.map((f): [string, Column] => [f.name, f.column])) as Record<string, Column>),
    ...Object.fromEntries(
      figures.map((f): [string, Column] => [
        f.name,
        column(f.type, f.text.zh, f.text.en, f.unit ? { unit: f.unit } : {}),
      ]),
    ),
    tags: column('text', '标签', 'Tags, comma between: 待补充 and those of the sources'),
    name_pinyin: column('text', '姓名拼音', 'Pinyin of the name, for search and order', {
      class: 'sensitive',
      mask: 'redact',
    }),
    name_initials: column('text', '姓名首字母', 'Initials of the name, for search', {
      class: 'sensitive',
      mask: 'redact',
    }),
  },
})

const scratch = (name: string, zh: string, en: string, columns: Record<string, Column>): Table =>
  table({ name, owner: 'profiles', text: { zh, en }, key: [], scratch: true, columns })

export const profileStateTable = scratch('profile_state', '档案状态', 'What the last build saw', {
  stamp: column('text', '输入标记', 'Batches, identity and definitions that were built from'),
  trust: column('json', '来源可信顺序', 'Sources, the most trusted first'),
})

export const profileTables: readonly Table[] = [purchaseTable, profileTable, profileStateTable]
