import { textFile, yuan } from '../output/text-file.ts'
import { dayCompact, days, timeText } from '../world/calendar.ts'
import { phoneForm } from '../world/noise.ts'
import { storeRegions, stores, storesIn, type Store } from '../world/places.ts'
import type { Order } from '../world/purchases.ts'
import type { Product } from '../world/products.ts'
import type { Channel, Shop } from './channel.ts'

const header = '小票号,行号,交易时间,门店,会员号,手机号,货号,品名,类别,数量,单价,金额,收银员'

interface Receipt {
  readonly id: string
  readonly store: Store
  readonly card: string
  readonly phone: string
  readonly clerk: number
}

/** The tills: one GB18030 file per store region. Members show a card or tell a phone; walk-ins leave no trace. */
export function till(shop: Shop): Channel {
  const { truth } = shop
  const files = Object.fromEntries(
    storeRegions.map((r) => [r, textFile(shop.dir, `till/pos-${r}.csv`, { header, encoding: 'gb18030' })]),
  ) as Record<(typeof storeRegions)[number], ReturnType<typeof textFile>>

  const write = (
    r: Receipt,
    n: number,
    day: number,
    minute: number,
    product: Product,
    quantity: number,
    amount: number,
  ): [ReturnType<typeof textFile>, number, string] => {
    const file = files[r.store.region]
    const text = `${r.id},${n},${timeText(day, minute, n % 60)},${r.store.name},${r.card},${r.phone},${product.sku},${product.name},${product.category},${quantity},${yuan(product.price)},${yuan(amount)},${r.store.code}-0${r.clerk}`
    return [file, file.write(text), text]
  }

  const sell = (receipt: Receipt, order: Order, copies: () => boolean, back: (line: number) => string) => {
    for (const [i, line] of order.lines.entries()) {
      const [file, , text] = write(receipt, i + 1, order.day, order.minute, line.product, line.quantity, line.amount)
      if (copies()) truth.fault(file.path, file.write(text), `${receipt.id}/${i + 1}`, '', 'exact_copy')
      if (line.returned)
        write({ ...receipt, id: back(i) }, 1, line.returned, order.minute, line.product, -line.quantity, -line.amount)
    }
  }

  return {
    visit({ person, history, random: root, tills }) {
      const random = root.fork('till')
      const store = random.pick(storesIn[person.place.storeRegion])
      const number = shop.numbers.id(person.index)
      let n = 0
      for (const order of history.orders) {
        if (order.channel !== 'till') continue
        const id = (day: number) => `${store.code}-${dayCompact[day]}-${number}${String(n++).padStart(2, '0')}`
        const byCard = person.cardId && person.cardAtTill
        const receipt = {
          id: id(order.day),
          store,
          card: byCard ? person.cardId! : '',
          phone: byCard ? '' : phoneForm(person.phone, random),
          clerk: 1 + random.int(6),
        }
        if (!byCard) tills.push(receipt.id)
        sell(
          receipt,
          order,
          () => random.chance(0.0015),
          (i) => {
            const back = id(order.lines[i]!.returned)
            if (!byCard) tills.push(back)
            return back
          },
        )
      }
      if (random.chance(0.5)) walkIn(random.fork('walk-in'), number)
    },
    close: () => Promise.all(Object.values(files).map((f) => f.close())),
  }

  /** Two stores have the habit: their numbers end up on many receipts of strangers. */
  function lendsItsPhone(store: (typeof stores)[number]): boolean {
    return store.code === 'S01' || store.code === 'S11'
  }

  function walkIn(random: Parameters<Channel['visit']>[0]['random'], number: string): void {
    const store = random.pick(stores)
    const day = random.int(days)
    const id = `${store.code}-${dayCompact[day]}-W${number}`
    const roll = random.next()
    // who gives no phone: at two stores the clerks type the store's; anybody may type one that is a digit short
    const lent = lendsItsPhone(store) ? 0.6 : 0
    const phone =
      roll < lent ? store.phone : roll < lent + 0.03 ? `13${String(random.int(100_000_000)).padStart(8, '0')}` : ''
    const receipt = { id, store, card: '', phone, clerk: 1 + random.int(6) }
    const minute = 600 + random.int(660)
    for (let n = 1, count = random.chance(0.4) ? 2 : 1; n <= count; n++) {
      const product = random.pick(shop.goods.ordinary)
      const [file, row] = write(receipt, n, day, minute, product, 1, product.price)
      if (roll < lent) truth.fault(file.path, row, `${id}/${n}`, '手机号', 'shared_value', phone)
      else if (roll < lent + 0.03) truth.fault(file.path, row, `${id}/${n}`, '手机号', 'phone_digits', phone)
    }
  }
}
