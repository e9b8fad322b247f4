import type { Domain } from '../contract.ts'
import { category, currency, field, productName, sku } from './field.ts'

/** Products. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const product: Domain = {
  name: 'product',
  text: { zh: '商品', en: 'Products' },
  naturalKey: ['sku'],
  keyFields: ['product_name', 'category', 'price'],
  fields: {
    sku,
    product_name: { ...productName, synonyms: [...productName.synonyms, '名称'] },
    category,
    brand: field('text', '品牌', 'Brand', '品牌名称 brandname manufacturer vendor maker'),
    price: field(
      'decimal',
      '售价',
      'Price',
      '标价 价格 单价 零售价 吊牌价 建议零售价 销售价 listprice retailprice salesprice unitprice msrp',
      { semantic: 'money' },
    ),
    cost: field('decimal', '成本', 'Cost', '成本价 进价 采购价 costprice unitcost purchaseprice', {
      semantic: 'money',
    }),
    currency: { ...currency, synonyms: [...currency.synonyms, 'currencybuyer'] },
    limited: field('bool', '限量款', 'Limited edition', '是否限量 限量 是否限量款 islimited limitededition'),
    launched_at: field(
      'timestamp',
      '上市时间',
      'Launched at',
      '上市日期 上架时间 上架日期 发售日期 launchdate launchedat releasedate listedat',
    ),
  },
}
