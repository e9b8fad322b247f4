import { parseExpression } from '../base/expression.ts'
import { domainOf, systemColumns } from '../intake/index.ts'
import { compileExpression, id, sql, w, type ColumnType, type ExpressionScope, type Sql } from '../warehouse/index.ts'
import type { Rule, RuleContext, SqlScope } from './contract.ts'
import { kindOf } from './kinds.ts'

/** A rule as SQL over its data set's table: neither is ever null, and `fails` implies `applies`. */
export interface RuleSql {
  readonly applies: Sql
  readonly fails: Sql
}

/** Type of a column of a domain table. */
export function columnType(dataset: string, column: string): ColumnType {
  const domain = domainOf(dataset)
  if (Object.hasOwn(domain.fields, column)) return domain.fields[column]!.type
  return systemColumns[column as keyof typeof systemColumns]?.type ?? 'text'
}

/** Names of a data set's columns in a `where`; a column outside `present` reads as null. */
export function whereScope(dataset: string, present?: ReadonlySet<string>): ExpressionScope {
  const domain = domainOf(dataset)
  return {
    field: ([name, ...rest]) => {
      if (rest.length || !name) return undefined
      if (!Object.hasOwn(domain.fields, name) && !Object.hasOwn(systemColumns, name)) return undefined
      const type = columnType(dataset, name)
      return { sql: present && !present.has(name) ? w.cast(sql`null`, type) : id(name), type }
    },
    known: () => Object.keys(domain.fields),
  }
}

/**
 * Compile a rule. `columns` are those that are judged (a rule over the delivered key fields gets fewer than it lists).
 * @param present columns that the relation has; default all
 */
export function ruleSql(
  rule: Rule,
  context: RuleContext,
  options: { readonly columns?: readonly string[]; readonly present?: ReadonlySet<string> } = {},
): RuleSql {
  const kind = kindOf(rule.rule)
  const columns = options.columns ?? rule.columns
  const params = kind.params(rule.params, context)
  const names = columns.map((column) => id(column))
  const scope: SqlScope = {
    types: columns.map((column) => columnType(rule.dataset, column)),
    table: id(rule.dataset),
    other: (dataset) => id(domainOf(dataset).name),
  }
  const inPlace = rule.where
    ? sql`coalesce(${compileExpression(parseExpression(rule.where), whereScope(rule.dataset, options.present))}, false)`
    : undefined
  const judged = kind.applies?.(names, params, scope)
  const applies = inPlace && judged ? sql`(${inPlace} and ${judged})` : (inPlace ?? judged ?? sql`true`)
  const wrong = kind.fails(names, params, scope)
  const strict =
    rule.null === 'fail'
      ? sql`(${names.map((n) => sql`${n} is null`).reduce((a, b) => sql`${a} or ${b}`)} or ${wrong})`
      : wrong
  return { applies, fails: inPlace || judged ? sql`(${applies} and ${strict})` : strict }
}

/** Columns of a rule that a source delivers; undefined when the rule cannot be judged there. */
export function judgedColumns(rule: Rule, delivered: ReadonlySet<string>): readonly string[] | undefined {
  const kind = kindOf(rule.rule)
  const here = rule.columns.filter((column) => delivered.has(column) || Object.hasOwn(systemColumns, column))
  // A share is taken of what the source delivers at all: a till without e-mail does not make every customer incomplete.
  if (kind.name === 'required_share') return here.length ? here : undefined
  if (kind.name === 'level_matches_spend') return delivered.has(rule.columns[0]!) ? rule.columns : undefined
  if (kind.judgesAbsence || rule.null === 'fail') return rule.columns
  return here.length === rule.columns.length ? here : undefined
}
