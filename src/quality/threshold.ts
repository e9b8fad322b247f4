import { ConfigError, InputError } from '../base/errors.ts'
import { evaluateExpression } from '../base/expression-evaluate.ts'
import { parseExpression, type Expression } from '../base/expression.ts'
import type { Rule, RuleResult } from './contract.ts'

/** The numbers a threshold may use. `observed` is the figure of an aggregate rule. */
export interface Counts {
  readonly failed: number
  readonly evaluated: number
  readonly observed?: number
}

const names = ['failed', 'failed_pct', 'evaluated', 'observed']
const comparisons = new Set(['and', 'or', '=', '!=', '<', '<=', '>', '>='])

/** @throws ConfigError rule_threshold when it uses anything but counts, numbers, comparisons and and / or / not */
export function checkThreshold(rule: string, expression: string): Expression {
  const wrong = (cause?: unknown): ConfigError => new ConfigError('rule_threshold', { rule, expression }, { cause })
  let parsed: Expression
  try {
    parsed = parseExpression(expression)
  } catch (cause) {
    throw cause instanceof InputError ? wrong(cause) : cause
  }
  const walk = (e: Expression): boolean => {
    switch (e.kind) {
      case 'literal':
        return typeof e.value === 'number'
      case 'field':
        return e.path.length === 1 && names.includes(e.path[0]!)
      case 'not':
        return walk(e.of)
      case 'binary':
        return comparisons.has(e.op) && walk(e.left) && walk(e.right)
      default:
        return false
    }
  }
  if (!walk(parsed)) throw wrong()
  return parsed
}

/** `failed` in percent of `evaluated`; 0 when nothing was evaluated. */
export function failedPct(counts: Counts): number {
  return counts.evaluated ? (counts.failed * 100) / counts.evaluated : 0
}

/**
 * Status by severity and thresholds (A1): error, then warn, then pass; an `error_if` alone never invents a warning.
 * Zero rows evaluated is `skipped`, unless the thresholds are about `observed`.
 */
export function statusOfCounts(
  rule: Pick<Rule, 'id' | 'severity' | 'warnIf' | 'errorIf'>,
  counts: Counts,
): RuleResult['status'] {
  if (!counts.evaluated && counts.observed === undefined) return 'skipped'
  const holds = (expression: string): boolean =>
    evaluateExpression(checkThreshold(rule.id, expression), {
      failed: counts.failed,
      failed_pct: failedPct(counts),
      evaluated: counts.evaluated,
      observed: counts.observed ?? null,
    }) === true
  const { severity, warnIf, errorIf } = rule
  if (severity === 'info') return 'pass'
  if (severity === 'warn') {
    if (warnIf) return holds(warnIf) ? 'warn' : 'pass'
    return !errorIf && counts.failed > 0 ? 'warn' : 'pass'
  }
  if (errorIf && holds(errorIf)) return 'error'
  if (warnIf) return holds(warnIf) ? 'warn' : 'pass'
  return !errorIf && counts.failed > 0 ? 'error' : 'pass'
}

/** What is odd in a rule without being wrong, for the linter. */
export function thresholdRemarks(rule: Pick<Rule, 'severity' | 'errorIf' | 'warnIf'>): string[] {
  if (rule.severity === 'warn' && rule.errorIf) return ['severity is warn: error_if is ignored']
  if (rule.severity === 'info' && (rule.errorIf || rule.warnIf)) return ['severity is info: thresholds are ignored']
  return []
}
