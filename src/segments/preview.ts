import type { Text } from '../base/text.ts'
import type { Expression } from '../base/expression.ts'
import { join, raw, sql, w, type Warehouse } from '../warehouse/index.ts'
import { plan, type LanguageContext } from './language/plan.ts'
import { printExpression } from './language/print.ts'
import { decodeNames } from './language/codes.ts'
import { flat, treeOf, type SegmentTree } from './language/tree.ts'

export interface Preview {
  readonly rule: string
  readonly tree: SegmentTree
  readonly size: number
  /** All people. */
  readonly of: number
  /** Per top-level condition: how many meet it alone, how many are left after it and those before. */
  readonly waterfall: readonly { readonly condition: string; readonly alone: number; readonly left: number }[]
  /** Person ids. */
  readonly examples: readonly string[]
  readonly warnings: readonly Text[]
  readonly ms: number
}

/** Below this many people a segment is hardly worth a measure of its own, and people could be recognised. */
export const tooSmall = 30
export const tooManyShare = 0.5

/** Size, waterfall and examples in two statements over the profiles. */
export async function previewOf(
  e: Expression,
  context: LanguageContext,
  warehouse: Warehouse,
  signal?: AbortSignal,
): Promise<Preview> {
  const started = performance.now()
  const parts = flat(e, 'and')
  const compiled = plan(context)
  const conditions = parts.map((part) => compiled.condition(decodeNames(part)))
  const counts = conditions.flatMap((condition, i) => [
    sql`${w.countIf(condition)} as ${raw(`alone_${i}`)}`,
    sql`${w.countIf(join(conditions.slice(0, i + 1), ' and '))} as ${raw(`left_${i}`)}`,
  ])
  const [row] = await warehouse.query<Record<string, number>>(
    compiled.over(sql`select count(*) as people, ${join(counts, ',\n')}`),
    { signal },
  )
  const examples = await warehouse.query<{ person_id: string }>(
    compiled.over(
      sql`select profile.person_id`,
      sql`where ${join(conditions, ' and ')}\norder by profile.person_id\n${w.page(5, 0)}`,
    ),
    { signal },
  )
  const waterfall = parts.map((part, i) => ({
    condition: printExpression(part),
    alone: row![`alone_${i}`]!,
    left: row![`left_${i}`]!,
  }))
  const [size, of] = [waterfall.at(-1)!.left, row!['people']!]
  return {
    rule: printExpression(e),
    tree: treeOf(e),
    size,
    of,
    waterfall,
    examples: examples.map((x) => x.person_id),
    warnings: warningsOf(size, of, [...compiled.sensitive.keys()]),
    ms: Math.round(performance.now() - started),
  }
}

export function warningsOf(size: number, of: number, sensitive: readonly string[]): Text[] {
  const warnings: Text[] = []
  if (of > 0 && size === 0) warnings.push({ zh: '没有人满足全部条件。', en: 'Nobody meets all conditions.' })
  else if (of > 0 && size < tooSmall)
    warnings.push({
      zh: `只有 ${size} 人，少于 ${tooSmall} 人：结论不稳，也可能认出个人。`,
      en: `Only ${size} people, fewer than ${tooSmall}: conclusions are shaky and people could be recognised.`,
    })
  if (of >= tooSmall && size > of * tooManyShare)
    warnings.push({
      zh: `覆盖了 ${Math.round((100 * size) / of)}% 的客户，区分度不足。`,
      en: `It covers ${Math.round((100 * size) / of)}% of all customers and hardly tells them apart.`,
    })
  if (sensitive.length)
    warnings.push({
      zh: `用到敏感字段：${sensitive.join('、')}。请确认用途已获授权。`,
      en: `It uses sensitive fields: ${sensitive.join(', ')}. Make sure that the purpose is allowed.`,
    })
  return warnings
}
