import { raw, sql, w, type Sql } from '../warehouse/index.ts'
import type { LinkTypeName } from './link-types.ts'

/** Customer numbers that name nobody. */
const blockedIds = sql`('', '-1', '0', 'null', 'none', 'nan', 'na', 'n/a', 'unknown', 'anonymous', 'undefined', 'test', '无', '未知', '匿名')`

/** True for a customer number that can name somebody; never null. */
export function usableId(customerId: Sql): Sql {
  return sql`(${customerId} is not null and lower(trim(${customerId})) not in ${blockedIds} and replace(${customerId}, '0', '') <> '')`
}

/** The reference of a row: `space:customer_id`; null when the row names nobody. */
export function refOf(space: Sql, customerId: Sql): Sql {
  return sql`case when ${usableId(customerId)} then ${w.concat(space, raw(`':'`), customerId)} end`
}

/** A customer row always has a reference: its own record key when it names nobody. */
export function customerRef(row: Sql): Sql {
  const of = (column: string): Sql => sql`${row}.${raw(column)}`
  return sql`coalesce(${refOf(of('space'), of('customer_id'))}, ${of('record_key')})`
}

/** Phone in E.164 form; null when it is masked, too short, one digit repeated or a known placeholder. */
export function phoneKeySql(x: Sql): Sql {
  const digits = w.regexReplace(x, '[^0-9]', '')
  // What intake standardised needs no taking apart: that is nearly all, and replacing is dear.
  const last = sql`right(${x}, 11)`
  return sql`case
    when ${x} is null then null
    when ${w.regexMatch(x, '\\+861[3-9][0-9]{9}')} then ${phoneUnlessBlocked(x, last)}
    when ${w.regexContains(x, '[*xX×]')} then null
    when ${w.regexMatch(digits, '((00)?86)?1[3-9][0-9]{9}')} then ${phoneUnlessBlocked(w.concat(raw(`'+86'`), sql`right(${digits}, 11)`), sql`right(${digits}, 11)`)}
    when ${w.length(digits)} between 7 and 15 then ${phoneUnlessBlocked(sql`case when ${w.regexMatch(x, '\\s*\\+.*')} then ${w.concat(raw(`'+'`), digits)} else ${digits} end`, digits)}
  end`
}

// One pattern, not `not in`: of a list the engine makes a join, whose key it computes for all rows, `case` or not.
const blockedPhone = '13800138000|13888888888|1234567(8(9(01?)?)?)?|1?[0-9]?(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)'

function phoneUnlessBlocked(value: Sql, digits: Sql): Sql {
  return sql`case when not ${w.regexMatch(digits, blockedPhone)} then ${value} end`
}

/** E-mail address in lower case, dots and tags of Gmail dropped; null for shared and placeholder addresses. */
export function emailKeySql(x: Sql): Sql {
  const e = sql`lower(trim(${x}))`
  return sql`case
    when ${x} is null then null
    when not ${w.regexMatch(e, '[^@\\s*]+@[^@\\s*]+\\.[^@\\s*.]+')} then null
    when ${w.regexMatch(e, blockedEmail)} then null
    when ${w.regexMatch(e, '.*@(gmail|googlemail)\\.com')}
      then ${w.concat(w.regexReplace(w.regexExtract(e, '^([^@+]*)', 1), '\\.', ''), raw(`'@gmail.com'`))}
    else ${e}
  end`
}

export const blockedEmail =
  '(test[0-9]*@.*|null@.*|none@.*|na@.*|noemail@.*|no@.*|a@a\\..*|anonymous@.*|unknown@.*|no-?reply@.*|.*@test\\.[a-z]+|.*@example\\.[a-z]+|(info|admin|sales|service|support|office|contact|hello|webmaster|kefu)@.*)'

/** Keyed digest of a secret number: equal numbers are found, the number itself is nowhere. */
export function digestSql(x: Sql, salt: string): Sql {
  const plain = sql`upper(${w.regexReplace(x, '[^0-9A-Za-z]', '')})`
  return sql`case when ${w.length(plain)} >= 6 and not ${w.regexMatch(plain, '(0+|1+|9+|X+)')} then ${w.md5(w.concat(sql`${salt}`, raw(`':'`), plain))} end`
}

/** Any other identifier: trimmed, placeholders dropped. */
export function plainKeySql(x: Sql): Sql {
  return sql`case when ${usableId(x)} and ${w.length(sql`trim(${x})`)} >= 3 then trim(${x}) end`
}

/** Company names in folded form without blanks and legal form, so that 某某（上海）有限公司 and 某某(上海) agree. */
export function companyKeySql(x: Sql): Sql {
  const folded = w.regexReplace(sql`lower(${w.foldText(x)})`, '[\\s.,()（）·-]', '')
  const bare = w.regexReplace(
    folded,
    '(股份有限公司|有限责任公司|有限公司|集团|公司|incorporated|inc|llc|ltd|limited|corporation|corp|co)$',
    '',
  )
  return sql`case when ${w.length(bare)} >= 2 and ${bare} not in ('个人', '无', '暂无', '未知', 'none', 'null', 'na') then ${bare} end`
}

/** Placeholder dates that forms fill in by themselves say nothing about a birth. */
export function birthSql(x: Sql): Sql {
  return sql`case when extract(year from ${x}) > 1900 and not (extract(month from ${x}) = 1 and extract(day from ${x}) = 1) then ${x} end`
}

/** Where a membership number counts: its id space, or the realm of the spaces that are seen to share their numbers. */
export function realmOf(space: Sql): Sql {
  return sql`coalesce((select m.realm from identity_realm m where m.space = ${space}), ${space})`
}

/** Key value of a column of the customer row `c`, by type; null when it cannot link. */
export function linkKeySql(type: LinkTypeName, c: Sql, salt: string): Sql {
  const of = (column: string): Sql => sql`${c}.${raw(column)}`
  switch (type) {
    case 'phone':
      return phoneKeySql(of('phone'))
    case 'email':
      return emailKeySql(of('email'))
    case 'id_card':
      return digestSql(of('id_card'), salt)
    case 'company':
      return companyKeySql(of('company'))
    case 'member_no':
      return sql`case when ${plainKeySql(of('member_no'))} is not null then ${w.concat(realmOf(of('space')), raw(`':'`), plainKeySql(of('member_no')))} end`
    default:
      return plainKeySql(of(type))
  }
}
