import { evaluateExpression, type CellValue } from '../base/expression-evaluate.ts'
import { parseExpression } from '../base/expression.ts'
import { fillText, type Text } from '../base/text.ts'
import { domainOf, type DomainName } from '../intake/index.ts'
import type { OnFail, RuleContext, Stage } from './contract.ts'
import type { RuleInUse } from './judge.ts'
import { kindOf } from './kinds.ts'
import { judgedColumns } from './rule-sql.ts'
import { textOf } from './values.ts'

/** What is wrong with one value of one row: which field, which rule, how to mend it (M7). */
export interface Issue {
  readonly rule: string
  readonly field?: string
  readonly onFail: OnFail
  readonly message: Text
}

/** Judge one row by the row functions: what a form or an API is told before anything is stored. */
export function checkRow(
  rules: readonly RuleInUse[],
  dataset: DomainName,
  values: Readonly<Record<string, unknown>>,
  stage: Stage,
  context: RuleContext,
): Issue[] {
  const domain = domainOf(dataset)
  const delivered = new Set(Object.keys(values))
  return rules.flatMap(({ rule }): Issue[] => {
    const kind = kindOf(rule.rule)
    if (rule.off || !kind.passes || !rule.stage.includes(stage)) return []
    const columns = judgedColumns(rule, delivered)
    if (!columns) return []
    if (
      rule.where &&
      evaluateExpression(parseExpression(rule.where), cells(domain.fields, values), kinds(domain.fields)) !== true
    )
      return []
    const row = columns.map((column) => values[column] ?? null)
    const absent = rule.null === 'fail' && row.some((value) => value === null)
    if (!absent && kind.passes(row, kind.params(rule.params, context) as never)) return []
    const field = columns.map((column) => domain.fields[column]?.text ?? { zh: column, en: column })
    const named = { zh: field.map((f) => f.zh).join('、'), en: field.map((f) => f.en).join(', ') }
    const value = row.map((v) => textOf(v)?.slice(0, 100) ?? '').join(' / ')
    const message = {
      zh: fillText(kind.message, { field: named.zh, value }).zh,
      en: fillText(kind.message, { field: named.en, value }).en,
    }
    return [{ rule: rule.id, field: columns[0], onFail: rule.onFail, message }]
  })
}

type Fields = ReturnType<typeof domainOf>['fields']

/** Every field of the data set, null where the row has none: a `where` may name any of them. */
function cells(fields: Fields, values: Readonly<Record<string, unknown>>): Record<string, CellValue> {
  const cell = (value: unknown): CellValue =>
    typeof value === 'number' || typeof value === 'boolean' ? value : textOf(value)
  return Object.fromEntries(Object.keys(fields).map((name) => [name, cell(values[name])]))
}

function kinds(fields: Fields): Record<string, 'time'> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, f]) => f.type === 'date' || f.type === 'timestamp')
      .map(([name]) => [name, 'time' as const]),
  )
}
