import type { Text } from '../../base/text.ts'
import type { InspectedColumn, SeenType } from '../../sources/index.ts'
import type { Field } from '../contract.ts'
import { isStandardWord } from '../standards/words.ts'
import { headerWord } from './header-word.ts'

export interface Evidence {
  /** 0–1. */
  readonly score: number
  readonly reason: Text
}

const nothing: Evidence = { score: 0, reason: { zh: '', en: '' } }

/** Words that only say whose column it is: `customer_city`, `订单状态`. */
const owners =
  /^(?:customer|order|product|item|buyer|user|member|shipping|billing|review|store|shop|the|客户|会员|订单|商品|买家|用户|收货|顾客)/

/** How well a header names a field. */
export function byName(header: string, name: string, field: Field): Evidence {
  const word = headerWord(header)
  if (!word) return nothing
  if (word === headerWord(name)) return said(1, '列名与字段名相同', 'the header is the name of the field')
  if (word === headerWord(field.text.zh) || word === headerWord(field.text.en))
    return said(0.99, '列名与字段说明相同', 'the header is the title of the field')
  const at = field.synonyms.indexOf(word)
  if (at >= 0)
    return said(
      Math.max(0.82, 0.96 - at * 0.004),
      `“${header}”是该字段的常用列名`,
      `"${header}" is a usual header of this field`,
    )
  const known = [headerWord(name), headerWord(field.text.zh), headerWord(field.text.en), ...field.synonyms]
  const bare = word.replace(owners, '')
  if (bare && bare !== word && known.includes(bare))
    return said(0.8, `去掉前缀后是“${bare}”`, `without its prefix it is "${bare}"`)
  const close = known.find((k) => k.length >= 6 && word.length >= 6 && nearly(k, word))
  if (close) return said(0.75, `与“${close}”只差一个字符`, `one character away from "${close}"`)
  return contained(word, known)
}

function contained(word: string, known: readonly string[]): Evidence {
  let best = 0
  let with_ = ''
  for (const k of known) {
    const long = /\p{Script=Han}/u.test(k) ? k.length >= 2 : k.length >= 5
    if (!long || !word.includes(k)) continue
    const score = 0.45 + 0.3 * (k.length / word.length)
    if (score > best) [best, with_] = [score, k]
  }
  return best ? said(best, `列名包含“${with_}”`, `the header contains "${with_}"`) : nothing
}

/** Levenshtein distance of exactly one, without the matrix. */
function nearly(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (i < a.length && i < b.length && a[i] === b[i]) i++
  const [x, y] = [a.slice(i), b.slice(i)]
  return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1)
}

/** How well the values alone point at a field: only where a pattern says enough. */
export function byValues(column: InspectedColumn, field: Field): Evidence {
  if (field.semantic === 'phone' && column.type === 'phone')
    return said(0.62, '内容是电话号码', 'the values are phone numbers')
  if (field.semantic === 'email' && column.type === 'email')
    return said(0.66, '内容是邮箱', 'the values are e-mail addresses')
  if (field.mask === 'id_number' && column.type === 'id_card')
    return said(0.7, '内容是身份证号', 'the values are ID card numbers')
  if (field.semantic === 'gender' || field.semantic === 'region') {
    const values = column.examples.filter((v) => v.length > 1 || /\p{Script=Han}/u.test(v))
    if (values.length >= 2 && values.every((v) => isStandardWord(field.semantic as 'gender', v)))
      return said(0.6, `内容都是${field.text.zh}`, `all values are those of ${field.text.en}`)
  }
  return nothing
}

const numbers: readonly SeenType[] = ['int', 'decimal']
const times: readonly SeenType[] = ['date', 'timestamp']

/** 1 when the values fit the field's type, less when they would have to be mended or cannot be. */
export function typeFit(column: InspectedColumn, field: Field): number {
  if (column.missing >= 1 || column.examples.length === 0) return 0.9
  switch (field.type) {
    case 'int':
    case 'bigint':
    case 'double':
    case 'decimal':
      if (numbers.includes(column.type)) return 1
      if (column.type === 'bool') return 0.8
      return column.examples.every((v) => /\d/.test(v)) && !times.includes(column.type) && column.type !== 'id_card'
        ? 0.7
        : 0.25
    case 'date':
    case 'timestamp':
      if (times.includes(column.type)) return 1
      return column.examples.every((v) => /^\d{4}\D?\d{1,2}|\d{1,2}\D\d{1,2}\D\d{2,4}|^\d{10}(?:\d{3})?$/.test(v))
        ? 0.75
        : 0.2
    case 'bool':
      return column.type === 'bool' || column.distinct <= 3 ? 1 : 0.4
    case 'json':
      return column.type === 'json' ? 1 : 0.5
    default:
      if (field.semantic === 'phone')
        return column.type === 'phone' ? 1 : column.type === 'int' ? 0.85 : column.type === 'text' ? 0.7 : 0.3
      if (field.semantic === 'email') return column.type === 'email' ? 1 : 0.5
      if (field.semantic === 'gender') return column.distinct <= 8 ? 1 : 0.4
      if (times.includes(column.type)) return 0.3
      if (column.type === 'email' || column.type === 'phone') return 0.6
      // A free text field holds words: numbers there are rather a code of something else.
      return column.type === 'decimal' ? 0.55 : 1
  }
}

function said(score: number, zh: string, en: string): Evidence {
  return { score, reason: { zh, en } }
}
