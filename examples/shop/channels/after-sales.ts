import { cell, textFile } from '../output/text-file.ts'
import { dayCompact, days, timeText } from '../world/calendar.ts'
import { emailForm, phoneForm } from '../world/noise.ts'
import type { Channel, Shop } from './channel.ts'

const carriers = ['顺丰速运', '中通快递', '圆通速递', '京东物流']

/** Logistics (CSV): a part of the mall's orders goes through the chain's own contract. */
export function logistics(shop: Shop): Channel {
  const { truth } = shop
  const file = textFile(shop.dir, 'logistics/deliveries.csv', {
    header: '运单号,订单号,发货时间,签收时间,承运商,状态,收件人,电话,省份,城市,详细地址',
  })
  return {
    visit({ person, mallOrders, random: root }) {
      const random = root.fork('logistics')
      for (const { id, order } of mallOrders) {
        if (!random.chance(0.3)) continue
        const orphan = random.chance(0.008)
        const shipped = order.day + 1 + random.int(2)
        const delivered = shipped + 1 + random.int(5)
        const reversed = random.chance(0.01) && !orphan && delivered < days
        if (shipped >= days) continue
        const [from, to] = reversed ? [delivered, shipped] : [shipped, delivered]
        const waybill = `SF${dayCompact[order.day]}${id.slice(8)}`
        const minute = 480 + random.int(600)
        // the parcel of the last days is still on its way
        const open = delivered >= days
        const row = file.write(
          `${waybill},${orphan ? id.replace(/^20/, '19') : id},${timeText(from, minute, 0)},${open ? '' : timeText(to, minute, 30)},${random.pick(carriers)},${open ? '运输中' : '已签收'},${person.name.full},${phoneForm(person.mallPhone, random)},${person.place.province},${person.place.city},${cell(person.address)}`,
        )
        if (orphan) truth.fault(file.path, row, waybill, '订单号', 'orphan_order', id.replace(/^20/, '19'), id)
        if (reversed)
          truth.fault(
            file.path,
            row,
            waybill,
            '签收时间',
            'delivered_before_shipped',
            timeText(to, minute, 30),
            timeText(from, minute, 30),
          )
      }
    },
    close: async () => [await file.close()],
  }
}

const opinions: Readonly<Record<number, readonly string[]>> = {
  5: ['面料舒服，版型很好，会回购', '限量款终于抢到了，做工精致', '物流很快，包装用心', '搭配师推荐的，穿上很显气质'],
  4: ['整体不错，就是颜色比图片深一点', '尺码标准，性价比高', '质量可以，物流稍慢'],
  3: ['一般般，没有惊喜', '袖子偏长，其他还行'],
  2: ['洗了一次有点掉色', '等了一周才到，客服回复慢'],
  1: ['线头很多，质量差，申请退货', '发错颜色，物流延迟，体验不好'],
}

/** Reviews (one JSON array, Chinese keys). */
export function reviews(shop: Shop): Channel {
  const file = textFile(shop.dir, 'reviews/reviews.json', { array: true })
  return {
    visit({ person, mallOrders, random: root }) {
      const random = root.fork('reviews')
      let n = 0
      for (const { id, order } of mallOrders) {
        if (!random.chance(0.15) || order.day + 12 >= days) continue
        const roll = random.next()
        const rating = roll < 0.55 ? 5 : roll < 0.8 ? 4 : roll < 0.9 ? 3 : roll < 0.96 ? 2 : 1
        const orphan = random.chance(0.02)
        const review = `PJ${shop.numbers.id(person.index)}${n++}`
        const about = orphan ? id.replace(/^20/, '19') : id
        const row = file.write(
          JSON.stringify({
            评价编号: review,
            会员ID: person.mallId,
            订单号: about,
            货号: random.pick(order.lines).product.sku,
            评分: rating,
            内容: random.pick(opinions[rating]!),
            评价时间: timeText(order.day + 4 + random.int(8), 480 + random.int(900), random.int(60)),
          }),
        )
        if (orphan) shop.truth.fault(file.path, row, review, '订单号', 'orphan_order', about, id)
      }
    },
    close: async () => [await file.close()],
  }
}

const issues = [
  ['物流延迟', '我的快递三天没有更新了，什么时候能到？'],
  ['质量问题', '衣服开线了，\n想换一件。'],
  ['尺码咨询', '身高165体重55公斤穿什么码？'],
  ['退换货', '尺码不合适，申请"七天无理由"退货'],
  ['发票', '需要补开发票，抬头是公司'],
] as const

/** Service tickets (NDJSON, nested, English keys): some know the mall id, some only phone or e-mail. */
export function service(shop: Shop): Channel {
  const file = textFile(shop.dir, 'service/tickets.ndjson')
  return {
    visit({ person, mallOrders, tickets, random: root }) {
      const random = root.fork('service')
      if (person.silentMall || !random.chance(0.12)) return
      const about = mallOrders.length && random.chance(0.7) ? random.pick(mallOrders) : undefined
      const byId = person.mallId && (person.byIdOnly || about || random.chance(0.5))
      const [type, content] = random.pick(issues)
      const id = `T${shop.numbers.id(person.index)}`
      const day = Math.min(days - 1, (about?.order.day ?? random.int(days)) + random.int(6))
      if (!byId) tickets.push(id)
      file.write(
        JSON.stringify({
          ticket_id: id,
          created_at: `${timeText(day, 540 + random.int(700), random.int(60)).replace(' ', 'T')}+08:00`,
          channel: random.pick(['电话', '在线客服', '微信']),
          type,
          subject: type,
          content,
          agent: { name: random.pick(['小川', '小百', '小衣', '阿泉']), group: random.pick(['售前', '售后']) },
          status: random.chance(0.93) ? 'closed' : 'open',
          duration_s: 60 + random.int(1500),
          satisfaction: random.chance(0.6) ? 1 + random.int(5) : null,
          customer: {
            mall_id: byId ? person.mallId : null,
            phone: byId && person.byIdOnly ? null : phoneForm(person.phone, random),
            email: random.chance(0.3) ? emailForm(person.email, random) : null,
          },
          order: about ? { id: about.id } : null,
        }),
      )
    },
    close: async () => [await file.close()],
  }
}
