import { describe, expect, it } from 'vitest'
import { complete, groupOf, leafFor, move, treeOf } from './tree.ts'

const shanghai = { field: 'region', op: '=', value: '上海' }
const loyal = { field: 'orders.count', op: '>=', value: 3, args: [], within: '365d' }

describe('segment tree', () => {
  it('shows "none of" as one group and gives the same tree back', () => {
    const tree = { not: { any: [shanghai, loyal] } }
    expect(groupOf(tree)).toEqual({ kind: 'not', parts: [shanghai, loyal] })
    expect(treeOf(groupOf(tree))).toEqual(tree)
  })
  it('keeps a single negated condition single', () => {
    expect(treeOf(groupOf({ not: shanghai }))).toEqual({ not: shanghai })
  })
  it('leaves out conditions that are not filled in yet, and groups that become empty', () => {
    const tree = {
      all: [shanghai, { field: 'city', op: '=', value: '' }, { any: [{ field: 'level', op: 'in', value: [] }] }],
    }
    expect(complete(tree)).toEqual({ all: [shanghai] })
    expect(complete({ all: [{ field: '', op: '=' }] })).toBeUndefined()
  })
  it('counts zero and false as filled in', () => {
    expect(complete({ field: 'orders', op: '>=', value: 0 })).toBeDefined()
    expect(complete({ field: 'x', op: '=', value: false })).toBeDefined()
  })
  it('gives a call a window and a text its first known value', () => {
    const text = { zh: '', en: '' }
    expect(leafFor({ path: 'orders.count', text, type: 'number', group: text, call: true })).toEqual({
      field: 'orders.count',
      op: '>=',
      value: 1,
      args: [],
      within: '365d',
    })
    expect(leafFor({ path: 'region', text, type: 'text', group: text, values: ['上海'] }).value).toBe('上海')
  })
  it('moves within the bounds of the list', () => {
    expect(move(['a', 'b', 'c'], 0, 9)).toEqual(['b', 'c', 'a'])
    expect(move(['a', 'b', 'c'], 2, -1)).toEqual(['c', 'a', 'b'])
  })
})
