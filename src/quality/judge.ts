import type { DomainName, Judge, JudgeRule } from '../intake/index.ts'
import type { Text } from '../base/text.ts'
import type { Rule, RuleContext } from './contract.ts'
import { kindOf } from './kinds.ts'
import { judgedColumns, ruleSql } from './rule-sql.ts'

export interface RuleInUse {
  readonly rule: Rule
  readonly version: number
}

/**
 * The rules that intake evaluates once per row of a file: those of one row at stage batch, that tag, empty a cell or
 * hold the row back. `reject` belongs to single calls (`check`), rules over other rows to `run`.
 */
export function judgeOf(
  rulesOf: (dataset: DomainName, position?: number) => readonly RuleInUse[],
  context: () => RuleContext,
): Judge {
  return (dataset, mappedFields, as) => {
    const present = new Set(mappedFields)
    const then = as ? { ...context(), now: as.time } : context()
    return rulesOf(dataset, as?.position).flatMap(({ rule, version }): JudgeRule[] => {
      const { onFail } = rule
      if (rule.off || !rule.stage.includes('batch') || kindOf(rule.rule).scope === 'set') return []
      if (onFail !== 'tag' && onFail !== 'nullify' && onFail !== 'quarantine') return []
      const columns = judgedColumns(rule, new Set(mappedFields))
      // A field that is not mapped at all is a matter of the mapping, not of each row.
      if (!columns || columns.some((column) => !present.has(column))) return []
      const { fails } = ruleSql(rule, then, { columns, present })
      return [{ id: rule.id, version, field: columns[0], onFail, fails, text: ruleText(rule) }]
    })
  }
}

/** Name of a rule as people read it. */
export function ruleText(rule: Rule): Text {
  if (rule.text) return rule.text
  const { text } = kindOf(rule.rule)
  const columns = rule.columns.join(', ')
  return { zh: `${text.zh}：${columns}`, en: `${text.en}: ${columns}` }
}
