import { InputError } from '../../base/errors.ts'
import type { Expression } from '../../base/expression.ts'
import { canonicalJson } from '../../base/ids.ts'
import {
  typedExpression,
  id,
  join,
  sql,
  steps,
  w,
  type DataClass,
  type ExpressionScope,
  type Resolved,
  type Sql,
  type Table,
} from '../../warehouse/index.ts'
import { lifecycleTable, rfmTable } from '../tables.ts'
import type { Calendar } from '../local-time.ts'
import { behaviours, type Behaviour, type Measure } from './behaviours.ts'
import { printExpression } from './print.ts'
import { callOf, windowStart, type BehaviourCall } from './call.ts'

/** What a rule is compiled against. */
export interface LanguageContext {
  /** All declared tables; behaviours of tables that are not there are unknown. */
  readonly tables: readonly Table[]
  readonly asOf: string
  readonly days: Calendar
  /** The rule of a segment, decoded; undefined when there is none of that name. */
  readonly segment: (name: string) => Expression | 'list' | undefined
  readonly segmentNames: () => readonly string[]
}

/** A rule as SQL: steps computed once per distinct call, left-joined to the profiles, and one condition over them. */
export interface Plan {
  /** Compile a condition into the shared plan. @throws InputError unknown_identifier, segment_argument, segment_cycle … */
  condition(e: Expression): Sql
  /** `with … <select> from profile left join …`: the statement over all people, after all conditions are compiled. */
  over(select: Sql, tail?: Sql): Sql
  /** Columns above non-sensitive that the rule reads. */
  readonly sensitive: ReadonlyMap<string, DataClass>
}

interface Did {
  readonly alias: string
  readonly behaviour: Behaviour
  /** Read from the behaviour's compact table. */
  readonly compact: boolean
  readonly where: Sql
  readonly values: Map<string, Sql>
}

export function plan(context: LanguageContext): Plan {
  const profile = context.tables.find((t) => t.name === 'profile')
  const did = new Map<string, Did>()
  const lists = new Map<string, string>()
  const joined = new Set<'rfm' | 'lifecycle'>()
  const sensitive = new Map<string, DataClass>()

  const column = (table: Table | undefined, name: string): Resolved | undefined => {
    const found = table && Object.entries(table.columns).find(([key, c]) => key === name || c.text.zh === name)
    if (!table || !found) return undefined
    const [key, c] = found
    if (c.class !== 'non_sensitive') sensitive.set(key, c.class)
    if (table.name === 'rfm' || table.name === 'lifecycle') joined.add(table.name)
    return { sql: sql`${id(table.name, key)}`, type: c.type }
  }

  const field = (path: readonly string[]): Resolved | undefined => {
    const [first, second] = path as [string, string | undefined]
    if (path.length === 1) {
      if (first === 'stage') return orElse(column(lifecycleTable, 'stage'), 'prospect')
      return column(profile, first)
    }
    if (path.length !== 2) return undefined
    if (first === 'profile') return column(profile, second!)
    if (first === 'lifecycle') return column(lifecycleTable, second!)
    if (first === 'rfm')
      return second === 'level'
        ? orElse(column(rfmTable, 'level'), 'no_purchase')
        : column(rfmTable, second === 'score' ? 'rfm' : second!)
    return behaviourOf(path, context) ? measured(callOf(path, [], context.tables)!) : undefined
  }

  const measured = (call: BehaviourCall): Resolved => {
    const { behaviour, measure } = call
    const short = behaviour.compact?.measures[call.measureName]
    const compact =
      short !== undefined &&
      !call.names.length &&
      !call.filters.length &&
      context.tables.some((t) => t.name === behaviour.compact!.table)
    const key = canonicalJson([
      compact,
      behaviour.table,
      behaviour.name.replace(/^(last|first)_/, ''),
      call.names,
      call.within ?? null,
      call.filters,
    ])
    let step = did.get(key)
    if (!step) {
      step = { alias: `did_${did.size + 1}`, behaviour, compact, where: whereOf(call, compact), values: new Map() }
      did.set(key, step)
    }
    const name = `${behaviour.name}_${call.measureName}`
    step.values.set(name, compact ? short : measure.value)
    return valueOf(measure, id(step.alias, name), id(step.alias, 'person_id'))
  }

  const valueOf = (measure: Measure, value: Sql, person: Sql): Resolved => {
    if (measure.type === 'bool') return { sql: sql`(${person} is not null)`, type: 'bool' }
    if (measure.days) {
      const asOf = w.cast(sql`${context.asOf}`, 'timestamp')
      return { sql: w.boundaries('day', context.days.local(value), asOf), type: 'double' }
    }
    return { sql: measure.none === 0 ? sql`coalesce(${value}, 0)` : value, type: 'double' }
  }

  const whereOf = (call: BehaviourCall, compact: boolean): Sql => {
    const { behaviour, measure, names } = call
    const table = context.tables.find((t) => t.name === behaviour.table)!
    const scope: ExpressionScope = {
      field: (path) => {
        const found =
          path.length === 1 &&
          Object.entries(table.columns).find(([key, c]) => key === path[0] || c.text.zh === path[0])
        return found ? { sql: id('t', found[0]), type: found[1].type } : undefined
      },
      known: () => call.filterColumns,
    }
    const conditions = [
      sql`t.person_id is not null`,
      sql`t.happened_at < ${context.days.startOf(context.asOf)}`,
      ...(call.within ? [sql`t.happened_at >= ${windowStart(context.asOf, call.within, context.days)}`] : []),
      ...(behaviour.where && !compact ? [behaviour.where] : []),
      ...names.map((name) =>
        measure.column
          ? sql`${id('t', measure.column)} = ${name}`
          : sql`(${join(
              (behaviour.named ?? []).map((c) => sql`${id('t', c)} = ${name}`),
              ' or ',
            )})`,
      ),
      ...call.filters.map((filter) => booleanSql(filter, scope)),
    ]
    return join(conditions, '\nand ')
  }

  const call: ExpressionScope['call'] = (path, args, then) => {
    if (then.length) return undefined
    const name = path.join('.')
    if (name === 'in_segment' || name === 'list') return member(name, textArgument(name, args))
    if (name === 'tag') return tagged(textArgument(name, args))
    const found = callOf(path, args, context.tables)
    return found && measured(found)
  }

  const inside: string[] = []
  const member = (how: string, name: string): Resolved => {
    const rule = context.segment(name)
    if (rule === undefined || (how === 'list' && rule !== 'list')) {
      throw new InputError('segment_unknown', { name, known: context.segmentNames().join(', ') || '—' })
    }
    if (rule === 'list') {
      if (!lists.has(name)) lists.set(name, `list_${lists.size + 1}`)
      return { sql: sql`(${id(lists.get(name)!, 'person_id')} is not null)`, type: 'bool' }
    }
    if (inside.includes(name)) throw new InputError('segment_cycle', { name, path: [...inside, name].join(' → ') })
    inside.push(name)
    const condition = booleanSql(rule, scope)
    inside.pop()
    return { sql: sql`(${condition})`, type: 'bool' }
  }

  const tagged = (name: string): Resolved => {
    const columns = ['tags', 'customer_tags'].filter((c) => profile && c in profile.columns)
    const pattern = `%,${name.replace(/[\\%_]/g, '\\$&')},%`
    const tests = columns.map(
      (c) => sql`concat(',', coalesce(${id('profile', c)}, ''), ',') like ${pattern} escape '\\'`,
    )
    return { sql: tests.length ? sql`(${join(tests, ' or ')})` : sql`(1 = 0)`, type: 'bool' }
  }

  const scope: ExpressionScope = { field, call, known: () => knownNames(context) }

  return {
    condition: (e) => booleanSql(e, scope),
    over: (select, tail = sql``) => {
      const named: Record<string, Sql> = {}
      for (const step of did.values()) named[step.alias] = stepSql(step)
      for (const [name, alias] of lists)
        named[alias] = sql`select person_id from segment_member where segment = ${name}`
      const joins = [...joined, ...Object.keys(named)].map(
        (alias) => sql`\nleft join ${id(alias)} on ${id(alias)}.person_id = profile.person_id`,
      )
      return steps(named, sql`${select}\nfrom profile${join(joins, '')}\n${tail}`)
    },
    sensitive,
  }
}

/** @throws InputError segment_condition when the expression is a value, not a condition */
function booleanSql(e: Expression, scope: ExpressionScope): Sql {
  const { sql: condition, type } = typedExpression(e, scope)
  if (type !== 'bool') throw new InputError('segment_condition', { expression: printExpression(e) })
  return condition
}

function stepSql(step: Did): Sql {
  const values = [...step.values].map(([name, value]) => sql`,\n  ${value} as ${id(name)}`)
  const { behaviour } = step
  const rows =
    behaviour.by === 'person_id'
      ? sql`select x.*, ${id('x', behaviour.time)} as happened_at from ${id(step.compact ? behaviour.compact!.table : behaviour.table)} x`
      : sql`select k.person_id, x.*, ${id('x', behaviour.time)} as happened_at
          from ${id(behaviour.table)} x
          join person_key k on k.key_type = 'ref' and k.key_value = ${w.concat(sql`x.space`, sql`':'`, sql`x.customer_id`)}`
  return sql`select t.person_id${join(values, '')}\nfrom (${rows}) t\nwhere ${step.where}\ngroup by t.person_id`
}

function orElse(value: Resolved | undefined, other: string): Resolved | undefined {
  return value && { ...value, sql: sql`coalesce(${value.sql}, ${other})` }
}

function behaviourOf(path: readonly string[], context: LanguageContext): Behaviour | undefined {
  return behaviours.find(
    (b) => b.name === path[0] && (path[1] as string) in b.measures && context.tables.some((t) => t.name === b.table),
  )
}

function textArgument(name: string, args: readonly Expression[]): string {
  const [only] = args
  if (args.length === 1 && only?.kind === 'literal' && typeof only.value === 'string') return only.value
  throw new InputError('segment_argument', { call: name, problem: 'one text expected', usage: `${name}('…')` })
}

/** All names a rule may use: shown with the error when one is unknown. */
export function knownNames(context: Pick<LanguageContext, 'tables'>): string[] {
  const profile = context.tables.find((t) => t.name === 'profile')
  return [
    ...Object.keys(profile?.columns ?? {}),
    'stage',
    ...Object.keys(rfmTable.columns)
      .filter((c) => c !== 'person_id')
      .map((c) => `rfm.${c}`),
    ...['cycle_days', 'silent_days', 'purchase_days'].map((c) => `lifecycle.${c}`),
    ...behaviours
      .filter((b) => context.tables.some((t) => t.name === b.table))
      .flatMap((b) =>
        Object.entries(b.measures).map(([name, m]) => (m.days ? `${b.name}.${name}` : `${b.name}.${name}(…)`)),
      ),
    'in_segment(…)',
    'list(…)',
    'tag(…)',
  ]
}
