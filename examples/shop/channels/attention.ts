import { textFile, yuan } from '../output/text-file.ts'
import { dayOf, days, dayText, monthOfDay, months, timeText } from '../world/calendar.ts'
import { phoneForm } from '../world/noise.ts'
import { limitedInterest, limitedInterestOfOthers, test } from '../world/purchases.ts'
import type { Channel, Shop } from './channel.ts'

const campaigns = [
  { name: '双11预热', day: dayOf('2025-10-28'), channel: '短信' },
  { name: '春季上新', day: dayOf('2026-03-05'), channel: '微信' },
  { name: '618大促', day: dayOf('2026-06-12'), channel: '短信' },
  { name: '秋冬会员日', day: dayOf('2026-09-20'), channel: '邮件' },
] as const

export interface TestTally {
  A: { customers: number; bought: number }
  B: { customers: number; bought: number }
}

/** Marketing: touches with campaign, variant and action (CSV); what campaigns cost (CSV). */
export function marketing(shop: Shop): Channel & { readonly tally: TestTally } {
  const touches = textFile(shop.dir, 'marketing/touches.csv', {
    header: '触达编号,会员ID,时间,活动,渠道,动作,实验组,手机号',
  })
  const tally: TestTally = { A: { customers: 0, bought: 0 }, B: { customers: 0, bought: 0 } }
  return {
    tally,
    visit({ person, history, random: root }) {
      if (!person.mallId || person.silentMall) return
      const random = root.fork('marketing')
      let n = 0
      const touch = (day: number, minute: number, campaign: string, channel: string, action: string, arm = '') => {
        if (day < days)
          touches.write(
            `CD${shop.numbers.id(person.index)}${n++},${person.mallId},${timeText(day, minute, 0)},${campaign},${channel},${action},${arm},${phoneForm(person.mallPhone, random)}`,
          )
      }
      for (const { name, day, channel } of campaigns) {
        if (!random.chance(0.18)) continue
        touch(day, 600, name, channel, '发送')
        if (!random.chance(0.3)) continue
        touch(day + random.int(2), 700, name, channel, '打开')
        if (random.chance(0.3)) touch(day + 2, 720, name, channel, '点击')
      }
      const { arm } = history
      if (!arm) return
      tally[arm].customers++
      if (history.boughtInTest) tally[arm].bought++
      touch(test.from, 600, test.name, '微信', '发送', arm)
      if (random.chance(arm === 'B' ? 0.6 : 0.45)) touch(test.from + random.int(5), 800, test.name, '微信', '打开', arm)
      const bought = history.orders.find((o) => o.day >= test.from && o.day < test.from + test.days)
      if (bought) touch(bought.day, bought.minute, test.name, '微信', '购买', arm)
    },
    async close() {
      return [await touches.close(), await costs(shop)]
    },
  }
}

/** Days with what was spent on them; in proportion to the size of the shop. */
function costs(shop: Shop) {
  const file = textFile(shop.dir, 'marketing/costs.csv', { header: '活动,渠道,日期,花费,曝光,点击' })
  for (const { name, day, channel } of [...campaigns, { name: test.name, day: test.from, channel: '微信' }]) {
    for (let d = 0; d < 7; d++) {
      const reach = Math.round(shop.customers * 0.18 * (7 - d)) / 7
      file.write(
        `${name},${channel},${dayText[day + d]},${yuan(Math.round(reach * (channel === '短信' ? 5 : 2)))},${Math.round(reach)},${Math.round(reach * 0.04)}`,
      )
    }
  }
  return file.close()
}

export interface InterestTally {
  readonly highValue: { views: number; limited: number }[]
  readonly others: { views: number; limited: number }[]
}

/** Web events (NDJSON by month): page views and product views, part of them before anybody logged in. */
export function web(shop: Shop): Channel & { readonly tally: InterestTally } {
  const files = months.map((month) => textFile(shop.dir, `web/events-${month}.ndjson`))
  const empty = () => months.map(() => ({ views: 0, limited: 0 }))
  const tally: InterestTally = { highValue: empty(), others: empty() }
  return {
    tally,
    visit({ person, random: root }) {
      if (!person.mallId || person.silentMall) return
      const random = root.fork('web')
      const keen = person.kind === 'high_value'
      const number = shop.numbers.id(person.index)
      for (let n = 0, views = keen ? 10 + random.int(13) : random.int(4); n < views; n++) {
        const day = random.int(days)
        const month = monthOfDay[day]!
        const limited = random.chance(keen ? limitedInterest[month]! : limitedInterestOfOthers)
        const product = random.pick(limited ? shop.goods.limited : shop.goods.ordinary)
        const page = random.chance(0.15)
        const known = random.chance(0.85)
        if (!page && known) {
          const counts = (keen ? tally.highValue : tally.others)[month]!
          counts.views++
          if (limited) counts.limited++
        }
        const time = `${timeText(day, random.int(1440), random.int(60)).replace(' ', 'T')}+08:00`
        const who = `"user_id":${known ? `"${person.mallId}"` : 'null'},"anonymous_id":"a${number}"`
        // written by hand: ten times faster than JSON.stringify, and nothing in it needs escaping
        files[month]!.write(
          page
            ? `{"event_id":"e${number}${n}","type":"page","event":"page_view","time":"${time}",${who},"page":"/new","channel":"web"}`
            : `{"event_id":"e${number}${n}","type":"track","event":"product_view","time":"${time}",${who},"page":"/p/${product.sku}","channel":"${random.chance(0.7) ? 'miniprogram' : 'web'}","product":{"sku":"${product.sku}","category":"${product.category}","limited":${product.limited}}}`,
        )
      }
    },
    close: () => Promise.all(files.map((f) => f.close())),
  }
}
