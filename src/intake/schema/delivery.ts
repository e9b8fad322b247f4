import type { Domain } from '../contract.ts'
import { address, city, customerId, field, orderId, personal, phone, region } from './field.ts'

/** Deliveries. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const delivery: Domain = {
  name: 'delivery',
  text: { zh: '配送', en: 'Deliveries' },
  naturalKey: ['delivery_id'],
  keyFields: ['order_id', 'shipped_at', 'carrier', 'status'],
  fields: {
    delivery_id: field(
      'text',
      '运单号',
      'Delivery ID',
      '快递单号 物流单号 运单编号 配送单号 包裹号 物流编号 deliveryid trackingno trackingnumber shipmentid waybillno waybill parcelid',
    ),
    order_id: orderId,
    customer_id: customerId,
    shipped_at: field(
      'timestamp',
      '发货时间',
      'Shipped at',
      '发货日期 出库时间 揽收时间 shippeddate shipdate shippedat dispatchdate orderdeliveredcarrierdate',
    ),
    delivered_at: field(
      'timestamp',
      '签收时间',
      'Delivered at',
      '签收日期 送达时间 妥投时间 到货时间 收货时间 确认收货时间 delivereddate deliverydate deliveredat orderdeliveredcustomerdate',
    ),
    carrier: field(
      'text',
      '承运商',
      'Carrier',
      '快递公司 物流公司 快递 配送公司 承运公司 courier shippingcompany logisticscompany shipper',
    ),
    status: field('text', '物流状态', 'Status', '配送状态 运单状态 状态 deliverystatus shippingstatus trackingstatus'),
    receiver: field(
      'text',
      '收货人',
      'Receiver',
      '收件人 收货人姓名 收件人姓名 签收人 consignee recipient receivername',
      personal.name,
    ),
    phone: {
      ...phone,
      synonyms: [
        ...phone.synonyms,
        '收货人手机',
        '收货人电话',
        '收件人电话',
        '收件人手机',
        'receiverphone',
        'recipientphone',
      ],
    },
    region: { ...region, synonyms: [...region.synonyms, '收货省份', '目的省', 'destinationstate'] },
    city: { ...city, synonyms: [...city.synonyms, '收货城市', '目的城市', 'destinationcity'] },
    address: {
      ...address,
      synonyms: [...address.synonyms, '收件地址', '送货地址', '配送地址', 'deliveryaddress', 'shippingaddress'],
    },
  },
}
