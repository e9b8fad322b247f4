import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../base/errors.ts'
import { parseExpression, type Expression } from '../../base/expression.ts'
import { printExpression } from './print.ts'
import { expressionOf, treeOf, type SegmentTree } from './tree.ts'

const name = fc.constantFrom('region', 'amount', 'level', 'first_order', '区域')
const text = fc.string({ maxLength: 8 }).filter((s) => !s.includes('\0'))
const literal = fc
  .oneof(text, fc.integer({ min: 0, max: 9999 }), fc.constantFrom(0.5, 12.25), fc.boolean())
  .map((value): Expression => ({ kind: 'literal', value }))
const duration = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom('day', 'week', 'month', 'year'))
  .map(([amount, unit]): Expression => ({ kind: 'duration', amount, unit }) as Expression)
const field = fc.array(name, { minLength: 1, maxLength: 2 }).map((path): Expression => ({ kind: 'field', path }))

const { condition } = fc.letrec<{ condition: Expression; value: Expression }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    field,
    literal,
    fc
      .tuple(
        fc.array(
          text.map((value): Expression => ({ kind: 'literal', value })),
          { maxLength: 2 },
        ),
        fc.option(duration),
        fc.option(tie('condition')),
      )
      .map(([names, within, filter]): Expression => ({
        kind: 'call',
        path: ['orders', 'count'],
        args: [...names, ...(within ? [within] : []), ...(filter ? [filter] : [])],
        then: [],
      })),
    fc
      .tuple(fc.constantFrom('+', '-', '*', '/'), tie('value'), tie('value'))
      .map(([op, left, right]): Expression => ({ kind: 'binary', op, left, right }) as Expression),
  ),
  condition: fc.oneof(
    { depthSize: 'small' },
    fc
      .tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>=', '~', 'contains'), tie('value'), tie('value'))
      .map(([op, left, right]): Expression => ({ kind: 'binary', op, left, right }) as Expression),
    fc
      .tuple(tie('value'), fc.array(literal, { minLength: 1, maxLength: 3 }), fc.boolean())
      .map(([of, items, negated]): Expression => ({ kind: 'in', of, items, negated })),
    fc.tuple(tie('value'), fc.boolean()).map(([of, negated]): Expression => ({ kind: 'missing', of, negated })),
    fc
      .tuple(fc.constantFrom('and', 'or'), tie('condition'), tie('condition'))
      .map(([op, left, right]): Expression => ({ kind: 'binary', op, left, right }) as Expression),
    tie('condition').map((of): Expression => ({ kind: 'not', of })),
  ),
}))

describe('the segment language as text and as a tree', () => {
  it('prints what parses to the same expression', () => {
    fc.assert(
      fc.property(condition, (e) => {
        expect(parseExpression(printExpression(e))).toEqual(e)
      }),
    )
  })

  it('goes from text to tree and back without a change of meaning', () => {
    fc.assert(
      fc.property(condition, (e) => {
        const tree = treeOf(e)
        expect(treeOf(expressionOf(JSON.parse(JSON.stringify(tree)) as SegmentTree))).toEqual(tree)
      }),
    )
  })

  it('shows a rule as the builder needs it', () => {
    expect(
      treeOf(
        parseExpression("region = '广东省' and not orders.count(365d, category = '羽绒服') < 3 and tag('待补充')"),
      ),
    ).toEqual({
      all: [
        { field: 'region', op: '=', value: '广东省' },
        {
          not: {
            field: 'orders.count',
            op: '<',
            value: 3,
            within: '365d',
            args: [{ field: 'category', op: '=', value: '羽绒服' }],
          },
        },
        { field: 'tag', op: 'is', args: ['待补充'] },
      ],
    })
    expect(treeOf(parseExpression('amount / orders > 100'))).toEqual({
      field: 'expression',
      op: 'is',
      value: 'amount / orders > 100',
    })
    expect(treeOf(parseExpression('amount < -5'))).toEqual({ field: 'amount', op: '<', value: -5 })
  })

  it('says where a tree is wrong', () => {
    for (const tree of [
      { all: [] },
      { field: 'a b', op: '=' },
      { field: 'a', op: '=>', value: 1 },
      { field: 'a', op: 'in', value: 3 },
      { field: 'a', op: '=', value: {} },
      { field: 'a', op: '=', value: 1, within: 'soon' },
    ]) {
      expect(() => expressionOf({ all: [tree as SegmentTree] })).toThrow(InputError)
      expect(() => expressionOf({ all: [tree as SegmentTree] })).toThrow(/tree\.0/)
    }
  })
})
