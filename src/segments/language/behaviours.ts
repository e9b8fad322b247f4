import type { Text } from '../../base/text.ts'
import { raw, sql, w, type Sql } from '../../warehouse/index.ts'
import { saleDefinition, validSale } from '../sales.ts'

/** Something people do, counted within a window: rows `t` of a table with a person, a time and filterable columns. */
export interface Behaviour {
  readonly name: string
  readonly text: Text
  readonly table: string
  /** Rows that belong to a customer by `space` and `customer_id` are joined to the person by the identity keys. */
  readonly by: 'person_id' | 'customer_id'
  readonly time: string
  readonly where?: Sql
  /** A smaller table with the same people and times that answers these measures when nothing is filtered. */
  readonly compact?: { readonly table: string; readonly measures: Readonly<Record<string, Sql>> }
  /** What a text argument means: `events.count('view')`. */
  readonly named?: readonly string[]
  readonly measures: Readonly<Record<string, Measure>>
}

export interface Measure {
  readonly text: Text
  readonly type: 'number' | 'money' | 'bool'
  /** An aggregate over the rows `t`. */
  readonly value: Sql
  /** What people without any row have. */
  readonly none: 0 | null | false
  /** A text argument compares this column: `bought.category('羽绒服')`. */
  readonly column?: string
  /** Measured against the as-of day, so a window makes no sense. */
  readonly days?: true
}

const t = raw('t')
const orderKey = w.concat(
  sql`t.space`,
  sql`'|'`,
  sql`coalesce(t.order_id, ${w.timeText(w.dateTrunc('day', sql`t.ordered_at`))})`,
)
const count = (text: Text): Measure => ({ text, type: 'number', value: sql`count(*)`, none: 0 })
const last = (text: Text): Measure => ({ text, type: 'number', value: sql`max(t.happened_at)`, none: null, days: true })
const first = (text: Text): Measure => ({
  text,
  type: 'number',
  value: sql`min(t.happened_at)`,
  none: null,
  days: true,
})
const any = (text: Text, column: string): Measure => ({ text, type: 'bool', value: sql`count(*)`, none: false, column })

const sales = { table: 'purchase', by: 'person_id', time: 'ordered_at', where: validSale(t) } as const
const compact = {
  table: 'sales_order',
  measures: {
    count: sql`count(*)`,
    sum: sql`sum(t.amount)`,
    avg: w.ratio(sql`sum(t.amount)`, sql`count(*)`),
    days: sql`max(t.happened_at)`,
  },
}

/** Each behaviour is the first name of a call or field: `orders.count(365d)`, `last_order.days`. */
export const behaviours: readonly Behaviour[] = [
  {
    name: 'orders',
    text: { zh: `购买（${saleDefinition.zh}）`, en: `Orders (${saleDefinition.en})` },
    ...sales,
    compact,
    measures: {
      count: {
        text: { zh: '订单数', en: 'Number of orders' },
        type: 'number',
        value: sql`count(distinct ${orderKey})`,
        none: 0,
      },
      sum: { text: { zh: '消费金额', en: 'Amount spent' }, type: 'money', value: sql`sum(t.amount)`, none: 0 },
      avg: {
        text: { zh: '平均客单价', en: 'Average order value' },
        type: 'money',
        value: w.ratio(sql`sum(t.amount)`, sql`count(distinct ${orderKey})`),
        none: null,
      },
      quantity: {
        text: { zh: '购买件数', en: 'Pieces bought' },
        type: 'number',
        value: sql`sum(coalesce(t.quantity, 1))`,
        none: 0,
      },
      skus: {
        text: { zh: '购买的不同商品数', en: 'Different products bought' },
        type: 'number',
        value: sql`count(distinct t.sku)`,
        none: 0,
      },
      categories: {
        text: { zh: '购买的不同品类数', en: 'Different categories bought' },
        type: 'number',
        value: sql`count(distinct t.category)`,
        none: 0,
      },
    },
  },
  {
    name: 'last_order',
    text: { zh: '最近一次购买', en: 'Last order' },
    ...sales,
    compact,
    measures: { days: last({ zh: '距最近一次购买的天数', en: 'Days since the last order' }) },
  },
  {
    name: 'first_order',
    text: { zh: '首次购买', en: 'First order' },
    ...sales,
    compact: { ...compact, measures: { days: sql`min(t.happened_at)` } },
    measures: { days: first({ zh: '距首次购买的天数', en: 'Days since the first order' }) },
  },
  {
    name: 'bought',
    text: { zh: '买过', en: 'Bought' },
    ...sales,
    measures: {
      category: any({ zh: '买过某品类', en: 'Bought from a category' }, 'category'),
      sku: any({ zh: '买过某商品编号', en: 'Bought a product by its number' }, 'sku'),
      product: any({ zh: '买过某商品名', en: 'Bought a product by its name' }, 'product_name'),
      channel: any({ zh: '在某渠道买过', en: 'Bought in a channel' }, 'channel'),
      store: any({ zh: '在某门店买过', en: 'Bought in a store' }, 'store'),
    },
  },
  {
    name: 'returns',
    text: { zh: '退货与取消', en: 'Returns and cancellations' },
    ...sales,
    where: sql`t.kind in ('return', 'cancellation')`,
    measures: {
      count: {
        text: { zh: '退货或取消的订单数', en: 'Orders returned or cancelled' },
        type: 'number',
        value: sql`count(distinct ${orderKey})`,
        none: 0,
      },
      sum: { text: { zh: '退货金额', en: 'Amount returned' }, type: 'money', value: sql`sum(abs(t.amount))`, none: 0 },
    },
  },
  {
    name: 'events',
    text: { zh: '行为事件', en: 'Events' },
    table: 'event',
    by: 'customer_id',
    time: 'occurred_at',
    named: ['event', 'type'],
    measures: { count: count({ zh: '事件次数', en: 'Number of events' }) },
  },
  {
    name: 'last_event',
    text: { zh: '最近一次事件', en: 'Last event' },
    table: 'event',
    by: 'customer_id',
    time: 'occurred_at',
    named: ['event', 'type'],
    measures: { days: last({ zh: '距最近一次事件的天数', en: 'Days since the last event' }) },
  },
  {
    name: 'interactions',
    text: { zh: '服务互动', en: 'Service contacts' },
    table: 'interaction',
    by: 'customer_id',
    time: 'occurred_at',
    named: ['type', 'channel'],
    measures: {
      count: count({ zh: '互动次数', en: 'Number of contacts' }),
      satisfaction: {
        text: { zh: '平均满意度', en: 'Mean satisfaction' },
        type: 'number',
        value: sql`avg(t.satisfaction)`,
        none: null,
      },
    },
  },
  {
    name: 'feedback',
    text: { zh: '评价', en: 'Feedback' },
    table: 'feedback',
    by: 'customer_id',
    time: 'occurred_at',
    measures: {
      count: count({ zh: '评价次数', en: 'Number of reviews' }),
      rating: { text: { zh: '平均评分', en: 'Mean rating' }, type: 'number', value: sql`avg(t.rating)`, none: null },
    },
  },
  {
    name: 'touches',
    text: { zh: '营销触达', en: 'Campaign touches' },
    table: 'campaign_touch',
    by: 'customer_id',
    time: 'occurred_at',
    named: ['action', 'channel', 'campaign'],
    measures: { count: count({ zh: '触达次数', en: 'Number of touches' }) },
  },
]

/** Columns that never help to filter what people did. */
export const notFilters = new Set([
  'person_id',
  'customer_id',
  'record_key',
  'space',
  'batch',
  'row',
  'copy',
  'tags',
  'content',
])
