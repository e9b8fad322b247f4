import { sql, list } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { normalised, normalisedSql, setParams, type SetParams } from '../membership.ts'

export const notInSet = ruleKind<SetParams>({
  name: 'not_in_set',
  text: { zh: '不在禁用值内', en: 'Not in the set' },
  definition: {
    zh: '按声明的规范化（none、trim、casefold、fold）处理后，值不在给定列表中。',
    en: 'After the declared normalisation (none, trim, casefold, fold) the value is not in the given list.',
  },
  dimension: 'validity',
  scope: 'value',
  params: (input) => setParams('not_in_set', input),
  passes: ([value], p) => {
    const text = normalised(value, p.normalise)
    return text === null || !p.values.includes(text)
  },
  fails: ([x], p, scope) =>
    sql`(${x!} is not null and ${normalisedSql(x!, p.normalise, scope.types?.[0])} in ${list(p.values)})`,
  message: { zh: '“{field}”的值“{value}”不允许使用。', en: '"{field}" has the value "{value}", which is not allowed.' },
})
