import type { Text } from '../base/text.ts'
import type { Sql } from '../warehouse/index.ts'

export type Dimension = 'completeness' | 'validity' | 'uniqueness' | 'consistency' | 'timeliness' | 'accuracy'
export type OnFail = 'observe' | 'tag' | 'nullify' | 'quarantine' | 'reject' | 'stop_pipeline'
export type Stage = 'capture' | 'batch' | 'profile'

/** A built-in rule: one file in `rules/`, a row function and an SQL form that agree on every value. */
export interface RuleKind<P = Readonly<Record<string, unknown>>> {
  readonly name: string
  readonly text: Text
  /** What it means, exactly, in one sentence; shown one click from each number. */
  readonly definition: Text
  readonly dimension: Dimension
  /** `value`: one column of one row; `row`: several columns of one row; `set`: needs other rows (aggregate or snapshot). */
  readonly scope: 'value' | 'row' | 'set'
  /** @throws ConfigError */
  params(input: Readonly<Record<string, unknown>>): P
  /** True when the value(s) pass. Null passes unless the rule judges absence itself. */
  passes?(values: readonly unknown[], params: P): boolean
  /** SQL that is true for a row that FAILS; never null. Columns are given as SQL in the same order as `values`. */
  fails(columns: readonly Sql[], params: P, scope: { readonly table?: Sql; readonly other?: (dataset: string) => Sql }): Sql
  /** What to tell the sender: what is wrong and how to mend it; `{value}`, `{field}` are filled. */
  readonly message: Text
}

/** A rule in use (section 1 of the quality document); a versioned definition. */
export interface Rule {
  readonly id: string
  readonly dataset: string
  readonly rule: string
  readonly columns: readonly string[]
  readonly params: Readonly<Record<string, unknown>>
  readonly where?: string
  readonly dimension: Dimension
  readonly stage: readonly Stage[]
  readonly severity: 'info' | 'warn' | 'error'
  readonly warnIf?: string
  readonly errorIf?: string
  readonly onFail: OnFail
  readonly null: 'pass' | 'fail'
  readonly owner?: string
}

export interface RuleResult {
  readonly runId: string
  readonly ruleId: string
  readonly ruleVersion: number
  readonly dataset: string
  readonly source?: string
  readonly evaluated: number
  readonly failed: number
  readonly failedPct: number
  readonly status: 'pass' | 'warn' | 'error' | 'skipped' | 'broken'
  readonly ms: number
}
