import { expect, it } from 'vitest'
import { judgeOf, type RuleInUse } from './judge.ts'
import { defaultPack } from './default-pack.ts'

it('asks for the rules and the clock of the manifest, so that a rebuild judges as the load did', () => {
  const asked: (number | undefined)[] = []
  const rule = defaultPack.find((r) => r.dataset === 'order_line' && r.onFail === 'quarantine')!
  const rules = (_dataset: string, position?: number): RuleInUse[] => {
    asked.push(position)
    return position !== undefined && position < 10 ? [] : [{ rule, version: 1 }]
  }
  const judge = judgeOf(rules, () => ({ now: 0 }))
  const fields = [...rule.columns, 'kind', 'quantity', 'amount', 'unit_price']
  expect(judge('order_line', fields, { position: 5, time: 1 })).toEqual([])
  expect(judge('order_line', fields, { position: 12, time: 1 })).toHaveLength(1)
  expect(judge('order_line', fields)).toHaveLength(1)
  expect(asked).toEqual([5, 12, undefined])
})
