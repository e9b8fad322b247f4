import { z } from 'zod'
import { sql, type Sql } from '../../warehouse/index.ts'
import { ConfigError } from '../../base/errors.ts'
import { ruleKind } from '../kind.ts'
import { numberOf, numberSql, timeLiteral, timeOf, timeSql } from '../numbers.ts'
import { readParams } from '../params.ts'

const bound = z.union([z.number(), z.string()])
const params = z.strictObject({
  min: bound.optional(),
  max: bound.optional(),
  exclusive_min: z.boolean().default(false),
  exclusive_max: z.boolean().default(false),
})

interface Range {
  readonly of: 'number' | 'time'
  readonly min?: number
  readonly max?: number
  readonly openMin: boolean
  readonly openMax: boolean
}

export const range = ruleKind<Range>({
  name: 'range',
  text: { zh: '取值范围', en: 'Range' },
  definition: {
    zh: '数值或日期在 min 与 max 之间（默认含两端；日期可写 today）；不能解析为数值或日期的值不通过。',
    en: 'The number or date is between min and max (both included unless exclusive_min / exclusive_max; dates may say today); a value that is no number or date fails.',
  },
  dimension: 'validity',
  scope: 'value',
  params: (input, context) => {
    const read = readParams('range', params, input)
    const bounds = [read.min, read.max].filter((b) => b !== undefined)
    if (!bounds.length) throw new ConfigError('rule_params', { rule: 'range', problem: 'min or max is needed' })
    const time = bounds.some((b) => typeof b === 'string')
    const value = (b: number | string | undefined): number | undefined => {
      if (b === undefined || (!time && typeof b === 'number')) return b as number | undefined
      const at = b === 'today' ? startOfDay(context.now) : timeOf(b)
      if (at === undefined)
        throw new ConfigError('rule_params', { rule: 'range', problem: `"${b}" is no date YYYY-MM-DD` })
      return at
    }
    const range = {
      min: value(read.min),
      max: value(read.max),
      openMin: read.exclusive_min,
      openMax: read.exclusive_max,
    }
    return { of: time ? 'time' : 'number', ...range }
  },
  passes: ([value], p) => {
    if (value === null || value === undefined) return true
    const x = p.of === 'time' ? timeOf(value) : numberOf(value)
    if (x === undefined) return false
    const above = p.min === undefined || (p.openMin ? x > p.min : x >= p.min)
    return above && (p.max === undefined || (p.openMax ? x < p.max : x <= p.max))
  },
  fails: ([x], p, scope) => {
    const type = scope.types?.[0]
    const value = p.of === 'time' ? timeSql(x!, type) : numberSql(x!, type)
    const literal = (bound: number): Sql => (p.of === 'time' ? timeLiteral(bound) : sql`${bound}`)
    const above =
      p.min === undefined
        ? sql`true`
        : p.openMin
          ? sql`${value} > ${literal(p.min)}`
          : sql`${value} >= ${literal(p.min)}`
    const below =
      p.max === undefined
        ? sql`true`
        : p.openMax
          ? sql`${value} < ${literal(p.max)}`
          : sql`${value} <= ${literal(p.max)}`
    return sql`(${x!} is not null and not coalesce(${above} and ${below}, false))`
  },
  message: {
    zh: '“{field}”的值“{value}”超出允许范围，请核对。',
    en: '"{field}" has the value "{value}", outside the allowed range: check it.',
  },
})

function startOfDay(ms: number): number {
  return Math.floor(ms / 86_400_000) * 86_400_000
}
