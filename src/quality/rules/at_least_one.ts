import { join, sql } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { isMissing, missingSql } from '../values.ts'

export const atLeastOne = ruleKind({
  name: 'at_least_one',
  text: { zh: '至少填一项', en: 'At least one' },
  definition: { zh: '所列各列中至少一列不缺失。', en: 'At least one of the listed columns is not missing.' },
  dimension: 'completeness',
  scope: 'row',
  judgesAbsence: true,
  params: () => ({}),
  passes: (values) => values.some((value) => !isMissing(value)),
  fails: (columns, _p, scope) =>
    sql`(${join(
      columns.map((x, i) => missingSql(x, scope.types?.[i])),
      ' and ',
    )})`,
  message: { zh: '“{field}”至少要填写一项。', en: 'Fill in at least one of "{field}".' },
})
