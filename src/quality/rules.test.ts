import { describe, expect, it } from 'vitest'
import { ruleSuite } from '../testing/rule-suite.ts'
import { ruleKinds } from './registry.gen.ts'
import { vectorSets, vectorsNow } from './vectors/index.ts'

ruleSuite(ruleKinds, vectorSets, vectorsNow)

describe('vectors', () => {
  it('the format rules have at least 20 each', () => {
    const counts = new Map<string, number>()
    for (const set of vectorSets) counts.set(set.rule, (counts.get(set.rule) ?? 0) + set.vectors.length)
    const formats = [
      'email',
      'phone',
      'cn_mobile',
      'cn_resident_id',
      'cn_uscc',
      'bank_card',
      'cn_name',
      'name_plausible',
      'iso_currency',
    ]
    expect(formats.filter((name) => (counts.get(name) ?? 0) < 20)).toEqual([])
  })
})
