import { sql, list } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { normalised, normalisedSql, setParams, type SetParams } from '../membership.ts'

export const inSet = ruleKind<SetParams>({
  name: 'in_set',
  text: { zh: '在允许值内', en: 'In the set' },
  definition: {
    zh: '按声明的规范化（none、trim、casefold、fold）处理后，值在给定列表中。',
    en: 'After the declared normalisation (none, trim, casefold, fold) the value is in the given list.',
  },
  dimension: 'validity',
  scope: 'value',
  params: (input) => setParams('in_set', input),
  passes: ([value], p) => {
    const text = normalised(value, p.normalise)
    return text === null || p.values.includes(text)
  },
  fails: ([x], p, scope) =>
    sql`(${x!} is not null and ${normalisedSql(x!, p.normalise, scope.types?.[0])} not in ${list(p.values)})`,
  message: {
    zh: '“{field}”的值“{value}”不在允许值内。',
    en: '"{field}" has the value "{value}", which is not in the allowed list.',
  },
})
