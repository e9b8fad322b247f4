import { id, join, sql, w, type ColumnType, type Sql } from '../../warehouse/index.ts'
import type { Field, FieldMapping, Mapping } from '../contract.ts'
import { isWordKind, type WordKind } from '../standards/words.ts'
import { regions } from '../standards/regions.ts'
import { boolOf, floatIdOf, isPlainNumber, numberOf, phoneOf, tidyNumber, tidyPhone, wholeOf } from './casts.ts'
import { conditionOn, type StagedColumns } from './columns.ts'
import { isYearFirst, offsetOf, tidyTime, utcOf, wallTime } from './times.ts'

const ids = /(?:_id|_no|^sku|^uscc|^id_card|^openid|^unionid)$/
/** A float in place of these is always the work of a spreadsheet. */
const floatIds = new Set(['customer_id', 'member_no', 'phone'])

/** The text of a field before it is cast: column, fixed value, cases and codes; blank is null. */
export function textOf(mapping: FieldMapping, columns: StagedColumns): Sql {
  const fixed = mapping.value === undefined ? undefined : sql`${String(mapping.value)}`
  const column = mapping.column === undefined ? undefined : w.bare(columns.get(mapping.column))
  const rest = column ?? fixed ?? sql`null`
  const base = w.cast(mapping.cases?.length ? caseOf(mapping.cases, rest, columns) : rest, 'text')
  const codes = Object.entries(mapping.codes ?? {})
  if (codes.length === 0) return base
  return sql`case ${base} ${join(
    codes.map(([from, to]) => sql`when ${from} then ${to}`),
    ' ',
  )} else ${base} end`
}

function caseOf(cases: NonNullable<FieldMapping['cases']>, rest: Sql, columns: StagedColumns): Sql {
  const branches = cases.map((c) => sql`when ${conditionOn(c.when, columns)} then ${c.then}`)
  return sql`case ${join(branches, ' ')} else ${rest} end`
}

/** Which standard words a field is looked up in; undefined for most. */
export function wordKindOf(field: Field): WordKind | undefined {
  return isWordKind(field.semantic) ? field.semantic : undefined
}

/** The key under which the value is looked up: the SQL twin of `wordKey`, with the province cut out of an address. */
export function lookupKey(text: Sql, kind: WordKind): Sql {
  const key = sql`lower(${w.regexReplace(w.foldText(text), String.raw`[\s._、,·/-]`, '')})`
  if (kind !== 'region') return key
  const province = w.regexExtract(key, provinceAtFront, 1)
  return sql`case when ${province} <> '' then ${province} else ${key} end`
}

// 海南藏族自治州 lies in 青海: a name counts only when nothing, its own ending or a city follows it.
const shortRegions = Object.values(regions).map(([short]) => short)
const provinceAtFront = `^(?:中国)?(${shortRegions.join('|')})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区).*$`

/** Whether the text needs no tidying, judged once for all steps that ask. */
export function plainStep(name: string, field: Field, text: Sql): Record<string, Sql> {
  switch (field.type) {
    case 'timestamp':
    case 'date':
      return { [`_p_${name}`]: isYearFirst(text) }
    case 'double':
    case 'decimal':
      return { [`_p_${name}`]: isPlainNumber(text) }
    default:
      return {}
  }
}

/** Columns that prepare a field's value, by their place in the row of steps; see `tidyTime`. */
export function tidyStep(name: string, field: Field, text: Sql): Record<string, Sql> {
  const d = `_d_${name}`
  const plain = id(`_p_${name}`)
  switch (field.type) {
    case 'timestamp':
      return { [d]: tidyTime(text, plain), [`_o_${name}`]: offsetOf(text, plain) }
    case 'date':
      return { [d]: tidyTime(text, plain) }
    case 'double':
    case 'decimal':
      return { [d]: tidyNumber(text, plain) }
    default:
      return field.semantic === 'phone' ? { [d]: tidyPhone(text) } : {}
  }
}

export function wallStep(name: string, field: Field, how: FieldMapping): Record<string, Sql> {
  return field.type === 'timestamp' || field.type === 'date'
    ? { [`_w_${name}`]: wallTime(id(`_d_${name}`), id(`_p_${name}`), how.formats ?? []) }
    : {}
}

/** A typed, standardised value of a text (for types that may fail: with null words gone), over the steps before. */
export function valueOf(
  name: string,
  field: Field,
  text: Sql,
  how: FieldMapping,
  mapping: Mapping,
  zone: string,
  word?: Sql,
): Sql {
  const tidy = sql`t.${id(`_d_${name}`)}`
  const wall = sql`t.${id(`_w_${name}`)}`
  const plain = sql`t.${id(`_p_${name}`)}`
  switch (field.type) {
    case 'timestamp':
      return utcOf(tidy, wall, plain, sql`t.${id(`_o_${name}`)}`, mapping.zone ?? zone)
    case 'date':
      return sql`cast(${wall} as date)`
    case 'int':
    case 'bigint':
      return wholeOf(text, field.type)
    case 'double':
    case 'decimal':
      return numberOf(tidy, plain, field.type)
    case 'bool':
      return boolOf(text)
    case 'json':
      return sql`case when ${w.regexMatch(text, String.raw`(?s)[\[{].*`)} then ${w.tryCast(text, 'json')} end`
    default:
      return textValue(name, field, text, tidy, how, mapping, word)
  }
}

function textValue(
  name: string,
  field: Field,
  text: Sql,
  tidy: Sql,
  how: FieldMapping,
  mapping: Mapping,
  word: Sql | undefined,
): Sql {
  if (field.semantic === 'phone') return phoneOf(text, tidy, mapping.phoneCountry ?? 'CN')
  const trimmed = how.format === 'float_id' || floatIds.has(name) ? floatIdOf(text) : text
  if (field.semantic === 'email') return sql`lower(${w.regexReplace(w.foldText(trimmed), String.raw`^mailto:|\s`, '')})`
  if (field.semantic === 'city') return cityOf(trimmed, word!)
  if (field.semantic === 'tags') return w.regexReplace(w.foldText(trimmed), String.raw`\s*[,、;|]\s*`, ',')
  if (word) return sql`coalesce(${word}, ${w.foldText(trimmed)})`
  if (name === 'id_card' || name === 'uscc') return sql`upper(${w.foldText(trimmed)})`
  return ids.test(name) || field.semantic ? w.foldText(trimmed) : trimmed
}

/** 深圳 → 深圳市; 延边 → 延边朝鲜族自治州 (looked up); names of other kinds and countries stay. */
function cityOf(text: Sql, word: Sql): Sql {
  const folded = w.foldText(text)
  const full = sql`case when ${w.regexMatch(folded, String.raw`\p{Han}{2,5}`)} and not ${w.regexContains(folded, '[市州盟区县旗省]$')} then concat(${folded}, '市') else ${folded} end`
  return sql`coalesce(${word}, ${full})`
}

/** Free text in which `无` or `NA` may be the message itself. */
export function readable(name: string, field: Field): boolean {
  return field.type === 'text' && !field.semantic && !ids.test(name) && !floatIds.has(name)
}

/** True for types whose text may fail to be cast. */
export function mayFail(type: ColumnType): boolean {
  return type !== 'text' && type !== 'text[]'
}
