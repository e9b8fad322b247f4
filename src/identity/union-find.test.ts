import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { components, type Links } from './union-find.ts'

const links = (pairs: readonly (readonly [number, number, number?])[]): Links => ({
  a: Float64Array.from(pairs, (p) => p[0]),
  b: Float64Array.from(pairs, (p) => p[1]),
  firm: Float64Array.from(pairs, (p) => p[2] ?? 1),
})
const facts = (size: number, exclusive: number[] = [], name: number[] = []) => ({
  exclusive: [Float64Array.from({ length: size }, (_, i) => exclusive[i] ?? 0)],
  name: Float64Array.from({ length: size }, (_, i) => name[i] ?? 0),
})

describe('components', () => {
  it('gives the smallest node of each component', () => {
    expect([
      ...components(
        6,
        links([
          [5, 3],
          [3, 1],
          [4, 2],
        ]),
        facts(6),
      ).root,
    ]).toEqual([0, 1, 2, 1, 2, 1])
  })
  it('is the same for links in any order when nothing contradicts', () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 29 }), fc.integer({ min: 0, max: 29 }))
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 40 }), fc.infiniteStream(fc.integer()), (pairs, order) => {
        const shuffled = pairs
          .map((p) => ({ p, k: order.next().value as number }))
          .sort((a, b) => a.k - b.k)
          .map((x) => x.p)
        expect([...components(30, links(shuffled), facts(30)).root]).toEqual([
          ...components(30, links(pairs), facts(30)).root,
        ])
      }),
    )
  })
  it('never lets two known values meet, not even through an unknown one', () => {
    const result = components(
      3,
      links([
        [0, 1],
        [1, 2],
      ]),
      facts(3, [7, 0, 8]),
    )
    expect([...result.root]).toEqual([0, 0, 2])
    expect(result.refused).toEqual([1])
  })
  it('lets firm links join names, but not links that lean on a missing one', () => {
    expect(
      components(
        3,
        links([
          [0, 1, 0],
          [1, 2, 0],
        ]),
        facts(3, [], [4, 0, 5]),
      ).refused,
    ).toEqual([1])
    expect(components(2, links([[0, 1, 1]]), facts(2, [], [4, 5])).refused).toEqual([])
  })
  it('keeps apart what a person decided, also over a third node', () => {
    const cut = [{ left: [0], right: [2] }]
    expect([
      ...components(
        3,
        links([
          [0, 1],
          [1, 2],
        ]),
        facts(3),
        cut,
      ).root,
    ]).toEqual([0, 0, 2])
  })
  it('does not change its inputs', () => {
    const known = facts(3, [7, 0, 0])
    components(3, links([[0, 1]]), known)
    expect([...known.exclusive[0]!]).toEqual([7, 0, 0])
  })
})
