import { z } from 'zod'
import { join, sql } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { readParams } from '../params.ts'
import { isMissing, missingSql } from '../values.ts'

const params = z.strictObject({ max_missing_pct: z.number().min(0).max(100).default(30) })

export const requiredShare = ruleKind<z.output<typeof params>>({
  name: 'required_share',
  text: { zh: '关键字段完整', en: 'Enough key fields' },
  definition: {
    zh: '该来源提供的关键字段中，缺失的比例不超过 max_missing_pct（默认 30 %）；超过者标记为待补充。',
    en: 'Of the key fields that the source delivers at all, no more than max_missing_pct (default 30 %) are missing; a record above it is to be completed (待补充).',
  },
  dimension: 'completeness',
  scope: 'row',
  judgesAbsence: true,
  params: (input) => readParams('required_share', params, input),
  passes: (values, p) => values.filter((value) => isMissing(value)).length * 100 <= p.max_missing_pct * values.length,
  fails: (columns, p, scope) => {
    const missing = columns.map((x, i) => sql`case when ${missingSql(x, scope.types?.[i])} then 1 else 0 end`)
    return sql`((${join(missing, ' + ')}) * 100 > ${p.max_missing_pct * columns.length})`
  },
  message: {
    zh: '关键字段（{field}）缺失超过上限：待补充。',
    en: 'Too many key fields ({field}) are missing: to be completed.',
  },
})
