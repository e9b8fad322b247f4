import type { Text } from '../base/text.ts'
import type { ColumnType, Sql } from '../warehouse/index.ts'

export type Dimension = 'completeness' | 'validity' | 'uniqueness' | 'consistency' | 'timeliness' | 'accuracy'
export type OnFail = 'observe' | 'tag' | 'nullify' | 'quarantine' | 'reject' | 'stop_pipeline'
export type Stage = 'capture' | 'batch' | 'profile'
export type Severity = 'info' | 'warn' | 'error'

/** What a rule may need to know besides its parameters. */
export interface RuleContext {
  /** ms since the epoch: "today" of the rules that use the clock; one value for a whole run, so that no row is judged twice differently. */
  readonly now: number
}

/** Where the SQL form is used. */
export interface SqlScope {
  /** Declared types of the columns, in their order; absent = text. Typed columns save casts. */
  readonly types?: readonly ColumnType[]
  /** Set rules: the rule's own table, as a table expression without an alias. */
  readonly table?: Sql
  /** Set rules: another data set, as a table expression without an alias. */
  readonly other?: (dataset: string) => Sql
}

/** A built-in rule: one file in `rules/`, a row function and an SQL form that agree on every value. */
export interface RuleKind<P = Readonly<Record<string, unknown>>> {
  readonly name: string
  readonly text: Text
  /** What it means, exactly, in one sentence; shown one click from each number. */
  readonly definition: Text
  readonly dimension: Dimension
  /** `value`: one column of one row; `row`: several columns of one row; `set`: needs other rows (aggregate or snapshot). */
  readonly scope: 'value' | 'row' | 'set'
  /** True for a rule that judges absence itself (not_null, not_missing …): it also runs on columns a source never fills. */
  readonly judgesAbsence?: boolean
  /** @throws ConfigError rule_params */
  params(input: Readonly<Record<string, unknown>>, context: RuleContext): P
  /** True when the value(s) pass. Null passes unless the rule judges absence itself. */
  passes?(values: readonly unknown[], params: P): boolean
  /** SQL that is true for a row that FAILS; never null. Columns are given as SQL in the same order as `values`. */
  fails(columns: readonly Sql[], params: P, scope: SqlScope): Sql
  /** Set rules: SQL that is true for rows that can be judged at all; the others are not counted as evaluated. */
  applies?(columns: readonly Sql[], params: P, scope: SqlScope): Sql
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
  readonly severity: Severity
  readonly warnIf?: string
  readonly errorIf?: string
  readonly onFail: OnFail
  readonly null: 'pass' | 'fail'
  readonly owner?: string
  /** Name shown to people; default: the kind's text and the columns. */
  readonly text?: Text
  /** A switched-off rule stays listed and is not run. */
  readonly off?: boolean
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

/** One value, its verdict and where the verdict comes from; `row` rules take several values. */
export interface Vector {
  readonly values: readonly unknown[]
  readonly passes: boolean
  /** `standard`: printed in a standard or in the specification of the product; `constructed`: made from the standard's formula. */
  readonly origin: 'standard' | 'constructed'
  readonly why?: string
}

export interface VectorSet {
  readonly rule: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly vectors: readonly Vector[]
}
