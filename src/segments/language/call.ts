import { InputError } from '../../base/errors.ts'
import type { Expression } from '../../base/expression.ts'
import type { Table } from '../../warehouse/index.ts'
import { addDays, parseDay, type Calendar } from '../local-time.ts'
import { behaviours, notFilters, type Behaviour, type Measure } from './behaviours.ts'

export type Duration = Extract<Expression, { kind: 'duration' }>

/** `orders.count('…', 365d, category = '羽绒服')`, understood: texts, then at most one window, then filters. */
export interface BehaviourCall {
  readonly behaviour: Behaviour
  readonly measure: Measure
  readonly measureName: string
  readonly names: readonly string[]
  readonly within?: Duration
  readonly filters: readonly Expression[]
  readonly filterColumns: readonly string[]
}

/** Undefined when there is no such behaviour. @throws InputError segment_argument */
export function callOf(
  path: readonly string[],
  args: readonly Expression[],
  tables: readonly Table[],
): BehaviourCall | undefined {
  const behaviour = behaviours.find((b) => b.name === path[0])
  const table = behaviour && tables.find((t) => t.name === behaviour.table)
  const measure =
    path.length === 2 && Object.hasOwn(behaviour?.measures ?? {}, path[1]!) ? behaviour!.measures[path[1]!] : undefined
  if (!behaviour || !table || !measure) return undefined
  const filterColumns = Object.keys(table.columns).filter((c) => !notFilters.has(c))
  const names: string[] = []
  const filters: Expression[] = []
  let within: Duration | undefined
  const wrong = (problem: string): never => {
    throw new InputError('segment_argument', {
      call: path.join('.'),
      problem,
      usage: usage(behaviour, path[1]!, filterColumns),
    })
  }
  for (const arg of args) {
    if (arg.kind === 'literal' && typeof arg.value === 'string') names.push(arg.value)
    else if (arg.kind === 'duration') {
      if (within) wrong('one window only')
      if (arg.amount <= 0 || !Number.isInteger(arg.amount))
        wrong('the window must be a whole number of days, weeks, months or years')
      within = arg
    } else if (arg.kind === 'literal') wrong(`"${String(arg.value)}" is neither a text nor a window such as 90d`)
    else filters.push(arg)
  }
  const takes = measure.column ? 1 : behaviour.named ? Infinity : 0
  if (names.length > takes) wrong(takes ? 'one text expected' : 'no text expected here')
  if (measure.column && !names.length) wrong('a text expected')
  return { behaviour, measure, measureName: path[1]!, names, within, filters, filterColumns }
}

function usage(behaviour: Behaviour, measure: string, columns: readonly string[]): string {
  const text = behaviour.measures[measure]!.column || behaviour.named ? "'…', " : ''
  return `${behaviour.name}.${measure}(${text}90d, ${columns.includes('category') ? 'category' : columns[0]} = '…'): ${columns.join(', ')}`
}

/** UTC instant at which a window of this length that ends at the as-of day begins. */
export function windowStart(asOf: string, span: Duration, days: Calendar): Date {
  if (span.unit === 'day' || span.unit === 'week')
    return days.startOf(addDays(asOf, -span.amount * (span.unit === 'week' ? 7 : 1)))
  const end = new Date(parseDay(asOf))
  const months = span.amount * (span.unit === 'year' ? 12 : 1)
  const first = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - months, 1))
  // The 31st minus one month is the last day of a shorter month.
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(end.getUTCDate(), last))
  return days.startOf(first.toISOString().slice(0, 10))
}
