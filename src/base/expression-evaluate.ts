import { InputError } from './errors.ts'
import type { BinaryOp, Expression } from './expression.ts'
import {
  blankText,
  comparedAs,
  compareText,
  lowerSimple,
  numberOfText,
  re2,
  timeOfText,
  type Kind,
} from './expression-values.ts'

export type CellValue = string | number | boolean | null
/** Types of the fields that are not what their JavaScript value says: times come as ISO text. */
export type FieldKinds = Readonly<Record<string, Kind>>

interface Typed {
  readonly kind: Kind
  readonly value: CellValue
}

/**
 * Evaluate an expression over one row, with the meaning that `compileExpression` gives it in SQL: three-valued logic,
 * text compared by code point, RE2. Fields are found by their path with dots.
 * @returns null for unknown
 * @throws InputError unknown_identifier, expression_types, expression_pattern
 */
export function evaluateExpression(
  expression: Expression,
  row: Readonly<Record<string, CellValue>>,
  kinds: FieldKinds = {},
): CellValue {
  return value(expression, row, kinds).value
}

function value(e: Expression, row: Readonly<Record<string, CellValue>>, kinds: FieldKinds): Typed {
  const of = (x: Expression): Typed => value(x, row, kinds)
  switch (e.kind) {
    case 'literal':
      return typed(e.value)
    case 'field': {
      const name = e.path.join('.')
      if (!Object.hasOwn(row, name))
        throw new InputError('unknown_identifier', { name, known: Object.keys(row).join(', ') })
      const kind = kinds[name]
      const cell = row[name]!
      if (kind === 'time') return { kind, value: cell === null ? null : (timeOfText(String(cell)) ?? null) }
      return kind ? { kind, value: cell } : typed(cell)
    }
    case 'duration':
    case 'call':
      throw new InputError('unknown_identifier', {
        name: e.kind === 'call' ? `${e.path.join('.')}()` : 'duration',
        known: Object.keys(row).join(', '),
      })
    case 'not': {
      const x = bool(of(e.of), 'not')
      return { kind: 'bool', value: x === null ? null : !x }
    }
    case 'missing': {
      const x = of(e.of)
      const missing = x.value === null || (x.kind === 'text' && blank.test(String(x.value)))
      return { kind: 'bool', value: missing !== e.negated }
    }
    case 'in': {
      const found = among(of(e.of), e.items.map(of))
      return { kind: 'bool', value: found === null ? null : found !== e.negated }
    }
    case 'binary':
      return binary(e.op, of(e.left), of(e.right))
  }
}

const blank = new RegExp(`^${blankText}$`)

function typed(value: CellValue): Typed {
  const kind =
    value === null ? 'null' : typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'bool'
  return { kind, value }
}

function bool(x: Typed, op: string): boolean | null {
  if (x.kind !== 'bool' && x.kind !== 'null')
    throw new InputError('expression_types', { op, left: x.kind, right: 'bool' })
  return x.value as boolean | null
}

function binary(op: BinaryOp, left: Typed, right: Typed): Typed {
  switch (op) {
    case 'and':
    case 'or': {
      const a = bool(left, op)
      const b = bool(right, op)
      const decisive = op === 'or'
      if (a === decisive || b === decisive) return { kind: 'bool', value: decisive }
      return { kind: 'bool', value: a === null || b === null ? null : !decisive }
    }
    case '+':
    case '-':
    case '*':
    case '/':
      return { kind: 'number', value: arithmetic(op, number(left, op), number(right, op)) }
    case '~':
      if (left.kind !== 'text' && left.kind !== 'null')
        throw new InputError('expression_types', { op, left: left.kind, right: 'text' })
      if (right.kind !== 'text') throw new InputError('expression_types', { op, left: left.kind, right: right.kind })
      return { kind: 'bool', value: left.value === null ? null : re2(String(right.value)).matches(String(left.value)) }
    case 'contains': {
      for (const x of [left, right])
        if (x.kind !== 'text' && x.kind !== 'null')
          throw new InputError('expression_types', { op, left: left.kind, right: right.kind })
      if (left.value === null || right.value === null) return { kind: 'bool', value: null }
      return { kind: 'bool', value: lowerSimple(String(left.value)).includes(lowerSimple(String(right.value))) }
    }
    default:
      return { kind: 'bool', value: compare(op, left, right) }
  }
}

function number(x: Typed, op: string): number | null {
  if (x.kind === 'bool' || x.kind === 'time')
    throw new InputError('expression_types', { op, left: x.kind, right: 'number' })
  if (x.value === null) return null
  return x.kind === 'text' ? numberOfText(String(x.value)) : (x.value as number)
}

function arithmetic(op: '+' | '-' | '*' | '/', a: number | null, b: number | null): number | null {
  if (a === null || b === null) return null
  if (op === '+') return a + b
  if (op === '-') return a - b
  if (op === '*') return a * b
  return b === 0 ? null : a / b
}

function compare(op: BinaryOp, left: Typed, right: Typed): boolean | null {
  const d = difference(op, left, right)
  if (d === null) return null
  switch (op) {
    case '=':
      return d === 0
    case '!=':
      return d !== 0
    case '<':
      return d < 0
    case '<=':
      return d <= 0
    case '>':
      return d > 0
    default:
      return d >= 0
  }
}

function difference(op: string, left: Typed, right: Typed, as = comparedAs([left.kind, right.kind])): number | null {
  if (!as) throw new InputError('expression_types', { op, left: left.kind, right: right.kind })
  const a = convert(left, as)
  const b = convert(right, as)
  if (a === null || b === null) return null
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  return Number(a) - Number(b)
}

/** @throws InputError expression_time for a text that is no time */
function convert(x: Typed, as: Kind): CellValue {
  if (x.value === null || x.kind === as) return x.value
  if (as === 'number') return numberOfText(String(x.value))
  if (as === 'time') {
    const ms = timeOfText(String(x.value))
    if (ms === undefined) throw new InputError('expression_time', { value: x.value })
    return ms
  }
  return x.value
}

function among(x: Typed, items: readonly Typed[]): boolean | null {
  const as = comparedAs([x.kind, ...items.map((i) => i.kind)])
  let unknown = false
  for (const item of items) {
    const d = difference('in', x, item, as)
    if (d === 0) return true
    if (d === null) unknown = true
  }
  return unknown ? null : false
}
