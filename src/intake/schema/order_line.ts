import type { Domain } from '../contract.ts'
import {
  category,
  channel,
  country,
  currency,
  customerId,
  field,
  kind,
  orderId,
  phone,
  productName,
  region,
  sku,
  store,
} from './field.ts'

/** Order lines. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const orderLine: Domain = {
  name: 'order_line',
  text: { zh: '订单明细', en: 'Order lines' },
  naturalKey: [],
  keyFields: ['order_id', 'customer_id', 'ordered_at', 'sku', 'quantity', 'unit_price'],
  fields: {
    order_id: orderId,
    line_no: field(
      'text',
      '行号',
      'Line number',
      '明细行号 子订单号 子订单编号 子订单id 明细编号 项次 序号 lineno linenumber lineitem orderitemid orderlineid lineid suborderid itemseq',
    ),
    customer_id: customerId,
    ordered_at: field(
      'timestamp',
      '下单时间',
      'Ordered at',
      '订单时间 下单日期 订单日期 交易时间 交易日期 购买时间 购买日期 销售日期 销售时间 消费时间 日期 时间 创建时间 invoicedate orderdate orderedat ordertime orderdatetime purchasedate purchasetime transactiondate saledate salesdate date datetime',
    ),
    kind,
    sku,
    product_name: productName,
    category,
    quantity: field(
      'double',
      '数量',
      'Quantity',
      '购买数量 商品数量 件数 销售数量 销量 订购数量 购买件数 qty units unitssold count pieces cds orderquantity itemquantity',
    ),
    unit_price: field(
      'decimal',
      '单价',
      'Unit price',
      '商品单价 销售单价 价格 商品价格 售价 成交单价 成交价 unitprice price itemprice sellingprice saleprice pricesold',
      { semantic: 'money' },
    ),
    amount: field(
      'decimal',
      '金额',
      'Amount',
      '小计 实付金额 行金额 明细金额 商品金额 成交金额 销售额 销售金额 总价 合计 商品总价 实收金额 lineamount linetotal total totalprice subtotal extendedprice sales salesamount totalamount',
      { semantic: 'money' },
    ),
    discount: field('decimal', '优惠金额', 'Discount', '折扣金额 折扣 优惠 减免金额 discountamount', {
      semantic: 'money',
    }),
    currency,
    country,
    channel,
    store,
    region,
    phone,
  },
}
