import { InputError } from '../../base/errors.ts'
import type { Expression } from '../../base/expression.ts'
import { allRfmLevels, rfmLevelOf } from '../rfm-levels.ts'
import { lifecycleStages, stageOf } from '../lifecycle-stages.ts'
import { quintileSegments } from '../quintile-scheme.ts'

/** Fields of coded values: a rule may say 高价值, "High value" or high_value. */
export const coded: Readonly<
  Record<string, { readonly of: (name: string) => string | undefined; readonly known: readonly string[] }>
> = {
  'rfm.level': { of: (name) => rfmLevelOf(name)?.id, known: allRfmLevels.map((l) => l.id) },
  stage: { of: (name) => stageOf(name)?.id, known: lifecycleStages.map((s) => s.id) },
  'rfm.quintile_segment': {
    of: (name) => quintileSegments.find((s) => s.id === name || s.text.zh === name || s.text.en === name)?.id,
    known: quintileSegments.map((s) => s.id),
  },
}

/** Replace names of coded values by their codes, everywhere. @throws InputError segment_value */
export function decodeNames(e: Expression): Expression {
  const fieldOf = (x: Expression): string | undefined =>
    x.kind === 'field' && coded[x.path.join('.')] ? x.path.join('.') : undefined
  const decode = (x: Expression, field: string): Expression => {
    if (x.kind !== 'literal' || typeof x.value !== 'string') return x
    const value = coded[field]!.of(x.value)
    if (!value) throw new InputError('segment_value', { field, value: x.value, known: coded[field]!.known.join(', ') })
    return { kind: 'literal', value }
  }
  switch (e.kind) {
    case 'not':
      return { ...e, of: decodeNames(e.of) }
    case 'missing':
      return e
    case 'in': {
      const field = fieldOf(e.of)
      return field ? { ...e, items: e.items.map((item) => decode(item, field)) } : e
    }
    case 'binary': {
      if (e.op === 'and' || e.op === 'or') return { ...e, left: decodeNames(e.left), right: decodeNames(e.right) }
      const [left, right] = [fieldOf(e.left), fieldOf(e.right)]
      if (e.op !== '=' && e.op !== '!=') return e
      return { ...e, left: right ? decode(e.left, right) : e.left, right: left ? decode(e.right, left) : e.right }
    }
    default:
      return e
  }
}
