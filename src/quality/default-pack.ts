import { domains, type DomainName } from '../intake/index.ts'
import type { Rule } from './contract.ts'
import { expandRules } from './expand.ts'

// Cancellations, returns and the like are negative by their nature: never faults.
const isSale = "kind is missing or not (kind in ('return', 'cancellation', 'adjustment', 'refund'))"
const inChina = "country is missing or country in ('CN', '中国', 'China')"

const phoneIn = (dataset: DomainName): object => ({
  field: `${dataset}.phone`,
  rule: 'phone',
  id: 'phone_form',
  text: { zh: '电话号码格式不对', en: 'Phone number of the wrong form' },
})
const emailIn = (dataset: DomainName): object => ({
  field: `${dataset}.email`,
  rule: 'email',
  id: 'email_form',
  text: { zh: '邮箱格式不对', en: 'E-mail of the wrong form' },
})
const notNegative = (dataset: DomainName, column: string, where?: string): object => ({
  field: `${dataset}.${column}`,
  rule: 'range',
  id: `${column}_negative`,
  params: { min: 0 },
  where,
  on_fail: 'quarantine',
  text: { zh: '金额为负数', en: 'Negative amount' },
})
const happened = (dataset: DomainName, column: string): object => ({
  field: `${dataset}.${column}`,
  rule: 'not_in_future',
  id: `${column}_future`,
  text: { zh: '时间在未来', en: 'Time in the future' },
})
// Numbers and addresses that are typed when there is none: well formed, and nobody's.
const dummies = {
  phone: [
    '13800138000',
    '13800000000',
    '13888888888',
    '13900000000',
    '13999999999',
    '13000000000',
    '13123456789',
    '13012345678',
    '18888888888',
    '13666666666',
  ].flatMap((n) => [n, `+86${n}`]),
  email: [
    'test@test.com',
    'test@example.com',
    'a@a.com',
    'abc@abc.com',
    'admin@admin.com',
    '123@qq.com',
    '123456@qq.com',
    '111@qq.com',
    'no@no.com',
    'none@none.com',
    'noemail@noemail.com',
  ],
}
const dummy = (dataset: DomainName, column: 'phone' | 'email'): object => ({
  field: `${dataset}.${column}`,
  rule: 'not_in_set',
  id: `${column}_dummy`,
  params: { values: dummies[column], normalise: 'casefold' },
  text: { zh: '占位用的号码或邮箱', en: 'Number or address that stands for none' },
})
// A value that stands in for many: the number of the store, typed at the till.
const shared = (dataset: DomainName, column: string, per: string, max: number, without?: string): object => ({
  field: `${dataset}.${column}, ${per}`,
  rule: 'rarely_shared',
  id: `${column}_shared`,
  params: without ? { max, without } : { max },
  text: { zh: '同一号码被许多记录共用', en: 'One number shared by many records' },
})
const refersTo = (dataset: DomainName, column: string, parent: DomainName): object => ({
  field: `${dataset}.${column}, space`,
  rule: 'foreign_key',
  id: `${column}_known`,
  params: { dataset: parent, columns: [column, 'space'], partition: 'space' },
  text: {
    zh: `${domains[dataset].text.zh}对应的${domains[parent].text.zh}不存在`,
    en: `${domains[dataset].text.en} whose ${parent} does not exist`,
  },
})

/** The rules that are switched on from the start, in the one-line form of the configuration. */
export const defaultPackLines: readonly object[] = [
  // customer
  {
    field: 'customer.phone',
    rule: 'cn_mobile',
    id: 'mobile_at_capture',
    params: { iot: 'fail' },
    where: inChina,
    stage: 'capture',
    on_fail: 'reject',
    text: { zh: '提交的手机号不是 11 位', en: 'Submitted mobile number without 11 digits' },
  },
  phoneIn('customer'),
  emailIn('customer'),
  {
    field: 'customer.age',
    rule: 'range',
    id: 'age_impossible',
    params: { min: 1, max: 120 },
    on_fail: 'quarantine',
    text: { zh: '年龄不可能（0、200 等）', en: 'Impossible age (0, 200 …)' },
  },
  {
    field: 'customer.birth_date',
    rule: 'range',
    id: 'birth_date_impossible',
    params: { min: '1900-01-01', max: 'today' },
    text: { zh: '出生日期不可能', en: 'Impossible birth date' },
  },
  {
    field: 'customer.id_card',
    rule: 'cn_resident_id',
    id: 'id_card_invalid',
    text: { zh: '身份证号无效', en: 'Invalid identity number' },
  },
  {
    field: 'customer.uscc',
    rule: 'cn_uscc',
    id: 'uscc_invalid',
    text: { zh: '统一社会信用代码无效', en: 'Invalid credit code' },
  },
  {
    field: 'customer.city',
    rule: 'cn_city',
    id: 'city_unknown',
    where: inChina,
    text: { zh: '城市名称有误', en: 'City name of the wrong spelling' },
  },
  {
    field: 'customer.name',
    rule: 'name_plausible',
    id: 'name_placeholder',
    text: { zh: '姓名是占位词', en: 'Name that is a placeholder' },
  },
  dummy('customer', 'phone'),
  dummy('customer', 'email'),
  notNegative('customer', 'total_spent'),
  notNegative('customer', 'avg_order_value'),
  {
    field: `customer.${domains.customer.keyFields.join(', ')}`,
    rule: 'required_share',
    id: 'incomplete',
    text: { zh: '待补充', en: 'To be completed' },
  },
  {
    field: 'customer.first_contact_at, last_active_at',
    rule: 'compare_columns',
    id: 'contact_order',
    params: { op: '<=' },
    text: { zh: '首次接触晚于最近活跃', en: 'First contact after last activity' },
  },
  happened('customer', 'registered_at'),
  shared('customer', 'phone', 'customer_id', 5),
  shared('customer', 'email', 'customer_id', 5),
  {
    field: 'customer.customer_id, space, source',
    rule: 'unique',
    id: 'customer_id_unique',
    text: { zh: '同一来源内客户编号重复', en: 'Customer id used twice in one source' },
  },
  {
    field: 'customer.level, total_spent, customer_id, space, source, record_key',
    rule: 'level_matches_spend',
    id: 'level_spend',
    text: { zh: '会员等级与消费金额不匹配', en: 'Level does not fit the amount spent' },
  },
  // order, order_line, payment
  notNegative('order', 'amount', isSale),
  happened('order', 'ordered_at'),
  phoneIn('order'),
  emailIn('order'),
  refersTo('order', 'customer_id', 'customer'),
  {
    field: 'order.order_id, space, source',
    rule: 'unique',
    id: 'order_id_unique',
    text: { zh: '同一来源内订单编号重复', en: 'Order id used twice in one source' },
  },
  notNegative('order_line', 'amount', isSale),
  happened('order_line', 'ordered_at'),
  phoneIn('order_line'),
  shared('order_line', 'phone', 'order_id', 13, 'customer_id'),
  refersTo('order_line', 'order_id', 'order'),
  refersTo('order_line', 'customer_id', 'customer'),
  {
    field: 'order_line.sku',
    rule: 'foreign_key',
    id: 'sku_known',
    // Only for sources most of whose products are in the list of products: another shop's files are no faults.
    params: { dataset: 'product', columns: ['sku'], min_known_pct: 50 },
    text: { zh: '商品编码不存在', en: 'Product number that does not exist' },
  },
  {
    ...notNegative(
      'payment',
      'amount',
      "status is missing or not (status in ('refund', 'refunded', '退款', '已退款'))",
    ),
  },
  // delivery
  {
    field: 'delivery.shipped_at, delivered_at',
    rule: 'compare_columns',
    id: 'delivered_before_shipped',
    params: { op: '<=' },
    text: { zh: '签收早于发货', en: 'Delivered before it was shipped' },
  },
  phoneIn('delivery'),
  refersTo('delivery', 'order_id', 'order'),
  {
    field: 'delivery.region, order_id, space',
    rule: 'agrees_with',
    id: 'region_differs',
    params: { dataset: 'order', column: 'region', keys: ['order_id', 'space'] },
    text: { zh: '收货地区与订单不一致', en: 'Delivery region differs from the order' },
  },
  // what customers say
  phoneIn('interaction'),
  emailIn('interaction'),
  happened('interaction', 'occurred_at'),
  happened('event', 'occurred_at'),
  {
    field: 'feedback.rating',
    rule: 'range',
    id: 'rating_impossible',
    params: { min: 0, max: 100 },
    text: { zh: '评分超出范围', en: 'Rating outside the scale' },
  },
  refersTo('feedback', 'order_id', 'order'),
  happened('feedback', 'occurred_at'),
  // organisation
  {
    field: 'organisation.uscc',
    rule: 'cn_uscc',
    id: 'uscc_invalid',
    text: { zh: '统一社会信用代码无效', en: 'Invalid credit code' },
  },
]

/** The default pack as rules. Its context has no clock: parameters are read again at each run. */
export const defaultPack: readonly Rule[] = expandRules(defaultPackLines, 'default pack', { now: 0 })
