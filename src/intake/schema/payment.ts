import type { Domain } from '../contract.ts'
import { currency, customerId, field, orderId } from './field.ts'

/** Payments. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const payment: Domain = {
  name: 'payment',
  text: { zh: '支付', en: 'Payments' },
  naturalKey: ['payment_id'],
  keyFields: ['order_id', 'paid_at', 'amount'],
  fields: {
    payment_id: field(
      'text',
      '支付编号',
      'Payment ID',
      '支付单号 支付流水号 付款单号 支付流水 paymentid paymentno paymentref chargeid payid',
    ),
    order_id: orderId,
    customer_id: customerId,
    paid_at: field(
      'timestamp',
      '支付时间',
      'Paid at',
      '付款时间 支付日期 付款日期 paymentdate paidat paymenttime paydate paytime',
    ),
    amount: field(
      'decimal',
      '支付金额',
      'Amount',
      '付款金额 实付金额 金额 支付额 paymentamount paymentvalue amountpaid paidamount total',
      { semantic: 'money' },
    ),
    currency,
    method: field(
      'text',
      '支付方式',
      'Method',
      '付款方式 支付渠道 支付类型 paymentmethod paymenttype paymethod paymentchannel',
    ),
    status: field('text', '支付状态', 'Status', '状态 付款状态 paymentstatus'),
  },
}
