import { z } from 'zod'
import { ConfigError, TributaryError } from '../base/errors.ts'
import { parseExpression, type Expression } from '../base/expression.ts'
import { domainOf, systemColumns } from '../intake/index.ts'
import type { Rule, RuleContext, RuleKind } from './contract.ts'
import { kindOf } from './kinds.ts'
import { checkThreshold } from './threshold.ts'

const stage = z.enum(['capture', 'batch', 'profile'])
const text = z.strictObject({ zh: z.string(), en: z.string() })

/** What a rule may say in either form, besides where it applies. */
const body = {
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/)
    .optional(),
  rule: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  where: z.string().min(1).optional(),
  dimension: z.enum(['completeness', 'validity', 'uniqueness', 'consistency', 'timeliness', 'accuracy']).optional(),
  stage: z.union([stage, z.array(stage).min(1)]).optional(),
  severity: z.enum(['info', 'warn', 'error']).optional(),
  warn_if: z.string().min(1).optional(),
  error_if: z.string().min(1).optional(),
  on_fail: z.enum(['observe', 'tag', 'nullify', 'quarantine', 'reject', 'stop_pipeline']).optional(),
  null: z.enum(['pass', 'fail']).default('pass'),
  owner: z.string().optional(),
  text: text.optional(),
  off: z.boolean().optional(),
}
const name = z.string().regex(/^[a-z_][a-z0-9_]*$/)
const oneLine = z.strictObject({
  ...body,
  field: z
    .string()
    .regex(/^[a-z_]+\.[a-z_0-9]+(, *[a-z_0-9]+)*$/, { error: 'must be dataset.column, or dataset.column, column' }),
})
const inDocument = z.strictObject({ ...body, column: name.optional(), columns: z.array(name).min(1).optional() })
const document = z.strictObject({
  version: z.literal(1),
  dataset: z.string(),
  owner: z.string().optional(),
  rules: z.array(z.unknown()),
})

/**
 * Rules from the configuration: each entry is a one-line rule (`field`, `rule`, …) or a whole document (`version`,
 * `dataset`, `rules`).
 * @param where what to call the place in errors, e.g. `tributary.yaml quality`
 * @throws ConfigError rule_document, unknown_rule, rule_params, rule_threshold with the place
 */
export function expandRules(entries: readonly unknown[], where: string, context: RuleContext): Rule[] {
  const rules = entries.flatMap((entry, i): Rule[] => {
    const at = `${where}[${i}]`
    if (isRecord(entry) && 'rules' in entry) return expandDocument(entry, at, context)
    const read = parse(oneLine, entry, at)
    const [dataset, columns] = splitField(read.field)
    return [complete(read, dataset, columns, undefined, at, context)]
  })
  for (const [i, rule] of rules.entries()) {
    const twin = rules.findIndex((other) => other.dataset === rule.dataset && other.id === rule.id)
    if (twin !== i)
      throw new ConfigError('rule_document', { where, problem: `the id "${rule.id}" is used twice in ${rule.dataset}` })
  }
  return rules
}

function expandDocument(entry: Readonly<Record<string, unknown>>, at: string, context: RuleContext): Rule[] {
  const read = parse(document, entry, at)
  return read.rules.map((item, i) => {
    const place = `${at}.rules[${i}]`
    const rule = parse(inDocument, item, place)
    if (!rule.column === !rule.columns)
      throw new ConfigError('rule_document', { where: place, problem: 'give column or columns' })
    return complete(rule, read.dataset, rule.columns ?? [rule.column!], read.owner, place, context)
  })
}

/** The full rule, with defaults, checked against the data set and the kind. */
function complete(
  read: z.output<typeof inDocument>,
  dataset: string,
  columns: readonly string[],
  owner: string | undefined,
  at: string,
  context: RuleContext,
): Rule {
  const kind = kindOf(read.rule, at)
  const onFail = read.on_fail ?? (kind.scope === 'set' ? 'observe' : 'tag')
  const strict = onFail === 'quarantine' || onFail === 'reject' || onFail === 'stop_pipeline'
  const rule: Rule = {
    id: read.id ?? `${kind.name}_${columns.join('_')}`,
    dataset,
    rule: kind.name,
    columns,
    params: read.params,
    where: read.where,
    dimension: read.dimension ?? kind.dimension,
    stage:
      typeof read.stage === 'string'
        ? [read.stage]
        : (read.stage ?? (kind.scope === 'set' ? ['batch'] : ['capture', 'batch'])),
    severity: read.severity ?? (strict ? 'error' : 'warn'),
    warnIf: read.warn_if,
    errorIf: read.error_if,
    onFail,
    null: read.null,
    owner: read.owner ?? owner,
    text: read.text,
    off: read.off,
  }
  checkRule(rule, at, context)
  return rule
}

/**
 * Check a rule that came from anywhere (configuration, web form): columns, parameters, thresholds, what it may do.
 * @throws ConfigError with the place
 */
export function checkRule(rule: Rule, at: string, context: RuleContext): RuleKind {
  const fail = (problem: string): never => {
    throw new ConfigError('rule_document', { where: at, problem })
  }
  const kind = kindOf(rule.rule, at)
  const fields = placed(at, () => domainOf(rule.dataset)).fields
  const known = (column: string): boolean => Object.hasOwn(fields, column) || Object.hasOwn(systemColumns, column)
  for (const column of rule.columns)
    if (!known(column)) fail(`${rule.dataset} has no column "${column}"; it has ${Object.keys(fields).join(', ')}`)
  if (kind.scope === 'value' && rule.columns.length !== 1) fail(`${kind.name} judges one column`)
  placed(at, () => kind.params(rule.params, context))
  // A2: what depends on other rows holds no single row back.
  if (kind.scope === 'set' && !['observe', 'tag', 'stop_pipeline'].includes(rule.onFail))
    fail(`${kind.name} looks at other rows: on_fail may be observe, tag or stop_pipeline`)
  if (rule.onFail === 'nullify' && kind.scope !== 'value') fail('nullify needs a rule of one column')
  if (rule.onFail === 'reject' && !rule.stage.includes('capture')) fail('reject works at stage capture only')
  for (const threshold of [rule.warnIf, rule.errorIf]) if (threshold) checkThreshold(rule.id, threshold)
  if (rule.where)
    for (const field of fieldsOf(placed(at, () => parseExpression(rule.where!))))
      if (!known(field)) fail(`where: ${rule.dataset} has no column "${field}"`)
  return kind
}

/** Column names that an expression uses. */
export function fieldsOf(e: Expression): string[] {
  switch (e.kind) {
    case 'field':
      return [e.path.join('.')]
    case 'not':
    case 'missing':
      return fieldsOf(e.of)
    case 'binary':
      return [...fieldsOf(e.left), ...fieldsOf(e.right)]
    case 'in':
      return [...fieldsOf(e.of), ...e.items.flatMap(fieldsOf)]
    case 'call':
      return [`${e.path.join('.')}()`]
    default:
      return []
  }
}

function splitField(field: string): [dataset: string, columns: string[]] {
  const dot = field.indexOf('.')
  return [field.slice(0, dot), field.slice(dot + 1).split(/, */)]
}

function parse<S extends z.ZodType>(schema: S, input: unknown, at: string): z.output<S> {
  const read = schema.safeParse(nullKey(input))
  if (read.success) return read.data
  const problem = read.error.issues
    .map((i) => (i.path.length ? `${i.path.join('.')}: ${i.message}` : i.message))
    .join('; ')
  throw new ConfigError('rule_document', { where: at, problem })
}

/** `null: fail` in YAML has the key null, which a parser hands over as the empty text. */
function nullKey(input: unknown): unknown {
  if (!isRecord(input) || !('' in input)) return input
  const { '': key, ...rest } = input
  return { ...rest, null: key }
}

/** Errors from below get the place. */
function placed<T>(at: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof TributaryError)
      throw new ConfigError('rule_document', { where: at, problem: cause.message }, { cause })
    throw cause
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
