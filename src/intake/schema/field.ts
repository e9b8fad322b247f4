import type { ColumnType } from '../../warehouse/index.ts'
import type { Field } from '../contract.ts'

type More = Partial<Pick<Field, 'class' | 'mask' | 'semantic' | 'unit'>>

/**
 * A field in one line. `words` are header words besides the field's own name and text, blank between, written as
 * `headerWord` folds them (lower case, no separators): `customerid`, `会员号`; the likeliest first.
 */
export function field(type: ColumnType, zh: string, en: string, words: string, more: More = {}): Field {
  return { type, text: { zh, en }, class: 'non_sensitive', ...more, synonyms: words.split(' ').filter(Boolean) }
}

/** Personal data that must be masked for most roles. */
export const personal = {
  phone: { class: 'sensitive', mask: 'phone', semantic: 'phone' },
  email: { class: 'sensitive', mask: 'email', semantic: 'email' },
  name: { class: 'sensitive', mask: 'name', semantic: 'name' },
  address: { class: 'sensitive', mask: 'address' },
  hidden: { class: 'sensitive', mask: 'redact' },
} as const satisfies Record<string, More>

// Fields that mean the same in several domains.
export const customerId = field(
  'text',
  '客户编号',
  'Customer ID',
  'customerid 客户id 客户号 客户代码 会员号 会员编号 会员id 用户id 用户编号 用户号 顾客编号 顾客id 买家id 买家编号 购买人id custid custno customerno customernumber clientid clientno userid uid buyerid memberid memberno contactid accountid customercode shopperid customer 买家会员名',
)
export const phone = field(
  'text',
  '手机号',
  'Phone',
  '手机号码 手机 联系电话 电话 电话号码 联系方式 移动电话 会员手机 会员手机号 客户电话 mobile mobileno mobilenumber mobilephone phoneno phonenumber tel telephone cell cellphone contactphone contactnumber msisdn',
  personal.phone,
)
export const email = field(
  'text',
  '邮箱',
  'E-mail',
  '电子邮箱 邮箱地址 电子邮件 邮件 邮件地址 emailaddress mail mailaddress emailid',
  personal.email,
)
export const region = field(
  'text',
  '所在省份',
  'Region',
  '省份 省 地区 区域 所在地区 所在区域 所属区域 大区 所在地 province state region statecode provincename',
  { semantic: 'region' },
)
export const city = field('text', '所在城市', 'City', '城市 市 town cityname', { semantic: 'city' })
export const address = field(
  'text',
  '地址',
  'Address',
  '详细地址 联系地址 收货地址 通讯地址 家庭住址 住址 street streetaddress addressline1 address1 fulladdress',
  personal.address,
)
export const country = field('text', '国家', 'Country', '国家地区 国别 nation countrycode countryname', {
  semantic: 'country',
})
export const channel = field(
  'text',
  '渠道',
  'Channel',
  '来源渠道 销售渠道 来源 平台 店铺类型 订单来源 source platform origin mediasource saleschannel acquisitionchannel trafficsource',
)
export const store = field(
  'text',
  '门店',
  'Store',
  '店铺 门店名称 店铺名称 门店编号 店铺编号 门店编码 店名 shop storeid storename storecode shopid shopname outlet branch sellerid terminal',
)
export const currency = field('text', '币种', 'Currency', '货币 结算币种 currencycode ccy curr', {
  semantic: 'currency',
})
export const orderId = field(
  'text',
  '订单编号',
  'Order ID',
  '订单号 订单id 主订单号 主订单编号 单号 交易号 交易编号 小票号 流水号 单据编号 销售单号 invoiceno invoice invoicenumber invoiceid orderno ordernumber order transactionid transactionno receiptno receiptid ticketno billno saleid',
)
export const sku = field(
  'text',
  '商品编码',
  'SKU',
  '商品编号 商品id 货号 款号 商品代码 产品编号 产品编码 产品id 物料编码 sku编码 条码 商家编码 stockcode productid productcode productno itemid itemcode itemno itemnumber articleno articlecode skuid skucode barcode ean upc goodsid asin',
)
export const productName = field(
  'text',
  '商品名称',
  'Product name',
  '商品 商品标题 品名 产品名称 产品 产品名 货品名称 宝贝标题 宝贝名称 description productname productdescription item itemname itemdescription producttitle title product goodsname name',
)
export const category = field(
  'text',
  '品类',
  'Category',
  '类目 商品类别 产品类别 分类 商品分类 商品类目 品类名称 类别 productcategory productcategoryname categoryname department productline series',
)
export const kind = field(
  'text',
  '单据类型',
  'Kind',
  '订单类型 交易类型 业务类型 单据类别 销售类型 ordertype transactiontype ordkind saletype',
  { semantic: 'order_kind' },
)
export const campaign = field(
  'text',
  '营销活动',
  'Campaign',
  '活动 活动名称 活动编号 活动id 营销活动名称 campaignname campaignid utmcampaign promotion promotionid',
)
