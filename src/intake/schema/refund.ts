import type { Domain } from '../contract.ts'
import { currency, customerId, field, orderId, sku } from './field.ts'

/** Refunds. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const refund: Domain = {
  name: 'refund',
  text: { zh: '退款', en: 'Refunds' },
  naturalKey: ['refund_id'],
  keyFields: ['order_id', 'refunded_at', 'amount'],
  fields: {
    refund_id: field(
      'text',
      '退款编号',
      'Refund ID',
      '退款单号 退货单号 售后单号 退款id 退货编号 refundid refundno returnid returnno rmano',
    ),
    order_id: orderId,
    customer_id: customerId,
    sku,
    refunded_at: field(
      'timestamp',
      '退款时间',
      'Refunded at',
      '退款日期 退货时间 退货日期 refunddate refundtime returndate returnedat refundedat',
    ),
    quantity: field('double', '退货数量', 'Quantity', '数量 退款数量 退货件数 qty returnquantity returnedquantity'),
    amount: field('decimal', '退款金额', 'Amount', '退款额 退货金额 金额 refundamount refundvalue returnamount', {
      semantic: 'money',
    }),
    currency,
    reason: field('text', '退款原因', 'Reason', '退货原因 原因 售后原因 refundreason returnreason'),
  },
}
