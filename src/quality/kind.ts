import type { RuleKind } from './contract.ts'

/** Declare a rule kind: keeps the type of its parameters inside its file. */
export function ruleKind<P>(kind: RuleKind<P>): RuleKind {
  return kind as unknown as RuleKind
}
