import { z } from 'zod'
import { sql, type ColumnType } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { decimalPattern, timeOf, timeSql } from '../numbers.ts'
import { readParams } from '../params.ts'
import { fullMatch, matches } from '../pattern.ts'
import { foldedOf, foldedSql } from '../values.ts'

const params = z.strictObject({ type: z.enum(['bool', 'int', 'decimal', 'date', 'timestamp']) })
const patterns = { bool: 'true|false|TRUE|FALSE|True|False|0|1|是|否', int: '[+-]?\\d{1,18}', decimal: decimalPattern }
const tests = { bool: matches(patterns.bool), int: matches(patterns.int), decimal: matches(patterns.decimal) }
const fits: Readonly<Record<string, readonly ColumnType[]>> = {
  bool: ['bool'],
  int: ['int', 'bigint'],
  decimal: ['int', 'bigint', 'double', 'decimal'],
  date: ['date'],
  timestamp: ['date', 'timestamp'],
}

export const type = ruleKind<z.output<typeof params>>({
  name: 'type',
  text: { zh: '类型', en: 'Type' },
  definition: {
    zh: '折叠后能无损解析为 bool、int、decimal、date（YYYY-MM-DD，1000–2999 年）或 timestamp：1e3 不是整数，2024-02-30 不是日期。',
    en: 'After the fold it parses to bool, int, decimal, date (YYYY-MM-DD, years 1000–2999) or timestamp without loss: 1e3 is no int, 2024-02-30 is no date.',
  },
  dimension: 'validity',
  scope: 'value',
  params: (input) => readParams('type', params, input),
  passes: ([value], { type }) => {
    const text = foldedOf(value)
    if (text === null) return true
    if (type === 'date') return text.length === 10 && timeOf(text) !== undefined
    if (type === 'timestamp') return timeOf(text) !== undefined
    return tests[type](text)
  },
  fails: ([x], { type }, scope) => {
    const has = scope.types?.[0] ?? 'text'
    if (fits[type]!.includes(has)) return sql`false`
    const text = foldedSql(x!, has)
    if (type === 'date') return sql`(${x!} is not null and (length(${text}) <> 10 or ${timeSql(text)} is null))`
    if (type === 'timestamp') return sql`(${x!} is not null and ${timeSql(text)} is null)`
    return sql`(${x!} is not null and not ${fullMatch(text, patterns[type])})`
  },
  message: {
    zh: '“{field}”的值“{value}”类型不对，请按要求的格式填写。',
    en: '"{field}" has the value "{value}" of the wrong type: write it in the required form.',
  },
})
