import { InputError } from '../../base/errors.ts'
import { parseExpression, type BinaryOp, type Expression } from '../../base/expression.ts'
import { printDuration, printExpression } from './print.ts'

/** A rule as the segment builder shows it. Text and tree are the same thing both ways. */
export type SegmentTree =
  | { all: SegmentTree[] }
  | { any: SegmentTree[] }
  | { not: SegmentTree }
  /**
   * `field` is a field (`region`) or a call (`orders.count`) whose arguments are `args` (texts, numbers, or trees that
   * filter the rows counted) and `within` (`365d`). `op` is one of `= != < <= > >= ~ contains in`, `not in`, `missing`,
   * `not missing`, or `is` for a condition that is true or false by itself (`tag`, `bought.category`). What a leaf
   * cannot hold (arithmetic) is a leaf with the field `expression` and the text as its value.
   */
  | { field: string; op: string; value?: unknown; args?: unknown[]; within?: string }

export type SegmentLeaf = Extract<SegmentTree, { field: string }>

const comparisons = ['=', '!=', '<', '<=', '>', '>=', '~', 'contains'] as const

export function treeOf(e: Expression): SegmentTree {
  if (e.kind === 'binary' && (e.op === 'and' || e.op === 'or')) {
    const parts = flat(e, e.op).map(treeOf)
    return e.op === 'and' ? { all: parts } : { any: parts }
  }
  if (e.kind === 'not') return { not: treeOf(e.of) }
  return leafOf(e) ?? { field: 'expression', op: 'is', value: printExpression(e) }
}

/** The parts of `a and b and c`, however they are nested. */
export function flat(e: Expression, op: 'and' | 'or'): Expression[] {
  return e.kind === 'binary' && e.op === op ? [...flat(e.left, op), ...flat(e.right, op)] : [e]
}

function leafOf(e: Expression): SegmentLeaf | undefined {
  if (e.kind === 'binary') {
    const subject = subjectOf(e.left)
    const value = constant(e.right)
    return subject && value && (comparisons as readonly string[]).includes(e.op)
      ? { ...subject, op: e.op, value: value.value }
      : undefined
  }
  if (e.kind === 'in') {
    const subject = subjectOf(e.of)
    const values = e.items.map(constant)
    if (!subject || !values.every((v) => v !== undefined)) return undefined
    return { ...subject, op: e.negated ? 'not in' : 'in', value: values.map((v) => v.value) }
  }
  if (e.kind === 'missing') {
    const subject = subjectOf(e.of)
    return subject && { ...subject, op: e.negated ? 'not missing' : 'missing' }
  }
  const subject = subjectOf(e)
  return subject && { ...subject, op: 'is' }
}

function subjectOf(e: Expression): Omit<SegmentLeaf, 'op'> | undefined {
  if (e.kind === 'field') return { field: e.path.join('.') }
  if (e.kind !== 'call' || e.then.length) return undefined
  const last = e.args.findIndex((a) => a.kind === 'duration')
  const within = last >= 0 ? (e.args[last] as Extract<Expression, { kind: 'duration' }>) : undefined
  const before = last >= 0 ? e.args.slice(0, last) : e.args
  const after = last >= 0 ? e.args.slice(last + 1) : []
  // The tree keeps one order (names, window, filters); any other order stays text.
  if (
    within &&
    (!before.every((a) => a.kind === 'literal') || after.some((a) => a.kind === 'literal' || a.kind === 'duration'))
  )
    return undefined
  const args = [...before, ...after].map((a): unknown => (a.kind === 'literal' ? a.value : treeOf(a)))
  return { field: e.path.join('.'), args, ...(within ? { within: printDuration(within) } : {}) }
}

function constant(e: Expression): { value: string | number | boolean | null } | undefined {
  if (e.kind === 'literal') return { value: e.value }
  if (e.kind === 'binary' && e.op === '-' && e.left.kind === 'literal' && e.left.value === 0) {
    const right = constant(e.right)
    return typeof right?.value === 'number' && right.value > 0 ? { value: -right.value } : undefined
  }
  return undefined
}

/** @throws InputError segment_tree with the place when the tree is not one of ours */
export function expressionOf(tree: SegmentTree, place = 'tree'): Expression {
  if ('all' in tree || 'any' in tree) {
    const op = 'all' in tree ? 'and' : 'or'
    const parts = 'all' in tree ? tree.all : tree.any
    if (!Array.isArray(parts) || !parts.length)
      throw invalid(place, `"${op === 'and' ? 'all' : 'any'}" needs at least one condition`)
    return parts
      .map((part, i) => expressionOf(part, `${place}.${i}`))
      .reduce((left, right) => ({ kind: 'binary', op, left, right }))
  }
  if ('not' in tree) return { kind: 'not', of: expressionOf(tree.not, `${place}.not`) }
  if (typeof tree.field !== 'string' || typeof tree.op !== 'string') throw invalid(place, '"field" and "op" expected')
  if (tree.field === 'expression') return parseExpression(String(tree.value ?? ''))
  return condition(tree, subject(tree, place), place)
}

function subject(leaf: SegmentLeaf, place: string): Expression {
  const path = leaf.field.split('.')
  if (!path.every((name) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)))
    throw invalid(place, `"${leaf.field}" is not a name`)
  if (!leaf.args && !leaf.within) return { kind: 'field', path }
  const args = (leaf.args ?? []).map((arg, i) =>
    typeof arg === 'object' && arg !== null
      ? expressionOf(arg as SegmentTree, `${place}.args.${i}`)
      : literal(arg, place),
  )
  const within = leaf.within === undefined ? [] : [duration(leaf.within, place)]
  const names = args.filter((a) => a.kind === 'literal')
  return { kind: 'call', path, args: [...names, ...within, ...args.filter((a) => a.kind !== 'literal')], then: [] }
}

function condition(leaf: SegmentLeaf, of: Expression, place: string): Expression {
  const { op, value } = leaf
  if (op === 'is') return of
  if (op === 'missing' || op === 'not missing') return { kind: 'missing', of, negated: op === 'not missing' }
  if (op === 'in' || op === 'not in') {
    if (!Array.isArray(value)) throw invalid(place, `"${op}" needs a list of values`)
    return { kind: 'in', of, items: value.map((v) => literal(v, place)), negated: op === 'not in' }
  }
  if (!(comparisons as readonly string[]).includes(op)) throw invalid(place, `"${op}" is not an operator`)
  return { kind: 'binary', op: op as BinaryOp, left: of, right: literal(value, place) }
}

function literal(value: unknown, place: string): Expression {
  if (typeof value === 'number' && value < 0) {
    return { kind: 'binary', op: '-', left: { kind: 'literal', value: 0 }, right: { kind: 'literal', value: -value } }
  }
  if (value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)) {
    return { kind: 'literal', value: value as string | number | boolean | null }
  }
  throw invalid(place, 'a text, a number or true/false expected as value')
}

function duration(text: string, place: string): Expression {
  const e = /^\d+(\.\d+)?[dwmy]$/.test(text) ? parseExpression(text) : undefined
  if (!e) throw invalid(place, `"${text}" is not a span such as 90d, 6m or 1y`)
  return e
}

function invalid(place: string, problem: string): InputError {
  return new InputError('segment_tree', { place, problem })
}
