import type { Text } from '../../src/base/text.ts'

/**
 * Every kind of fault that is planted. `found` says what can find it in the files alone: a check of the row, a check
 * against other rows, standardising, or nothing but a comparison with another channel (`linkage`).
 */
export const faultClasses = {
  exact_copy: { found: 'rows', zh: '整行完全重复', en: 'an exact copy of a row' },
  missing_key_fields: {
    found: 'row',
    zh: '8 个关键字段缺失超过 30 %',
    en: 'more than 30 % of the 8 key fields missing',
  },
  phone_digits: { found: 'row', zh: '手机号只有 10 位', en: 'a phone number of 10 digits' },
  email_no_at: { found: 'row', zh: '邮箱缺少 @', en: 'an e-mail address without @' },
  impossible_age: { found: 'row', zh: '年龄为 0 或 200', en: 'age 0 or 200' },
  date_style: {
    found: 'standard form',
    zh: '日期写法不是 YYYY-MM-DD（五种）',
    en: 'a date not written YYYY-MM-DD (five styles)',
  },
  shared_value: {
    found: 'rows',
    zh: '占位的共用值（13800138000、test@test.com、顾客、门店电话）',
    en: 'rubbish shared by many (13800138000, test@test.com, 顾客, the phone of the store)',
  },
  level_mismatch: { found: 'row', zh: '会员等级与累计消费不匹配', en: 'the level does not fit the total spent' },
  typo_name: {
    found: 'linkage',
    zh: '姓名末字打成同音字',
    en: 'last character of the name typed as one that sounds alike',
  },
  typo_city: { found: 'row', zh: '城市名打错', en: 'a mistyped city' },
  negative_amount: { found: 'row', zh: '金额为负但不是退货', en: 'a negative amount that is no return' },
  amount_outlier: {
    found: 'rows',
    zh: '单笔金额超过均值 10 倍（小数点错位）',
    en: 'an amount above ten times the mean (decimal point slipped)',
  },
  orphan_customer: { found: 'rows', zh: '客户编号不存在', en: 'a customer id that does not exist' },
  orphan_sku: { found: 'rows', zh: '货号不存在', en: 'a product number that does not exist' },
  orphan_order: { found: 'rows', zh: '订单号不存在', en: 'an order number that does not exist' },
  delivered_before_shipped: { found: 'row', zh: '签收早于发货', en: 'delivered before it was shipped' },
} as const satisfies Record<string, Text & { found: string }>

export type FaultClass = keyof typeof faultClasses

/** The card system's levels by the total spent in the two years, in fen. */
export const levels = [
  { level: '普通', from: 0 },
  { level: '银卡', from: 200_000 },
  { level: '金卡', from: 800_000 },
  { level: '钻石', from: 1_400_000 },
] as const

export function levelOf(spent: number): string {
  return levels.findLast((l) => spent >= l.from)?.level ?? '普通'
}
