import type { Random } from '../../../src/base/random.ts'
import { cell, textFile, yuan, type RowFile } from '../output/text-file.ts'
import { dayCompact, days, iso, monthOfDay, months, timeText } from '../world/calendar.ts'
import { emailForm, phoneForm } from '../world/noise.ts'
import type { Person } from '../world/person.ts'
import type { Line, Order } from '../world/purchases.ts'
import { orderId, type Channel, type Shop, type Visit } from './channel.ts'

const orderHeader =
  '订单号,会员ID,下单时间,订单状态,实付金额,优惠金额,收货人,手机号,收货省份,收货地址,优惠券,支付方式,活动'
const lineHeader = '订单号,行号,会员ID,下单时间,订单状态,货号,商品名称,类目,数量,单价,实付金额'
const customerHeader = '会员ID,会员号,姓名,手机号,邮箱,性别,出生日期,省份,城市,收货地址,注册时间,注册渠道'
const payments = ['支付宝', '微信支付', '微信支付', '银行卡', '花呗']
const arrivals = ['小程序', 'APP', '官网', '抖音', '小红书', '微信公众号']

/** The online mall: accounts (UTF-8 with BOM), orders and order lines by month (UTF-8). */
export function mall(shop: Shop): Channel {
  const { truth } = shop
  const accounts = textFile(shop.dir, 'mall/customers.csv', { header: customerHeader, encoding: 'utf-8-bom' })
  const orders = months.map((month) => textFile(shop.dir, `mall/orders-${month}.csv`, { header: orderHeader }))
  const lines = months.map((month) => textFile(shop.dir, `mall/lines-${month}.csv`, { header: lineHeader }))

  const account = (visit: Visit, random: Random) => {
    const { person } = visit
    const spoilt = person.silentMall && random.chance(0.5)
    const values = accountOf(person, random, spoilt ? 1 : random.next())
    const file = accounts.path
    const id = person.mallId!
    const rotten = spoilt ? spoil(values, random) : undefined
    if (!rotten)
      visit.account = {
        姓名: values[2]!,
        手机: values[3]!,
        邮箱: values[4]!,
        性别: values[5]!,
        出生日期: values[6]!,
        省份: values[7]!,
        来源渠道: values[11]!,
      }
    const row = accounts.write(values.map(cell).join(','))
    if (rotten)
      for (const fault of rotten) truth.fault(file, row, id, fault.field, fault.kind, fault.written, fault.was)
    else if (random.chance(0.002)) truth.fault(file, accounts.write(values.map(cell).join(',')), id, '', 'exact_copy')
  }

  const writeLine = (
    id: string,
    n: number,
    customer: string,
    day: number,
    order: Order,
    status: string,
    line: Line,
    sku: string,
    quantity: number,
    amount: number,
  ): [RowFile<string>, number, string] => {
    const file = lines[monthOfDay[day]!]!
    const text = `${id},${n},${customer},${timeText(day, order.minute, order.second)},${status},${sku},${line.product.name},${line.product.category},${quantity},${yuan(line.product.price)},${yuan(amount)}`
    return [file, file.write(text), text]
  }

  const writeOrder = (
    id: string,
    customer: string,
    order: Order,
    status: string,
    amount: number,
    person: Person,
    random: Random,
  ): [RowFile<string>, number] => {
    const file = orders[monthOfDay[order.day]!]!
    const list = order.lines.reduce((sum, l) => sum + l.product.price * l.quantity, 0)
    const row = file.write(
      `${id},${customer},${timeText(order.day, order.minute, order.second)},${status},${yuan(amount)},${yuan(list - order.amount)},${person.name.full},${phoneForm(person.mallPhone, random)},${person.place.province},${cell(person.place.city + person.address)},${random.chance(0.2) ? `满减${1 + random.int(5)}0` : ''},${random.pick(payments)},${order.campaign ?? ''}`,
    )
    return [file, row]
  }

  const order = (visit: Visit, order: Order, n: number, random: Random) => {
    const { person } = visit
    const customer = person.mallId!
    const id = orderId(shop, dayCompact[order.day]!, person, n)
    // the point slipped in one amount: 1,299.00 became 129,900
    const slipped = random.chance(0.004) ? order.lines.findIndex((l) => l.product.price >= 20_000) : -1
    const surplus = slipped < 0 ? 0 : order.lines[slipped]!.amount * 99
    const [file, row] = writeOrder(id, customer, order, '已完成', order.amount + surplus, person, random)
    if (surplus)
      truth.fault(file.path, row, id, '实付金额', 'amount_outlier', yuan(order.amount + surplus), yuan(order.amount))
    for (const [i, line] of order.lines.entries()) {
      const outlier = i === slipped
      const kind = outlier ? 2 : random.next()
      const negative = kind < 0.0015
      const orphan = kind >= 0.0015 && kind < 0.0025
      const sku = orphan ? line.product.sku.replace('YB', 'YX') : line.product.sku
      const amount = negative ? -line.amount : outlier ? line.amount + surplus : line.amount
      const [lineFile, lineRow, text] = writeLine(
        id,
        i + 1,
        customer,
        order.day,
        order,
        '已完成',
        line,
        sku,
        line.quantity,
        amount,
      )
      const record = `${id}/${i + 1}`
      if (negative)
        truth.fault(lineFile.path, lineRow, record, '实付金额', 'negative_amount', yuan(amount), yuan(line.amount))
      else if (orphan) truth.fault(lineFile.path, lineRow, record, '货号', 'orphan_sku', sku, line.product.sku)
      else if (outlier)
        truth.fault(lineFile.path, lineRow, record, '实付金额', 'amount_outlier', yuan(amount), yuan(line.amount))
      else if (kind >= 0.0025 && kind < 0.0037)
        truth.fault(lineFile.path, lineFile.write(text), record, '', 'exact_copy')
      if (line.returned)
        writeLine(
          id,
          50 + i,
          customer,
          line.returned,
          order,
          '已退款',
          line,
          line.product.sku,
          -line.quantity,
          -line.amount,
        )
    }
    visit.mallOrders.push({ id, order })
  }

  /** An order that was cancelled and made again, or one of a customer that does not exist. */
  const beside = (person: Person, order: Order, n: number, customer: string, status: string, random: Random) => {
    const id = orderId(shop, dayCompact[order.day]!, person, n)
    const [file, row] = writeOrder(id, customer, order, status, order.amount, person, random)
    const orphan = customer !== person.mallId
    if (orphan) truth.fault(file.path, row, id, '会员ID', 'orphan_customer', customer)
    for (const [i, line] of order.lines.entries()) {
      const [lineFile, lineRow] = writeLine(
        id,
        i + 1,
        customer,
        order.day,
        order,
        status,
        line,
        line.product.sku,
        line.quantity,
        line.amount,
      )
      if (orphan) truth.fault(lineFile.path, lineRow, `${id}/${i + 1}`, '会员ID', 'orphan_customer', customer)
    }
  }

  return {
    visit(visit) {
      const { person, history } = visit
      if (!person.mallId) return
      const random = visit.random.fork('mall')
      account(visit, random.fork('account'))
      let n = 0
      for (const o of history.orders) {
        if (o.channel !== 'mall') continue
        if (random.chance(0.02)) beside(person, { ...o, minute: o.minute - 60 }, n++, person.mallId, '已取消', random)
        order(visit, o, n++, random)
      }
      const ghost = history.orders.find((o) => o.channel === 'mall' && o.day < days - 1)
      if (ghost && random.chance(0.008))
        beside(person, { ...ghost, day: ghost.day + 1 }, n, `M9${shop.numbers.id(person.index)}`, '已完成', random)
    },
    close: () => Promise.all([accounts, ...orders, ...lines].map((f) => f.close())),
  }
}

/** @param empty below 0.26: which one of the key fields is left empty; a fault never comes on top of a gap */
function accountOf(person: Person, random: Random, empty: number): string[] {
  return [
    person.mallId!,
    person.bound && person.cardId ? person.cardId : '',
    person.name.full,
    phoneForm(person.mallPhone, random),
    empty < 0.1 ? '' : emailForm(person.email, random),
    empty >= 0.1 && empty < 0.16 ? '' : person.name.gender,
    empty >= 0.16 && empty < 0.26 ? '' : iso(person.birth),
    person.place.province,
    person.place.city,
    person.address,
    `${person.registered} ${10 + random.int(13)}:${10 + random.int(50)}:${10 + random.int(50)}`,
    random.pick(arrivals),
  ]
}

type Spoilt = {
  field: string
  kind: 'phone_digits' | 'email_no_at' | 'shared_value' | 'missing_key_fields'
  written?: string
  was?: string
}[]

/** One fault for an account nothing else refers to. */
function spoil(values: string[], random: Random): Spoilt {
  const [name, phone, email] = [values[2]!, values[3]!, values[4]!]
  const roll = random.next()
  if (roll < 0.25) {
    values[3] = digitsOf(phone).slice(0, 10)
    return [{ field: '手机号', kind: 'phone_digits', written: values[3], was: digitsOf(phone) }]
  }
  if (roll < 0.5 && email) {
    values[4] = email.replace('@', '')
    return [{ field: '邮箱', kind: 'email_no_at', written: values[4], was: email }]
  }
  if (roll < 0.65) {
    values[2] = '顾客'
    return [{ field: '姓名', kind: 'shared_value', written: '顾客', was: name }]
  }
  if (roll < 0.8 && email) {
    values[4] = 'test@test.com'
    return [{ field: '邮箱', kind: 'shared_value', written: 'test@test.com', was: email }]
  }
  values[4] = values[5] = values[6] = values[7] = values[8] = values[9] = ''
  return [{ field: '', kind: 'missing_key_fields' }]
}

/** The eleven digits behind any form of `phoneForm`. */
export function digitsOf(phone: string): string {
  return phone.normalize('NFKC').replace(/\D/g, '').slice(-11)
}
