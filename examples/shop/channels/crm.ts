import type { Random } from '../../../src/base/random.ts'
import { levelOf, levels, type FaultClass } from '../faults.ts'
import { memberFile, type MemberRow } from '../output/member-file.ts'
import { yuan } from '../output/text-file.ts'
import { dateStyles, emailForm, phoneForm } from '../world/noise.ts'
import { typoOf } from '../world/names.ts'
import { iso } from '../world/calendar.ts'
import type { Person } from '../world/person.ts'
import type { Channel, Shop, Visit } from './channel.ts'

const columns = [
  '会员号',
  '姓名',
  '手机',
  '邮箱',
  '性别',
  '出生日期',
  '年龄',
  '省份',
  '城市',
  '会员等级',
  '入会日期',
  '来源渠道',
  '公司名称',
  '所属行业',
  '联系人角色',
  '累计消费',
  '备注',
]
const sources = ['门店', '门店', '小程序', '朋友推荐', '抖音', '小红书']

/** The key fields of a customer, as columns here; completeness is counted over them. */
const keyColumns = ['姓名', '手机', '邮箱', '性别', '出生日期', '省份', '会员等级', '来源渠道'] as const

export interface Completeness {
  cells: number
  present: number
  /** Present after the values of the linked mall account are added. */
  fillable: number
}

type Card = Record<(typeof columns)[number], string | number>

/** The membership system: a workbook or a CSV; nearly half of the cards were filled in at the till in a hurry. */
export function crm(shop: Shop): Channel & { readonly completeness: Completeness } {
  const file = memberFile(shop.dir, columns, shop.customers)
  const completeness: Completeness = { cells: 0, present: 0, fillable: 0 }
  const write = (card: Card): number => file.write(columns.map((c) => card[c]!) as MemberRow)

  const put = ({ person, account }: Visit, card: Card, referred: boolean, random: Random) => {
    const missing = keyColumns.filter((c) => card[c] === '').length
    const faults = missing >= 3 ? [{ field: '', kind: 'missing_key_fields' as FaultClass }] : []
    // a fault that may blank its cell must not push a row over the 30 % unnoticed
    const fault = missing === 2 ? undefined : spoil(person, card, referred, random)
    const row = write(card)
    for (const f of [...faults, ...(fault ? [fault] : [])])
      shop.truth.fault(
        file.path,
        row,
        String(card.会员号),
        f.field,
        f.kind,
        'written' in f ? f.written : '',
        'was' in f ? f.was : '',
      )
    count(person, card, account)
    if (!fault && !faults.length && random.chance(0.003)) {
      shop.truth.fault(file.path, write(card), String(card.会员号), '', 'exact_copy')
      count(person, card, account)
    }
  }

  const count = (person: Person, card: Card, account: Visit['account'] = {}) => {
    completeness.cells += keyColumns.length
    completeness.present += keyColumns.filter((c) => card[c] !== '').length
    const phoneLinks = person.mallPhone === person.cardPhone && card.手机 !== '' && card.手机 !== rubbishPhone
    const mailLinks = String(card.邮箱).toLowerCase() === person.email && account.邮箱
    const linked = phoneLinks || mailLinks || (person.bound && card.会员号 === person.cardId)
    completeness.fillable += keyColumns.filter((c) => card[c] !== '' || (linked && account[c])).length
  }

  return {
    completeness,
    visit(visit) {
      const { person, history } = visit
      if (!person.cardId) return
      const random = visit.random.fork('crm')
      const usedAtTill = person.cardAtTill && history.orders.some((o) => o.channel === 'till')
      put(visit, cardOf(person, person.cardId, history.spent, random), usedAtTill, random)
      if (person.secondCardId) put(visit, cardOf(person, person.secondCardId, 0, random), false, random)
    },
    close: async () => [await file.close()],
  }
}

const rubbishPhone = '13800138000'

function cardOf(person: Person, id: string, spent: number, random: Random): Card {
  const hasty = random.chance(0.47)
  const keep = (whenHasty: number, otherwise: number): boolean => random.chance(hasty ? whenHasty : otherwise)
  // fields are left empty in this order of care; a card filled in properly lacks at most two
  let left = hasty ? 8 : 2
  const value = (text: string, whenHasty: number, otherwise: number): string =>
    keep(whenHasty, otherwise) || left-- <= 0 ? text : ''
  const total = Math.max(0, spent)
  const birth = value(iso(person.birth), 0, 0.86)
  return {
    会员号: id,
    姓名: value(person.name.full, 0.93, 0.995),
    手机: value(phoneForm(person.cardPhone, random), 0.95, 0.97),
    邮箱: value(emailForm(person.email, random), 0.02, 0.75),
    性别: value(person.name.gender, 0.05, 0.9),
    出生日期: birth,
    年龄: birth && random.chance(0.6) ? ageOf(person) : '',
    省份: value(person.place.provinceShort, 0.12, 0.95),
    城市: keep(0.05, 0.8) ? person.place.city : '',
    会员等级: levelOf(total),
    入会日期: person.registered,
    来源渠道: value(random.pick(sources), 0.3, 0.86),
    公司名称: person.company?.name ?? '',
    所属行业: person.company?.industry ?? '',
    联系人角色: person.company?.role ?? '',
    累计消费: Number(yuan(total)),
    备注: random.chance(0.03) ? random.pick(['喜欢预约试衣', '不接电话，请发短信', '需要开发票', '"VIP"通道']) : '',
  }
}

/** On the last day of the two years. */
function ageOf({ birth }: Person): number {
  return 2026 - birth.y - (birth.m > 10 ? 1 : 0)
}

interface Fault {
  readonly field: string
  readonly kind: FaultClass
  readonly written: string
  readonly was: string
}

/** At most one fault a card. Those that may take the row out only where nothing refers to the card. */
function spoil(person: Person, card: Card, referred: boolean, random: Random): Fault | undefined {
  const set = (field: string, kind: FaultClass, written: string | number): Fault => {
    const was = String(card[field])
    card[field] = written
    return { field, kind, written: String(written), was }
  }
  const roll = random.next()
  if (!referred && roll < 0.2) {
    if (roll < 0.06 && card.手机 !== '') return set('手机', 'phone_digits', person.cardPhone.slice(0, 10))
    if (roll < 0.12 && card.邮箱 !== '') return set('邮箱', 'email_no_at', String(card.邮箱).replace('@', ''))
    if (roll >= 0.12) return set('年龄', 'impossible_age', random.pick([0, 200]))
    return undefined
  }
  if (roll < 0.24) return set('入会日期', 'date_style', random.pick(dateStyles)(dateOf(person.registered)))
  if (roll < 0.26) return set('会员等级', 'level_mismatch', wrongLevel(Number(card.累计消费) * 100))
  const typo = typoOf(person.name.full)
  if (roll < 0.28 && typo && card.姓名 !== '') return set('姓名', 'typo_name', typo)
  if (roll < 0.288 && card.城市 !== '') return set('城市', 'typo_city', mistyped(String(card.城市)))
  if (roll < 0.294 && card.手机 !== '') return set('手机', 'shared_value', rubbishPhone)
  if (roll < 0.299 && card.邮箱 !== '') return set('邮箱', 'shared_value', 'test@test.com')
  if (roll < 0.304 && card.姓名 !== '') return set('姓名', 'shared_value', '顾客')
  return undefined
}

const lookAlike: Readonly<Record<string, string>> = {
  州: '洲',
  京: '景',
  海: '诲',
  圳: '川',
  汉: '汗',
  沙: '砂',
  都: '嘟',
  津: '律',
}

/** The city with one character that looks or sounds alike; else one character twice. */
function mistyped(city: string): string {
  const at = [...city].findIndex((c) => lookAlike[c])
  return at < 0 ? city[0] + city : city.slice(0, at) + lookAlike[city[at]!] + city.slice(at + 1)
}

function dateOf(text: string) {
  const [y, m, d] = text.split('-').map(Number) as [number, number, number]
  return { y, m, d }
}

/** Two or more steps from the right one. */
function wrongLevel(spent: number): string {
  const right = levels.findLastIndex((l) => spent >= l.from)
  return right < 2 ? '钻石' : '普通'
}
