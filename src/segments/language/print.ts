import type { Expression } from '../../base/expression.ts'

const binding: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  '=': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '~': 4,
  contains: 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
}

function strength(e: Expression): number {
  if (e.kind === 'binary') return binding[e.op]!
  if (e.kind === 'not') return 3
  if (e.kind === 'in' || e.kind === 'missing') return 4
  return 9
}

/** The text of an expression: `parseExpression(printExpression(e))` gives `e` again. */
export function printExpression(e: Expression): string {
  const inside = (part: Expression, least: number): string => {
    const text = printExpression(part)
    return strength(part) < least ? `(${text})` : text
  }
  switch (e.kind) {
    case 'literal':
      return typeof e.value === 'string' ? `'${e.value.replaceAll("'", "''")}'` : String(e.value)
    case 'duration':
      return printDuration(e)
    case 'field':
      return e.path.join('.')
    case 'call':
      return `${e.path.join('.')}(${e.args.map(printExpression).join(', ')})${e.then.map((name) => `.${name}`).join('')}`
    case 'not':
      return `not ${inside(e.of, 3)}`
    case 'in':
      return `${inside(e.of, 5)} ${e.negated ? 'not in' : 'in'} (${e.items.map((item) => inside(item, 5)).join(', ')})`
    case 'missing':
      return `${inside(e.of, 5)} is ${e.negated ? 'not ' : ''}missing`
    case 'binary': {
      const own = binding[e.op]!
      // `0 - x` is how the parser reads `-x`.
      if (own === 4) return `${inside(e.left, 5)} ${e.op} ${inside(e.right, 5)}`
      return `${inside(e.left, own)} ${e.op} ${inside(e.right, own + 1)}`
    }
  }
}

export function printDuration(e: Extract<Expression, { kind: 'duration' }>): string {
  return `${e.amount}${e.unit[0]!}`
}
