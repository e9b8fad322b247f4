import { join, sql, w, type Sql } from '../../warehouse/index.ts'

/** What files write where there is nothing, compared in lower case. Free text keeps such words. */
export const nullWords = [
  'null',
  'n/a',
  'na',
  'nan',
  'none',
  'nil',
  '-',
  '--',
  '—',
  '/',
  String.raw`\n`,
  '#n/a',
  '无',
  '未知',
  '0000-00-00',
  '0000-00-00 00:00:00',
  '\u00a0',
  '\u3000',
]

export function nullWordsGone(text: Sql): Sql {
  // Most values are longer than these and spared the comparison. Not `in`: the engine makes a join of a long list, for all rows.
  const short = nullWords.filter((word) => word.length <= 4).map((word) => word.replaceAll('\\', '\\\\'))
  const zeros = nullWords.filter((word) => word.length > 4)
  return sql`case
    when length(${text}) <= 4 and ${w.regexMatch(sql`lower(${text})`, short.join('|'))} then null
    when ${text} like '0000-%' and (${join(
      zeros.map((word) => sql`${text} = ${word}`),
      ' or ',
    )}) then null
    else ${text}
  end`
}

const number = String.raw`[-+]?(?:\d+(?:\.\d*)?|\.\d+)`
const symbols = String.raw`[\s¥$€£₹元圆'’]|(?i:RMB|CNY|USD|EUR|GBP|HKD|JPY|US|人民币)`

const plainNumber = String.raw`-?\d+(?:\.\d+)?`
const comma = String.raw`[-+(]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,2}\)?-?`

/**
 * Step 1 of a number: `1,234.50`, `¥ 84,835.00`, `(1,200)`, `1200-`, `1.234,56` and `12,5` (a comma before the one or two
 * last digits is decimal) lose currency, blanks and separators of thousands.
 */
export function tidyNumber(text: Sql, plain: Sql): Sql {
  const bare = w.regexReplace(w.foldText(text), symbols, '')
  return sql`case when ${plain} then ${text} else ${bare} end`
}

/** `-12.50`: cast as it is. */
export function isPlainNumber(text: Sql): Sql {
  return w.regexMatch(text, plainNumber)
}

/** Step 2: the tidied text as a number: brackets or a minus behind are negative, `3.5万` is 35000. Null when it is none. */
export function numberOf(tidy: Sql, plain: Sql, type: 'double' | 'decimal'): Sql {
  const european = w.regexReplace(w.regexReplace(tidy, '\\.', ''), ',', '.')
  const digits = sql`case when ${w.regexMatch(tidy, comma)} then ${european} else ${w.regexReplace(tidy, '[,万]', '')} end`
  const value = w.tryCast(w.regexExtract(digits, String.raw`^\(?(-?${number}(?:[eE][-+]?\d{1,2})?)\)?-?$`, 1), 'double')
  const sign = sql`case when ${w.regexMatch(tidy, String.raw`\(\+?[\d.,]+\)|\+?[\d.,]+-`)} then -1 else 1 end`
  const scale = sql`case when ${w.regexContains(tidy, '万$')} then 10000 else 1 end`
  return sql`case when ${plain} or ${isPlainNumber(tidy)} then ${w.tryCast(tidy, type)} else ${w.tryCast(sql`(${value} * ${sign} * ${scale})`, type)} end`
}

/** Text to a whole number: `17`, `17.0`, `1,234`; never rounded. */
export function wholeOf(text: Sql, type: 'int' | 'bigint'): Sql {
  const bare = w.regexReplace(w.foldText(text), String.raw`[\s,，]|\.0+$`, '')
  return sql`case when ${w.regexMatch(bare, String.raw`[-+]?\d{1,18}`)} then ${w.tryCast(bare, type)} end`
}

export function boolOf(text: Sql): Sql {
  const word = sql`lower(${w.foldText(text)})`
  return sql`case
    when ${word} in ('true', 't', 'yes', 'y', '1', '1.0', '是', '有', '真', '对', '√', '已', 'on') then true
    when ${word} in ('false', 'f', 'no', 'n', '0', '0.0', '否', '无', '假', '错', '×', '未', 'off') then false
  end`
}

/** Step 1 of a telephone number: folded, without separators, extension and the `.0` of a spreadsheet. */
export function tidyPhone(text: Sql): Sql {
  const bare = w.regexReplace(w.foldText(text), String.raw`\.0$|[\s()\-–—·/]|转.*$|(?i:ext.*$)`, '')
  return sql`case when ${w.regexMatch(text, String.raw`\d{11}`)} then ${text} else ${bare} end`
}

/**
 * Step 2: to E.164. Mainland numbers (country CN): mobiles of 11 digits, landlines with area code, 400/800 numbers, each
 * with or without +86. Others: `+` or `00` and the country code are kept as `+digits`. A number that fits nothing stays
 * as it was, folded: to judge it is a rule's work.
 */
export function phoneOf(text: Sql, tidy: Sql, country: string): Sql {
  const international = sql`
    when ${w.regexMatch(tidy, String.raw`(?:\+86|0086)1[3-9]\d{9}`)} then concat('+86', right(${tidy}, 11))
    when ${w.regexMatch(tidy, String.raw`\+\d{7,15}`)} then ${tidy}
    when ${w.regexMatch(tidy, String.raw`00[1-9]\d{6,14}`)} then concat('+', substr(${tidy}, 3))`
  if (country !== 'CN')
    return sql`case ${international} when ${w.regexMatch(tidy, String.raw`\d+`)} then ${tidy} else ${w.foldText(text)} end`
  return sql`case
    when ${w.regexMatch(tidy, String.raw`(?:(?:\+|00)?86)?1[3-9]\d{9}`)} then concat('+86', right(${tidy}, 11))
    when ${w.regexMatch(tidy, String.raw`0[1-9]\d{1,2}\d{7,8}`)} then concat('+86', substr(${tidy}, 2))
    when ${w.regexMatch(tidy, String.raw`(?:(?:\+|00)?86)?[48]00\d{7}`)} then concat('+86', right(${tidy}, 10))
    when ${w.regexMatch(tidy, String.raw`(?:\+|00)860?[1-9]\d{1,2}\d{7,8}`)} then concat('+86', ${w.regexReplace(tidy, String.raw`^(?:\+|00)860?`, '')})
    ${international}
    else ${w.foldText(text)} end`
}

/** `17850.0` → `17850`: an id that a spreadsheet took for a number. */
export function floatIdOf(text: Sql): Sql {
  return sql`case when ${text} like '%.0' and ${w.regexMatch(text, String.raw`\d+\.0`)} then ${w.regexReplace(text, String.raw`\.0$`, '')} else ${text} end`
}
