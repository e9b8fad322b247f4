import { InputError } from './errors.ts'

/** A user's expression as a tree: never spliced into SQL, always compiled (`warehouse/expression.ts`) or evaluated. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** `365d`, `2w`, `3m`, `1y` */
  | { readonly kind: 'duration'; readonly amount: number; readonly unit: 'day' | 'week' | 'month' | 'year' }
  | { readonly kind: 'field'; readonly path: readonly string[] }
  /** `orders.count(365d)` has the path orders, count. */
  | {
      readonly kind: 'call'
      readonly path: readonly string[]
      readonly args: readonly Expression[]
      readonly then: readonly string[]
    }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly op: BinaryOp; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'in'; readonly of: Expression; readonly items: readonly Expression[]; readonly negated: boolean }
  | { readonly kind: 'missing'; readonly of: Expression; readonly negated: boolean }

/** `~` is a full RE2 match, `contains` a case-insensitive part. */
export type BinaryOp = 'and' | 'or' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '~' | 'contains'

type Token = {
  readonly at: number
  readonly type: 'number' | 'string' | 'word' | 'op' | 'duration' | 'end'
  readonly text: string
}

const pattern =
  /\s*(?:(\d+(?:\.\d+)?)(d|w|m|y)(?![\p{L}\d_])|(\d+(?:\.\d+)?)|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|([\p{L}_][\p{L}\p{N}_]*)|(<=|>=|!=|<>|==|[-+*/=<>()~,.]))/uy

function tokens(source: string): Token[] {
  const found: Token[] = []
  pattern.lastIndex = 0
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex
    if (!source.slice(at).trim()) break
    const m = pattern.exec(source)
    if (!m) fail(source, at + (source.slice(at).length - source.slice(at).trimStart().length), 'unexpected character')
    if (m[1]) found.push({ at, type: 'duration', text: m[1] + m[2] })
    else if (m[3]) found.push({ at, type: 'number', text: m[3] })
    else if (m[4] !== undefined) found.push({ at, type: 'string', text: m[4].replaceAll("''", "'") })
    else if (m[5] !== undefined) found.push({ at, type: 'string', text: m[5].replaceAll('""', '"') })
    else if (m[6]) found.push({ at, type: 'word', text: m[6] })
    else found.push({ at, type: 'op', text: m[7] === '<>' ? '!=' : m[7] === '==' ? '=' : m[7]! })
  }
  found.push({ at: source.length, type: 'end', text: '' })
  return found
}

function fail(expression: string, at: number, problem: string): never {
  throw new InputError('expression_syntax', { at: at + 1, problem, expression })
}

const units = { d: 'day', w: 'week', m: 'month', y: 'year' } as const

/**
 * Parse an expression: `and or not`, comparisons, `+ - * /`, `in ('a', 'b')`, `is missing`, `is not missing`,
 * `contains`, `~ 're2'`, fields `a.b`, calls `orders.count(365d)` with a field behind them, durations `30d 2w 6m 1y`.
 * @throws InputError expression_syntax with the character
 */
export function parseExpression(source: string): Expression {
  const all = tokens(source)
  let i = 0
  const peek = (): Token => all[i]!
  const take = (): Token => all[i++]!
  const isWord = (text: string): boolean => peek().type === 'word' && peek().text.toLowerCase() === text
  const isOp = (text: string): boolean => peek().type === 'op' && peek().text === text
  const expectOp = (text: string): void => {
    if (!isOp(text)) fail(source, peek().at, `"${text}" expected`)
    i++
  }

  const or = (): Expression => {
    let left = and()
    while (isWord('or')) {
      take()
      left = { kind: 'binary', op: 'or', left, right: and() }
    }
    return left
  }
  const and = (): Expression => {
    let left = not()
    while (isWord('and')) {
      take()
      left = { kind: 'binary', op: 'and', left, right: not() }
    }
    return left
  }
  const not = (): Expression => {
    if (isWord('not')) {
      take()
      return { kind: 'not', of: not() }
    }
    return comparison()
  }
  const comparison = (): Expression => {
    const left = sum()
    const t = peek()
    if (t.type === 'op' && ['=', '!=', '<', '<=', '>', '>=', '~'].includes(t.text)) {
      take()
      return { kind: 'binary', op: t.text as BinaryOp, left, right: sum() }
    }
    if (isWord('contains')) {
      take()
      return { kind: 'binary', op: 'contains', left, right: sum() }
    }
    if (isWord('is')) {
      take()
      const negated = isWord('not')
      if (negated) take()
      if (!isWord('missing') && !isWord('null')) fail(source, peek().at, '"missing" expected')
      take()
      return { kind: 'missing', of: left, negated }
    }
    let negated = false
    if (isWord('not') && all[i + 1]?.text.toLowerCase() === 'in') {
      take()
      negated = true
    }
    if (isWord('in')) {
      take()
      expectOp('(')
      const items: Expression[] = []
      while (!isOp(')')) {
        items.push(sum())
        if (!isOp(')')) expectOp(',')
      }
      take()
      return { kind: 'in', of: left, items, negated }
    }
    return left
  }
  const sum = (): Expression => {
    let left = product()
    while (isOp('+') || isOp('-')) left = { kind: 'binary', op: take().text as BinaryOp, left, right: product() }
    return left
  }
  const product = (): Expression => {
    let left = unary()
    while (isOp('*') || isOp('/')) left = { kind: 'binary', op: take().text as BinaryOp, left, right: unary() }
    return left
  }
  const unary = (): Expression => {
    if (isOp('-')) {
      take()
      return { kind: 'binary', op: '-', left: { kind: 'literal', value: 0 }, right: unary() }
    }
    return primary()
  }
  const path = (first: string): string[] => {
    const names = [first]
    while (isOp('.')) {
      take()
      const t = take()
      if (t.type !== 'word') fail(source, t.at, 'a name expected after "."')
      names.push(t.text)
    }
    return names
  }
  const primary = (): Expression => {
    const t = take()
    if (t.type === 'number') return { kind: 'literal', value: Number(t.text) }
    if (t.type === 'string') return { kind: 'literal', value: t.text }
    if (t.type === 'duration') {
      const unit = units[t.text.at(-1) as keyof typeof units]
      return { kind: 'duration', amount: Number(t.text.slice(0, -1)), unit }
    }
    if (t.type === 'op' && t.text === '(') {
      const inner = or()
      expectOp(')')
      return inner
    }
    if (t.type === 'word') {
      const lower = t.text.toLowerCase()
      if (lower === 'true' || lower === 'false') return { kind: 'literal', value: lower === 'true' }
      if (lower === 'null') return { kind: 'literal', value: null }
      const names = path(t.text)
      if (!isOp('(')) return { kind: 'field', path: names }
      take()
      const args: Expression[] = []
      while (!isOp(')')) {
        args.push(or())
        if (!isOp(')')) expectOp(',')
      }
      take()
      const then = isOp('.') ? path('').slice(1) : []
      return { kind: 'call', path: names, args, then }
    }
    return fail(source, t.at, t.type === 'end' ? 'it ends too early' : `"${t.text}" does not fit here`)
  }

  const result = or()
  if (peek().type !== 'end') fail(source, peek().at, `"${peek().text}" does not fit here`)
  return result
}
