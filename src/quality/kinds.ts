import { ConfigError } from '../base/errors.ts'
import type { RuleKind } from './contract.ts'
import { ruleKinds } from './registry.gen.ts'

const byName = new Map(ruleKinds.map((kind) => [kind.name, kind]))

/** @throws ConfigError unknown_rule with the names there are */
export function kindOf(name: string, where = 'rule'): RuleKind {
  const found = byName.get(name)
  if (!found) throw new ConfigError('unknown_rule', { name, where, known: [...byName.keys()].join(', ') })
  return found
}
