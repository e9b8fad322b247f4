import { raw, sql, w, type Sql } from '../../warehouse/index.ts'

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
  const words = nullWords.map((word) => `'${word}'`).join(', ')
  // Longer values are none of these: most are spared the comparison.
  return sql`case when length(${text}) <= 19 and lower(${text}) in (${raw(words)}) then null else ${text} end`
}

const number = String.raw`[-+]?(?:\d+(?:\.\d*)?|\.\d+)`
const symbols = String.raw`[\s¥$€£₹元圆,，'’]|(?i:RMB|CNY|USD|EUR|GBP|HKD|JPY|US|人民币)`

/**
 * Text to a number: `1,234.50`, `¥ 84,835.00`, `(1,200)` and `1200-` (negative), `1.234,56` and `12,5` (a comma before
 * one or two last digits is decimal), `3.5万`. Null when it is none.
 */
export function numberOf(text: Sql, type: 'double' | 'decimal'): Sql {
  const folded = w.foldText(text)
  const european = w.regexReplace(w.regexReplace(w.regexReplace(folded, symbolsButComma, ''), '\\.', ''), ',', '.')
  const bare = w.regexReplace(folded, symbols, '')
  const comma = w.regexMatch(
    w.regexReplace(folded, symbolsButComma, ''),
    String.raw`[-+(]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,2}\)?-?`,
  )
  const digits = sql`case when ${comma} then ${european} else ${bare} end`
  const scale = sql`case when ${w.regexContains(digits, '万$')} then 10000 else 1 end`
  const ten = w.regexReplace(digits, '万$', '')
  const value = w.tryCast(w.regexExtract(ten, String.raw`^\(?(-?${number}(?:[eE][-+]?\d{1,2})?)\)?-?$`, 1), 'double')
  const negative = w.regexMatch(ten, String.raw`\(\+?[\d.]+\)|\+?[\d.]+-`)
  const slow = sql`case when ${negative} then -${value} else ${value} end * ${scale}`
  return sql`case when ${w.regexMatch(text, String.raw`-?\d+(?:\.\d+)?`)} then ${w.tryCast(text, type)} else ${w.tryCast(sql`(${slow})`, type)} end`
}

const symbolsButComma = String.raw`[\s¥$€£₹元圆'’]|(?i:RMB|CNY|USD|EUR|GBP|HKD|JPY|US|人民币)`

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

/**
 * Telephone number to E.164. Mainland numbers (country CN): mobiles of 11 digits, landlines with area code, 400/800
 * numbers, each with or without +86. Others: `+` or `00` and the country code are kept as `+digits`. A number that
 * fits nothing stays as it was, folded: to judge it is a rule's work.
 */
export function phoneOf(text: Sql, country: string): Sql {
  const folded = w.foldText(text)
  const bare = w.regexReplace(
    w.regexReplace(folded, String.raw`\.0$`, ''),
    String.raw`[\s()\-–—.·/]|转.*$|(?i:ext.*$)`,
    '',
  )
  const national = w.regexReplace(bare, String.raw`^(?:\+86|0086)`, '')
  const mainland = sql`
    when ${w.regexMatch(national, String.raw`(?:86)?1[3-9]\d{9}`)} then concat('+86', right(${national}, 11))
    when ${w.regexMatch(national, String.raw`0[1-9]\d{1,2}\d{7,8}`)} then concat('+86', substr(${national}, 2))
    when ${w.regexMatch(national, String.raw`[48]00\d{7}`)} then concat('+86', ${national})`
  const other = sql`
    when ${w.regexMatch(bare, String.raw`\+\d{7,15}`)} then ${bare}
    when ${w.regexMatch(bare, String.raw`00[1-9]\d{6,14}`)} then concat('+', substr(${bare}, 3))`
  if (country !== 'CN') {
    const far = w.regexMatch(bare, String.raw`(?:\+86|0086)1[3-9]\d{9}`)
    return sql`case when ${far} then concat('+86', right(${bare}, 11)) ${other} when ${w.regexMatch(bare, String.raw`\d+`)} then ${bare} else ${folded} end`
  }
  return sql`case when ${w.regexMatch(text, String.raw`1[3-9]\d{9}`)} then concat('+86', ${text}) ${mainland} ${other} else ${folded} end`
}

/** `17850.0` → `17850`: an id that a spreadsheet took for a number. */
export function floatIdOf(text: Sql): Sql {
  return sql`case when ${w.regexMatch(text, String.raw`\d+\.0`)} then ${w.regexReplace(text, String.raw`\.0$`, '')} else ${text} end`
}
