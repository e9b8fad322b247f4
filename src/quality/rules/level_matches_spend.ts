import { z } from 'zod'
import { InternalError } from '../../base/errors.ts'
import { foldText } from '../../base/normalise.ts'
import { sql } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { levelMismatch, levelSpendDefaults, type LevelSpendParams } from '../level-spend.ts'
import { membersOf } from '../members.ts'
import { readParams } from '../params.ts'
import { asciiLower } from '../values.ts'

const params = z.strictObject({
  min_members: z.int().min(1).default(levelSpendDefaults.minMembers),
  max_misfit: z.number().min(0).max(0.5).default(levelSpendDefaults.maxMisfit),
  tolerance: z.number().min(0).max(1).default(levelSpendDefaults.tolerance),
  /** Levels from low to high, when their names are not among the usual ones. */
  levels: z.array(z.string()).optional(),
})

export const levelMatchesSpend = ruleKind<LevelSpendParams>({
  name: 'level_matches_spend',
  text: { zh: '等级与消费匹配', en: 'Level fits the amount spent' },
  definition: {
    zh: '同一来源内的等级按名称（levels 或常用名称）排出高低，名称不认识时按消费额中位数；相邻两级之间取使归错会员最少的消费额为界；越过界线超过 tolerance（默认 5 %）者不通过。人数少于 min_members 的等级、归错超过 max_misfit（默认 25 %）的界线不参与判断。消费额为记录自带的累计消费金额，没有时为同一标识空间的销售订单之和。',
    en: 'Within a source, levels are ordered by their names (`levels`, or the usual ones), else by the median amount of their members; between neighbours runs the amount that puts the fewest members on the wrong side; beyond it by more than tolerance (default 5 %) fails. Levels with fewer than min_members and boundaries that misplace more than max_misfit (default 25 %) are not judged. The amount is the total on the record, or else the sum of the sale orders of its id space.',
  },
  dimension: 'consistency',
  scope: 'set',
  params: (input) => {
    const p = readParams('level_matches_spend', params, input)
    return {
      minMembers: p.min_members,
      maxMisfit: p.max_misfit,
      tolerance: p.tolerance,
      ladder: p.levels?.map((name) => asciiLower(foldText(name))) ?? levelSpendDefaults.ladder,
    }
  },
  applies: ([level]) => sql`(${level!} is not null)`,
  fails: (columns, p, scope) => {
    if (!scope.table || !scope.other)
      throw new InternalError('internal', { problem: 'level_matches_spend needs its table and the orders' })
    const wrong = levelMismatch(membersOf(scope.table, scope.other('order'), scope.other('order_line')), p)
    return sql`(${columns[0]!} is not null and ${columns.at(-1)!} in (select member from (${wrong}) as wrong))`
  },
  message: {
    zh: '会员等级“{value}”与消费金额不匹配，请核对。',
    en: 'The level "{value}" does not fit the amount spent: check it.',
  },
})
