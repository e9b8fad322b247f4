import type { Text } from '../base/text.ts'
import type { Column } from '../warehouse/index.ts'

/** A computed column of a profile, with the definition that is shown one click from the number. */
export interface Figure {
  readonly name: string
  readonly type: Column['type']
  readonly text: Text
  readonly definition: Text
  readonly unit?: string
}

const figure = (
  name: string,
  type: Column['type'],
  zh: string,
  en: string,
  definition: Text,
  unit?: string,
): Figure => ({
  name,
  type,
  text: { zh, en },
  definition,
  ...(unit ? { unit } : {}),
})

export const figures: readonly Figure[] = [
  figure(
    'orders',
    'bigint',
    '订单数',
    'Orders',
    { zh: '至少有一行销售的订单数（不同订单号）', en: 'Distinct order numbers with at least one sale line' },
    'orders',
  ),
  figure(
    'lines',
    'bigint',
    '订单行数',
    'Order lines',
    { zh: '销售行数，含完全相同的副本', en: 'Sale lines, exact copies included' },
    'lines',
  ),
  figure(
    'amount',
    'decimal',
    '净消费金额',
    'Net amount',
    { zh: '销售减去退货与冲销，加上调整', en: 'Sales less returns and reversals, plus adjustments' },
    'money',
  ),
  figure(
    'gross_amount',
    'decimal',
    '销售总额',
    'Gross amount',
    { zh: '销售行金额之和', en: 'Sum of the amounts of sale lines' },
    'money',
  ),
  figure(
    'returns',
    'bigint',
    '退货行数',
    'Returns',
    { zh: '退货行、负数行及退款记录数', en: 'Return lines, negative lines and refunds' },
    'lines',
  ),
  figure(
    'return_amount',
    'decimal',
    '退货金额',
    'Return amount',
    { zh: '退货与冲销金额之和（正数）', en: 'Sum of returns and reversals, as a positive number' },
    'money',
  ),
  figure(
    'average_order_value',
    'decimal',
    '客单价',
    'Average order value',
    { zh: '销售总额 ÷ 订单数', en: 'Gross amount divided by orders' },
    'money',
  ),
  figure('first_order_at', 'timestamp', '首次购买', 'First order', {
    zh: '最早一笔销售的时间（UTC）',
    en: 'Time of the earliest sale (UTC)',
  }),
  figure('last_order_at', 'timestamp', '最近购买', 'Last order', {
    zh: '最近一笔销售的时间（UTC）',
    en: 'Time of the latest sale (UTC)',
  }),
  figure('favourite_category', 'text', '偏好品类', 'Favourite category', {
    zh: '销售金额最高的品类',
    en: 'Category with the highest sales amount',
  }),
  figure('favourite_channel', 'text', '偏好渠道', 'Favourite channel', {
    zh: '销售金额最高的渠道',
    en: 'Channel with the highest sales amount',
  }),
  figure(
    'interactions',
    'bigint',
    '互动次数',
    'Interactions',
    { zh: '服务与沟通记录数', en: 'Service and contact records' },
    'interactions',
  ),
  figure(
    'tickets',
    'bigint',
    '投诉与工单数',
    'Complaints and tickets',
    {
      zh: '类型含投诉、工单、售后、退换、complaint、ticket 的互动数',
      en: 'Interactions whose type names a complaint, ticket, after-sales or exchange',
    },
    'interactions',
  ),
  figure('average_rating', 'double', '平均评分', 'Average rating', {
    zh: '评价评分的平均值',
    en: 'Mean of the ratings given',
  }),
  figure(
    'active_days',
    'bigint',
    '活跃天数',
    'Active days',
    {
      zh: '有购买、互动或行为的不同日期数（工作区时区）',
      en: 'Distinct days with a purchase, interaction or event (time zone of the workspace)',
    },
    'days',
  ),
  figure(
    'sources',
    'bigint',
    '来源数',
    'Sources',
    { zh: '提供过客户记录的来源数', en: 'Sources that gave a customer record' },
    'sources',
  ),
  figure(
    'records',
    'bigint',
    '记录数',
    'Records',
    { zh: '合并在一起的客户记录数', en: 'Customer records joined in this one' },
    'records',
  ),
  figure('completeness', 'double', '完整度', 'Completeness', {
    zh: '关键字段已填比例，0 至 1',
    en: 'Share of the key fields that are filled, 0 to 1',
  }),
  figure('first_seen', 'timestamp', '首次出现', 'First seen', {
    zh: '注册、首次接触、购买、互动中最早的时间',
    en: 'Earliest of registration, first contact, purchase and interaction',
  }),
  figure('last_seen', 'timestamp', '最近出现', 'Last seen', {
    zh: '最近活跃、购买、互动中最晚的时间',
    en: 'Latest of last activity, purchase and interaction',
  }),
]
