import { seeded, type Random } from '../../../src/base/random.ts'
import { dateAt, iso, type CalendarDate } from './calendar.ts'
import { nameOf, type Name } from './names.ts'
import { numbers } from './numbers.ts'
import { addressOf, places, type Place } from './places.ts'

/** How a person buys; `high_value` carries the story. */
export const kinds = {
  high_value: 0.12,
  frequent: 0.05,
  regular: 0.45,
  occasional: 0.13,
  lapsed: 0.12,
  fresh: 0.08,
  once: 0.05,
} as const
export type Kind = keyof typeof kinds

export interface Person {
  readonly index: number
  readonly kind: Kind
  /** 0 = none; else two neighbours share it, the address, and a phone on their cards. */
  readonly household: number
  readonly name: Name
  readonly birth: CalendarDate
  readonly place: Place
  readonly address: string
  readonly phone: string
  /** On the mall account when the person has changed the number since; somebody else may have it now. */
  readonly mallPhone: string
  /** On the membership card: in a household the partner's. */
  readonly cardPhone: string
  readonly email: string
  readonly registered: string
  readonly mallId?: string
  readonly cardId?: string
  readonly secondCardId?: string
  /** The mall account knows the card number. */
  readonly bound: boolean
  /** A mall account that was never used: no order, no event, no touch. Only such accounts carry faults that may take the row out. */
  readonly silentMall: boolean
  /** Shares a phone with somebody: tills and tickets know the person by id only. */
  readonly byIdOnly: boolean
  /** Shows the card at the till; else tells the phone number. */
  readonly cardAtTill: boolean
  readonly company?: { readonly name: string; readonly industry: string; readonly role: string }
}

const mailDomains = [
  'qq.com',
  'qq.com',
  '163.com',
  '163.com',
  '126.com',
  'outlook.com',
  'sina.com',
  'gmail.com',
  'foxmail.com',
]
const roles = ['采购决策者', '采购经办', '行政主管', '总经理']
const industries = ['零售业', '制造业', '教育', '住宿和餐饮业', '金融业']
const words = [...'华盛恒丰瑞祥德信宏泰嘉禾新元广通金源利达永昌兴隆安和']

export type People = (index: number) => Person

/** The person of every number, each from random streams of their own: asking for one costs no memory. */
export function people(seed: number): People {
  const root = seeded(seed)
  const number = numbers(seed)
  const inHousehold = (index: number) => root.fork(`household/${index >> 1}`).chance(0.05)
  const gaveUp = (index: number) => !inHousehold(index) && root.fork(`gave/${index}`).chance(0.01)

  return (index) => {
    const random = root.fork(`person/${index}`)
    const shared = inHousehold(index)
    const home = shared ? root.fork(`home/${index >> 1}`) : random.fork('home')
    const partner = shared && index % 2 === 1
    const gender = shared ? (partner ? '女' : '男') : random.chance(0.62) ? '女' : '男'
    const name = nameOf(random, gender, partner ? nameOf(root.fork(`person/${index - 1}`), '男').surname : undefined)
    const place = home.pick(places)
    const moved = gaveUp(index)
    const recycled = !shared && !moved && index >= 7 && gaveUp(index - 7)
    const phone = number.phone(recycled ? 2 * (index - 7) + 1 : 2 * index)
    const byIdOnly = shared || moved || recycled

    const trait = random.fork('traits')
    const roll = trait.next()
    const kind = kindOf(trait.next())
    const hasCard = byIdOnly || roll < 0.6
    const hasMall = byIdOnly || trait.chance(hasCard ? 0.86 : 0.85)
    const silentMall = hasMall && hasCard && !byIdOnly && kind !== 'high_value' && trait.chance(0.1)
    return {
      index,
      kind,
      household: shared ? (index >> 1) + 1 : 0,
      name,
      birth: {
        y: 1950 + Math.round(trait.next() * 30 + trait.next() * 26),
        m: 1 + trait.int(12),
        d: 1 + trait.int(28),
      },
      place,
      address: addressOf(home, place),
      phone,
      mallPhone: moved ? number.phone(2 * index + 1) : phone,
      cardPhone: partner ? number.phone(2 * (index - 1)) : phone,
      email: `${name.pinyin}${trait.pick(['.', '_', ''])}${number.mail(index)}@${trait.pick(mailDomains)}`,
      registered: iso(dateAt(kind === 'fresh' ? 515 + trait.int(30) : -1 - trait.int(1400))),
      mallId: hasMall ? `M${number.id(2 * index)}` : undefined,
      cardId: hasCard ? `C${number.id(2 * index)}` : undefined,
      secondCardId: hasCard && !byIdOnly && trait.chance(0.03) ? `C${number.id(2 * index + 1)}` : undefined,
      bound: trait.chance(byIdOnly ? 0.8 : 0.4),
      silentMall,
      byIdOnly,
      cardAtTill: byIdOnly || trait.chance(0.8),
      company: hasCard && trait.chance(0.03) ? companyOf(index, place, trait) : undefined,
    }
  }
}

function kindOf(roll: number): Kind {
  let sum = 0
  for (const [kind, share] of Object.entries(kinds)) if (roll < (sum += share)) return kind as Kind
  return 'once'
}

/** Four characters from the number: no two persons have the same company. */
function companyOf(index: number, place: Place, random: Random) {
  let brand = ''
  for (let i = 0, n = index * 61 + 7; i < 4; i++, n = Math.floor(n / words.length)) brand += words[n % words.length]
  return {
    name: `${place.city.replace('市', '')}${brand}有限公司`,
    industry: random.pick(industries),
    role: random.pick(roles),
  }
}
