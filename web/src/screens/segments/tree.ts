import type { SegmentField, SegmentTree } from '../../api/types.ts'

export type Leaf = Extract<SegmentTree, { field: string }>
export type GroupKind = 'all' | 'any' | 'not'

/** A group as the builder shows it: `not` holds one tree, shown as a group of its parts. */
export interface Group {
  kind: GroupKind
  parts: SegmentTree[]
}

export const isLeaf = (tree: SegmentTree): tree is Leaf => 'field' in tree

export function groupOf(tree: SegmentTree): Group {
  if ('all' in tree) return { kind: 'all', parts: tree.all }
  if ('any' in tree) return { kind: 'any', parts: tree.any }
  // "none of a, b" is not(any(a, b)); a single negated part is a group of one.
  if ('not' in tree) return { kind: 'not', parts: 'any' in tree.not ? tree.not.any : [tree.not] }
  return { kind: 'all', parts: [tree] }
}

export function treeOf({ kind, parts }: Group): SegmentTree {
  if (kind === 'not') return { not: parts.length === 1 ? parts[0]! : { any: parts } }
  return kind === 'all' ? { all: parts } : { any: parts }
}

const ops = {
  text: ['=', '!=', 'in', 'not in', 'contains', '~', 'missing', 'not missing'],
  number: ['>=', '<=', '>', '<', '=', '!=', 'missing', 'not missing'],
  money: ['>=', '<=', '>', '<', '=', '!=', 'missing', 'not missing'],
  date: ['>=', '<=', '>', '<', '=', 'missing', 'not missing'],
  bool: ['is', '='],
} as const

export type Op = (typeof ops)[keyof typeof ops][number]

export function opsOf(field: SegmentField | undefined, now: string): readonly string[] {
  const known: readonly string[] = field ? ops[field.type] : ops.text
  return known.includes(now) ? known : [now, ...known]
}

export const takesNoValue = (op: string): boolean => op === 'missing' || op === 'not missing' || op === 'is'
export const takesList = (op: string): boolean => op === 'in' || op === 'not in'

/** A new condition on a field, with a value that already says something. */
export function leafFor(field: SegmentField): Leaf {
  const path = field.path
  // "Days since" is measured against the day looked from: a window makes no sense there.
  const call = (field.call ?? false) && !path.endsWith('.days')
  const op = ops[field.type][0]
  const leaf: Leaf = { field: path, op }
  if (op === '=') leaf.value = field.values?.[0] ?? ''
  else if (op === '>=') leaf.value = field.type === 'date' ? new Date().toISOString().slice(0, 10) : 1
  if (call) {
    leaf.args = field.type === 'bool' ? [field.values?.[0] ?? ''] : []
    if (field.type !== 'bool') leaf.within = '365d'
  }
  return leaf
}

/** A condition that can be counted: somebody is still filling in the others. */
export function complete(tree: SegmentTree): SegmentTree | undefined {
  if (isLeaf(tree)) {
    if (!tree.field) return undefined
    if (takesList(tree.op)) return Array.isArray(tree.value) && tree.value.length ? tree : undefined
    if (takesNoValue(tree.op)) return tree.args?.some((a) => a === '') ? undefined : tree
    return tree.value === undefined || tree.value === '' || tree.value === null ? undefined : tree
  }
  const group = groupOf(tree)
  const parts = group.parts.map(complete).filter((part) => part !== undefined)
  return parts.length ? treeOf({ kind: group.kind, parts }) : undefined
}

export function replaceAt<T>(items: readonly T[], at: number, item: T): T[] {
  return items.map((one, i) => (i === at ? item : one))
}

export function move<T>(items: readonly T[], from: number, to: number): T[] {
  const next = [...items]
  const [item] = next.splice(from, 1)
  if (item !== undefined) next.splice(Math.max(0, Math.min(next.length, to)), 0, item)
  return next
}
