import type { Definitions } from '../governance/index.ts'
import { canonicalJson } from '../base/ids.ts'
import { InputError } from '../base/errors.ts'
import type { DomainName } from '../intake/index.ts'
import type { Rule, RuleContext } from './contract.ts'
import { defaultPack } from './default-pack.ts'
import { checkRule, expandRules } from './expand.ts'
import type { RuleInUse } from './judge.ts'
import { kindOf } from './kinds.ts'

export interface RuleBook {
  /** All rules: the default pack, replaced and extended by definitions; switched-off ones included. */
  all(): readonly RuleInUse[]
  /** Those in use, now or at a journal position. */
  of(dataset: DomainName, position?: number): readonly RuleInUse[]
  find(dataset: string, id: string): RuleInUse | undefined
  put(
    rule: Partial<Rule> & Pick<Rule, 'id' | 'dataset' | 'rule'>,
    by: { actor: string; why?: string },
  ): Promise<RuleInUse>
  remove(dataset: string, id: string, by: { actor: string; why?: string }): Promise<void>
  putConfig(entries: readonly unknown[], place: { file: string }, by: { actor: string; why?: string }): Promise<void>
}

/** The rules in use: versioned definitions over the default pack, which is version 1 of its rules. */
export function ruleBook(definitions: Definitions, context: () => RuleContext): RuleBook {
  const key = (dataset: string, id: string): string => `${dataset}.${id}`
  const shipped = new Map(defaultPack.map((rule) => [key(rule.dataset, rule.id), rule]))

  const all = (position?: number): RuleInUse[] => {
    const rules = new Map<string, RuleInUse>([...shipped].map(([id, rule]) => [id, { rule, version: 1 }]))
    for (const defined of position === undefined
      ? definitions.list<Rule>('rule')
      : definitions.asOf<Rule>('rule', position)) {
      // A changed rule of the pack counts on from the shipped version: results of the two must not share a number.
      rules.set(defined.id, { rule: defined.value, version: defined.version + (shipped.has(defined.id) ? 1 : 0) })
    }
    return [...rules.values()]
  }
  const find = (dataset: string, id: string): RuleInUse | undefined =>
    all().find(({ rule }) => rule.dataset === dataset && rule.id === id)

  const write = async (rule: Rule, by: { actor: string; why?: string }): Promise<void> => {
    const id = key(rule.dataset, rule.id)
    const now = find(rule.dataset, rule.id)?.rule
    // Nothing new is no new version.
    if (now && canonicalJson(clean(now)) === canonicalJson(clean(rule))) return
    await definitions.put('rule', id, clean(rule), by)
  }

  return {
    all: () => all(),
    of: (dataset, position) => all(position).filter(({ rule }) => rule.dataset === dataset && !rule.off),
    find,
    async put(input, by) {
      const rule = withDefaults(input)
      checkRule(rule, `${rule.dataset}.${rule.id}`, context())
      await write(rule, by)
      return find(rule.dataset, rule.id)!
    },
    async remove(dataset, id, by) {
      const found = find(dataset, id)
      if (!found) throw new InputError('not_found', { what: 'rule', name: key(dataset, id) })
      // A rule of the pack is switched off, so that it stays in the list and can come back.
      if (shipped.has(key(dataset, id)))
        await definitions.put('rule', key(dataset, id), clean({ ...found.rule, off: true }), by)
      else await definitions.remove('rule', key(dataset, id), by)
    },
    async putConfig(entries, place, by) {
      for (const rule of expandRules(entries, `${place.file} quality`, context())) await write(rule, by)
    },
  }
}

/** A rule from a form, with the defaults of the configuration. */
function withDefaults(input: Partial<Rule> & Pick<Rule, 'id' | 'dataset' | 'rule'>): Rule {
  const kind = kindOf(input.rule)
  const onFail = input.onFail ?? (kind.scope === 'set' ? 'observe' : 'tag')
  return {
    ...input,
    columns: input.columns ?? [],
    params: input.params ?? {},
    dimension: input.dimension ?? kind.dimension,
    stage: input.stage ?? (kind.scope === 'set' ? ['batch'] : ['capture', 'batch']),
    severity:
      input.severity ??
      (onFail === 'quarantine' || onFail === 'reject' || onFail === 'stop_pipeline' ? 'error' : 'warn'),
    onFail,
    null: input.null ?? 'pass',
  }
}

/** Without undefined members: what JSON keeps. */
function clean(rule: Rule): Rule {
  return JSON.parse(JSON.stringify(rule)) as Rule
}
