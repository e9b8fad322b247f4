import { z } from 'zod'
import { sql } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { timeLiteral, timeOf, timeSql } from '../numbers.ts'
import { readParams } from '../params.ts'

const params = z.strictObject({ skew_seconds: z.number().min(0).default(300) })

export const notInFuture = ruleKind<{ readonly latest: number }>({
  name: 'not_in_future',
  text: { zh: '不在未来', en: 'Not in the future' },
  definition: {
    zh: '时间不晚于运行时刻加 skew_seconds（默认 5 分钟）；不能解析为时间的值不通过。',
    en: 'The time is not after the moment of the run plus skew_seconds (default 5 minutes); a value that is no time fails.',
  },
  dimension: 'validity',
  scope: 'value',
  params: (input, context) => {
    const { skew_seconds } = readParams('not_in_future', params, input)
    // Whole seconds: the bound instant has no fraction in SQL.
    return { latest: Math.floor(context.now / 1000 + skew_seconds) * 1000 }
  },
  passes: ([value], p) => {
    if (value === null || value === undefined) return true
    const at = timeOf(value)
    return at !== undefined && at <= p.latest
  },
  fails: ([x], p, scope) =>
    sql`(${x!} is not null and not coalesce(${timeSql(x!, scope.types?.[0])} <= ${timeLiteral(p.latest)}, false))`,
  message: {
    zh: '“{field}”的时间“{value}”在未来，请核对。',
    en: '"{field}" has the time "{value}" in the future: check it.',
  },
})
