import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluateExpression, type CellValue, type FieldKinds } from '../base/expression-evaluate.ts'
import { parseExpression, type Expression } from '../base/expression.ts'
import { awkwardTexts } from '../testing/awkward-texts.ts'
import { compileExpression, id, openDuckDb, sql, table, type ColumnType, type Engine, type Resolved } from './index.ts'

const dir = mkdtempSync(joinPath(tmpdir(), 'tributary-expression-'))
let engine: Engine
beforeAll(async () => {
  engine = await openDuckDb({ path: ':memory:', tmpDir: dir, allowedDirs: [] })
  await engine.ensure([cells])
})
afterAll(async () => {
  await engine.close()
  rmSync(dir, { recursive: true, force: true })
})

const types = {
  t: 'text',
  u: 'text',
  n: 'double',
  m: 'decimal',
  i: 'int',
  b: 'bool',
  d: 'date',
  s: 'timestamp',
} as const satisfies Record<string, ColumnType>
const kinds: FieldKinds = {
  d: 'time',
  s: 'time',
  t: 'text',
  u: 'text',
  n: 'number',
  m: 'number',
  i: 'number',
  b: 'bool',
}
const text = { zh: '列', en: 'column' }
const cells = table({
  name: 'cell',
  owner: 'test',
  text,
  columns: {
    row: { type: 'int', text, class: 'non_sensitive' },
    ...Object.fromEntries(
      Object.entries(types).map(([name, type]) => [name, { type, text, class: 'non_sensitive' as const }]),
    ),
  },
  key: ['row'],
})
const scope = {
  field: (path: readonly string[]): Resolved | undefined => {
    const name = path.join('.') as keyof typeof types
    return types[name] ? { sql: id(name), type: types[name] } : undefined
  },
  known: () => Object.keys(types),
}

const texts = [
  '',
  ' ',
  'a',
  'A',
  'ab%',
  'a_b',
  '5',
  ' 5 ',
  '-1.5e2',
  '0x10',
  'abc',
  'ÀÉ',
  'àé',
  'İ',
  'Σ',
  'ς',
  '张三',
  '\u3000',
  '\uffe5',
  '😀',
  "it's",
  'true',
  'nan',
  'inf',
  ...awkwardTexts.slice(0, 20),
]
const rows: Record<string, CellValue>[] = Array.from({ length: 60 }, (_, k) => ({
  t: k % 7 ? texts[k % texts.length]! : null,
  u: k % 5 ? texts[(k * 11) % texts.length]! : null,
  n: k % 6 ? (k % 9) - 4.5 : null,
  m: k % 8 ? (k % 5) * 1.25 : null,
  i: k % 4 ? (k % 6) - 2 : null,
  b: k % 3 ? k % 2 === 0 : null,
  d: k % 5 ? `2024-0${1 + (k % 9)}-1${k % 10}` : null,
  s: k % 6 ? `2024-0${1 + (k % 9)}-1${k % 10} 0${k % 10}:30:00` : null,
}))

// Well-typed expressions of every operator.
const literalText = fc.constantFrom(...texts).map((value): Expression => ({ kind: 'literal', value }))
const field = (...names: string[]): fc.Arbitrary<Expression> =>
  fc.constantFrom(...names).map((name) => ({ kind: 'field', path: [name] }))
const nothing: Expression = { kind: 'literal', value: null }
const binary = (op: string, left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  op: op as never,
  left,
  right,
})
const comparisons = fc.constantFrom('=', '!=', '<', '<=', '>', '>=')
const { bool } = fc.letrec<{ bool: Expression; number: Expression; text: Expression; time: Expression }>((tie) => ({
  text: fc.oneof(literalText, field('t', 'u'), fc.constant(nothing)),
  time: fc.oneof(
    field('d', 's'),
    fc
      .constantFrom('2024-03-12', '2024-05-14 04:30', '2024-05-14 04:30:00')
      .map((value): Expression => ({ kind: 'literal', value })),
  ),
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.integer({ min: -5, max: 5 }).map((value): Expression => ({ kind: 'literal', value })),
    field('n', 'm', 'i', 't'),
    fc.tuple(fc.constantFrom('+', '-', '*', '/'), tie('number'), tie('number')).map(([op, a, b]) => binary(op, a, b)),
  ),
  bool: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    field('b'),
    fc.constantFrom(true, false).map((value): Expression => ({ kind: 'literal', value })),
    fc.tuple(comparisons, tie('text'), tie('text')).map(([op, a, b]) => binary(op, a, b)),
    fc.tuple(comparisons, field('d', 's'), tie('time')).map(([op, a, b]) => binary(op, a, b)),
    fc
      .tuple(
        comparisons,
        fc.oneof(
          field('n', 'm', 'i'),
          tie('number').filter((e) => e.kind === 'binary'),
        ),
        tie('number'),
      )
      .map(([op, a, b]) => binary(op, a, b)),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => binary('contains', a, b)),
    fc
      .tuple(field('t', 'u'), fc.constantFrom('a.*', '[0-9]+', '', '(?i)A', '\\p{Han}+', '.', '[^a]*'))
      .map(([a, value]) => binary('~', a, { kind: 'literal', value })),
    fc
      .tuple(tie('text'), fc.array(tie('text'), { maxLength: 4 }), fc.boolean())
      .map(([of, items, negated]): Expression => ({ kind: 'in', of, items, negated })),
    fc
      .tuple(field('n', 'i'), fc.array(tie('number'), { maxLength: 3 }), fc.boolean())
      .map(([of, items, negated]): Expression => ({ kind: 'in', of, items, negated })),
    fc
      .tuple(fc.oneof(field('t', 'u', 'n', 'b', 'd'), fc.constant(nothing)), fc.boolean())
      .map(([of, negated]): Expression => ({ kind: 'missing', of, negated })),
    tie('bool').map((of): Expression => ({ kind: 'not', of })),
    fc.tuple(fc.constantFrom('and', 'or'), tie('bool'), tie('bool')).map(([op, a, b]) => binary(op, a, b)),
  ),
}))

describe('expressions', () => {
  it('mean the same in SQL and in Node', async () => {
    await engine.transaction((writer) =>
      writer.append(
        cells,
        Object.keys(cells.columns),
        rows.map((row, k) => [k, ...Object.keys(types).map((name) => row[name])]),
      ),
    )
    await fc.assert(
      fc.asyncProperty(bool, async (expression) => {
        const found = await engine.query<{ x: boolean | null }>(
          sql`select ${compileExpression(expression, scope)} as x from cell order by "row"`,
        )
        expect(found.map((f) => f.x)).toEqual(rows.map((row) => evaluateExpression(expression, row, kinds)))
      }),
      { numRuns: 400, seed: 7 },
    )
  })

  const one = async (source: string): Promise<unknown> =>
    (
      await engine.query(
        sql`select ${compileExpression(parseExpression(source), scope)} as x from cell where "row" = 8`,
      )
    )[0]!.x

  it('order text by code point, where UTF-16 would not', async () => {
    const emojiLater = "'\u{1F600}' > '\uffe5'"
    expect(evaluateExpression(parseExpression(emojiLater), {})).toBe(true)
    expect(await one(emojiLater)).toBe(true)
  })

  it('move times by durations', async () => {
    // Row 8 has the day 2024-09-18.
    expect(await one("d + 2w = '2024-10-02'")).toBe(true)
    expect(await one("d - 1y < '2023-09-19'")).toBe(true)
  })

  it('never run a text of the user', async () => {
    for (const evil of ["'; drop table cell; --", '" or 1=1 --', '$1', '?', "\\'; select 1"]) {
      const expression: Expression = {
        kind: 'binary',
        op: '=',
        left: { kind: 'field', path: ['t'] },
        right: { kind: 'literal', value: evil },
      }
      await engine.query(sql`select ${compileExpression(expression, scope)} as x from cell`)
      expect(() =>
        compileExpression({ ...expression, left: { kind: 'field', path: [evil] } } as Expression, scope),
      ).toThrow(expect.objectContaining({ code: 'unknown_identifier' }))
    }
    expect(await engine.query(sql`select count(*) > 0 as x from cell`)).toEqual([{ x: true }])
  })

  it.each([
    ['nam = 1', 'unknown_identifier'],
    ['orders.count(30d) > 1', 'unknown_identifier'],
    ['t and b', 'expression_types'],
    ['not n', 'expression_types'],
    ['d > 5', 'expression_types'],
    ['b + 1 > 2', 'expression_types'],
    ['n = 30d', 'expression_types'],
    ['t ~ u', 'expression_types'],
    ["t ~ '(a'", 'expression_pattern'],
    ["t ~ '(?=a)'", 'expression_pattern'],
    ["d > 'yesterday'", 'expression_time'],
    ["d > '2024-02-30'", 'expression_time'],
  ])('refuse %s with %s', (source, code) => {
    expect(() => compileExpression(parseExpression(source), scope)).toThrow(expect.objectContaining({ code }))
  })

  it('name what is known when a name is not', () => {
    expect(() => compileExpression(parseExpression('nope = 1'), scope)).toThrow(/"nope".*t, u, n/)
  })
})
