import { InputError } from '../base/errors.ts'
import type { BinaryOp, Expression } from '../base/expression.ts'
import { blankText, comparedAs, numericText, re2, timeOfText, type Kind } from '../base/expression-values.ts'
import { w, type ColumnType } from './dialect.ts'
import { join, raw, sql, type Sql } from './sql.ts'

/** A name or call that the scope knows, as SQL with its type. */
export interface Resolved {
  readonly sql: Sql
  readonly type: ColumnType
}

/** What names mean in an expression: a table's columns, or the words of the segment language. */
export interface ExpressionScope {
  field(path: readonly string[]): Resolved | undefined
  /** `orders.count(365d).last` has the path orders, count and then `last`; `compile` is for arguments. */
  call?(
    path: readonly string[],
    args: readonly Expression[],
    then: readonly string[],
    compile: (e: Expression) => Resolved,
  ): Resolved | undefined
  /** What may be written, for the error that names it. */
  known(): readonly string[]
}

/**
 * A user's expression as SQL: every literal bound, every name from the scope. Null compares as SQL compares; a text
 * beside a number is read as a number (null when it is none); dividing by 0 gives null; `~` is a full RE2 match.
 * @throws InputError unknown_identifier, expression_types, expression_pattern, expression_time
 */
export function compileExpression(expression: Expression, scope: ExpressionScope): Sql {
  return typedExpression(expression, scope).sql
}

/** The same, with the type of the result. */
export function typedExpression(expression: Expression, scope: ExpressionScope): Resolved {
  const { sql: text, kind, type } = compileNode(expression, scope)
  return {
    sql: text,
    type: type ?? (kind === 'bool' ? 'bool' : kind === 'number' ? 'double' : kind === 'time' ? 'timestamp' : 'text'),
  }
}

interface Node {
  readonly sql: Sql
  readonly kind: Kind
  readonly type?: ColumnType
  /** Set for a literal. */
  readonly literal?: string | number | boolean | null
  readonly duration?: { readonly amount: number; readonly unit: 'day' | 'week' | 'month' | 'year' }
}

const kindOf: Readonly<Record<ColumnType, Kind>> = {
  text: 'text',
  json: 'text',
  'text[]': 'text',
  int: 'number',
  bigint: 'number',
  double: 'number',
  decimal: 'number',
  bool: 'bool',
  date: 'time',
  timestamp: 'time',
}

function compileNode(e: Expression, scope: ExpressionScope): Node {
  const of = (x: Expression): Node => compileNode(x, scope)
  switch (e.kind) {
    case 'literal':
      return literal(e.value)
    case 'duration':
      return { sql: sql`${e.amount}`, kind: 'null', duration: { amount: e.amount, unit: e.unit } }
    case 'field':
      return resolved(scope.field(e.path), e.path.join('.'), scope)
    case 'call': {
      const name = [`${e.path.join('.')}(…)`, ...e.then].join('.')
      return resolved(
        scope.call?.(e.path, e.args, e.then, (x) => typedExpression(x, scope)),
        name,
        scope,
      )
    }
    case 'not':
      return { sql: sql`(not ${bool(of(e.of), 'not')})`, kind: 'bool' }
    case 'missing': {
      const x = of(e.of)
      const missing =
        x.kind === 'text' ? sql`(${x.sql} is null or ${w.regexMatch(textOf(x), blankText)})` : sql`(${x.sql} is null)`
      return { sql: e.negated ? sql`(not ${missing})` : missing, kind: 'bool' }
    }
    case 'in': {
      const found = among(of(e.of), e.items.map(of))
      return { sql: e.negated ? sql`(not ${found})` : found, kind: 'bool' }
    }
    case 'binary':
      return binary(e.op, of(e.left), of(e.right))
  }
}

function resolved(found: Resolved | undefined, name: string, scope: ExpressionScope): Node {
  if (!found) throw new InputError('unknown_identifier', { name, known: scope.known().join(', ') })
  return { sql: found.sql, kind: kindOf[found.type], type: found.type }
}

function literal(value: string | number | boolean | null): Node {
  if (value === null) return { sql: sql`null`, kind: 'null', literal: null }
  if (typeof value === 'boolean') return { sql: raw(String(value)), kind: 'bool', literal: value }
  if (typeof value === 'number') return { sql: sql`cast(${value} as double)`, kind: 'number', literal: value }
  return { sql: sql`${value}`, kind: 'text', literal: value }
}

function binary(op: BinaryOp, left: Node, right: Node): Node {
  switch (op) {
    case 'and':
    case 'or':
      return { sql: sql`(${bool(left, op)} ${raw(op)} ${bool(right, op)})`, kind: 'bool' }
    case '+':
    case '-':
      if (left.kind === 'time' && right.duration) return shifted(left, right.duration, op)
      return { sql: sql`(${number(left, op)} ${raw(op)} ${number(right, op)})`, kind: 'number' }
    case '*':
      return { sql: sql`(${number(left, op)} * ${number(right, op)})`, kind: 'number' }
    case '/':
      return { sql: w.ratio(number(left, op), number(right, op)), kind: 'number' }
    case '~':
      // The pattern must be written out: one from a column would be compiled per row.
      if (typeof right.literal !== 'string') throw types(op, left, right)
      re2(right.literal)
      return { sql: w.regexMatch(text(left, op), right.literal), kind: 'bool' }
    case 'contains':
      // starts at 0: engines disagree on where the empty text is found.
      return {
        sql: sql`(${text(right, op)} = '' and ${text(left, op)} is not null or strpos(lower(${text(left, op)}), lower(${text(right, op)})) > 0)`,
        kind: 'bool',
      }
    default: {
      const as = comparedAs([left.kind, right.kind])
      if (!as || left.duration || right.duration) throw types(op, left, right)
      return { sql: sql`(${operand(left, as)} ${raw(op === '!=' ? '<>' : op)} ${operand(right, as)})`, kind: 'bool' }
    }
  }
}

function shifted(time: Node, by: NonNullable<Node['duration']>, op: '+' | '-'): Node {
  return { sql: w.addTime(time.sql, op === '-' ? -by.amount : by.amount, by.unit), kind: 'time', type: 'timestamp' }
}

function types(op: string, left: Node, right?: Node): InputError {
  const name = (x: Node | undefined): string => (x?.duration ? 'duration' : (x?.kind ?? ''))
  return new InputError('expression_types', { op, left: name(left), right: name(right) })
}

function bool(x: Node, op: string): Sql {
  if (x.kind === 'null' && !x.duration) return sql`cast(null as boolean)`
  if (x.kind !== 'bool') throw types(op, x)
  return x.sql
}

const textOf = (x: Node): Sql => (x.type && x.type !== 'text' ? w.cast(x.sql, 'text') : x.sql)

function text(x: Node, op: string): Sql {
  if (x.duration || (x.kind !== 'text' && x.kind !== 'null')) throw types(op, x)
  return x.kind === 'null' ? w.cast(sql`null`, 'text') : textOf(x)
}

function number(x: Node, op: string): Sql {
  if (x.duration || x.kind === 'bool' || x.kind === 'time') throw types(op, x)
  return operand(x, 'number')
}

/** The operand in the form that it is compared in. */
function operand(x: Node, as: Kind): Sql {
  if (x.kind === 'null')
    return w.cast(sql`null`, as === 'number' ? 'double' : as === 'bool' ? 'bool' : as === 'time' ? 'timestamp' : 'text')
  if (as === 'text') return textOf(x)
  if (as === 'number' && x.kind === 'number')
    return x.literal === undefined && x.type !== 'double' ? w.cast(x.sql, 'double') : x.sql
  if (as === 'number')
    return sql`case when ${w.regexMatch(textOf(x), numericText)} then ${w.tryCast(sql`trim(${textOf(x)})`, 'double')} end`
  if (as === 'time' && x.kind === 'text') {
    const ms = typeof x.literal === 'string' ? timeOfText(x.literal) : undefined
    if (ms === undefined) throw new InputError('expression_time', { value: x.literal ?? '' })
    return sql`${new Date(ms)}`
  }
  return as === 'time' ? w.cast(x.sql, 'timestamp') : x.sql
}

function among(x: Node, items: readonly Node[]): Sql {
  if (items.length === 0) return raw('false')
  const as = comparedAs([x.kind, ...items.map((i) => i.kind)])
  if (!as || x.duration || items.some((i) => i.duration)) throw types('in', x, items[0])
  return sql`(${operand(x, as)} in (${join(items.map((i) => operand(i, as)))}))`
}
