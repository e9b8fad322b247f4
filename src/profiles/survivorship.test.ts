import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkbench, type Workbench } from '../identity/workbench.testing.ts'
import { join, raw, sql } from '../warehouse/index.ts'
import { survivorshipRules, type SurvivorshipRule } from './golden-fields.ts'
import { survivor, survivorIndex } from './survivorship.ts'

let b: Workbench
beforeAll(async () => void (b = await openWorkbench()))
afterAll(() => b.close())

const cases: readonly (readonly (string | null)[])[] = [
  ['b', 'a', null],
  [null, null, null],
  ['short', 'the longest', 'middling'],
  ['x', 'y', 'y', 'x', 'z'],
  ['同', '不同的', '同', null, '更长一些'],
  [null, 'only', null],
  ['aa', 'bb', 'cc'],
]

describe('survivorship', () => {
  it.each(Object.keys(survivorshipRules) as SurvivorshipRule[])(
    '%s is the same in SQL and in TypeScript',
    async (rule) => {
      for (const values of cases) {
        const trust = values.map((_, i) => (i * 3) % values.length)
        const order = { recent: values.map((_, i) => i), trust: trust.map((t, i) => t * 100 + i) }
        const rows = values.map(
          (v, i) => sql`select cast(${v} as varchar) as v, ${order.recent[i]!} as recent, ${order.trust[i]!} as trust`,
        )
        const [row] = await b.ground.warehouse.query<{ won: string | null }>(
          sql`select ${survivor(raw('v'), rule)} as won from (${join(rows, ' union all ')}) t`,
        )
        const index = survivorIndex(values, rule, order)
        expect(row!.won).toBe(index < 0 ? null : values[index])
      }
    },
  )
})
