import type { Work } from '../base/context.ts'
import { InputError } from '../base/errors.ts'
import type { Text } from '../base/text.ts'
import type { Ground } from '../governance/index.ts'
import { domainOf, systemColumns, type DomainName, type Judge } from '../intake/index.ts'
import { jsonRecord } from '../journal/index.ts'
import {
  id,
  join,
  sql,
  w,
  type Actor,
  type Projector,
  type ResultColumn,
  type Row,
  type Sql,
  type Table,
} from '../warehouse/index.ts'
import { checkRow, type Issue } from './check.ts'
import { sharedKeys, type CleaningLine, type DuplicateKey } from './cleaning.ts'
import type { Dimension, Rule, RuleContext, Stage } from './contract.ts'
import { judgeOf, ruleText } from './judge.ts'
import { kindOf } from './kinds.ts'
import {
  keyFieldsOf,
  measureAccuracy,
  measureCompleteness,
  type Accuracy,
  type Completeness,
  type MeasuredField,
} from './measures.ts'
import { reasonText, reviewProjector, type ReviewDecided } from './review.ts'
import { ruleBook } from './rule-book.ts'
import { judgedColumns, ruleSql } from './rule-sql.ts'
import { runQuality, type QualityRun } from './run.ts'
import { deliveries } from './scan.ts'
import { qualityTables, reviewTable } from './tables.ts'

export interface By {
  readonly actor: string
  readonly why?: string
}

/** One score with its last and the one before. */
export interface ScoreLine {
  readonly source: string
  readonly dataset: string
  readonly dimension: Dimension
  readonly numerator: number
  readonly denominator: number
  readonly at: string
  readonly previous?: { readonly numerator: number; readonly denominator: number }
}

export interface RuleLine extends Rule {
  readonly version: number
  readonly name: Text
  readonly definition: Text
  readonly last?: {
    readonly evaluated: number
    readonly failed: number
    readonly failedPct: number
    readonly status: string
    readonly at: string
  }
}

export interface ReviewLine {
  readonly id: string
  readonly kind: string
  readonly dataset: string
  readonly recordKey: string
  readonly personId?: string
  readonly field: string
  readonly value: string
  readonly expected: string
  readonly reason: Text
  readonly state: 'open' | 'kept' | 'fixed'
  readonly fixedValue?: string
  readonly decidedBy?: string
  readonly decidedAt?: string
}

export interface Quality {
  readonly tables: readonly Table[]
  readonly projectors: readonly Projector[]
  /** What intake evaluates per row. */
  readonly judge: Judge
  /** Row functions over one row: for forms, calls and the validation of an import. Default stage capture. */
  check(dataset: DomainName, values: Readonly<Record<string, unknown>>, stage?: Stage): Issue[]
  /** All rules, scores, cleaning steps and the review list over what the warehouse holds now. */
  run(work: Work): Promise<QualityRun>
  rules(): Promise<RuleLine[]>
  /** @throws ConfigError */
  putRule(rule: Partial<Rule> & Pick<Rule, 'id' | 'dataset' | 'rule'>, by: By): Promise<RuleLine>
  /** Remove a rule of one's own, switch off one of the default pack. @throws InputError not_found */
  removeRule(dataset: string, id: string, by: By): Promise<void>
  /** Rules of a configuration file, in either form; unchanged ones are not written again. @throws ConfigError */
  putConfigRules(entries: readonly unknown[], place: { file: string }, by: By): Promise<void>
  scores(filter?: { source?: string; dataset?: string }): Promise<ScoreLine[]>
  /** Every failing row of a rule as of now, in the order of batch and row, masked for the actor; no cap. */
  failingRows(
    dataset: string,
    rule: string,
    actor: Actor,
    options?: { source?: string; signal?: AbortSignal },
  ): AsyncIterable<Row[]>
  /** Values that more than one customer record has, most shared first. */
  duplicates(key: DuplicateKey, actor: Actor, limit?: number): Promise<Row[]>
  review(
    filter: { state?: string; cursor?: string; limit?: number },
    actor: Actor,
  ): Promise<{ items: ReviewLine[]; next?: string; total: number }>
  /** Keep or fix an item; durable in the journal and visible in the tables when it resolves. @throws InputError not_found, review_decided, review_value */
  decide(
    id: string,
    decision: { decision: 'keep' | 'fix'; value?: string; reason?: string },
    by: By,
  ): Promise<ReviewLine>
  /** The steps of the last run, in the founding document's order. */
  cleaningReport(): Promise<{ at?: string; lines: CleaningLine[] }>
  /** Completeness of the key fields (or others) over any table expression. */
  measureCompleteness(table: Sql, fields?: readonly MeasuredField[]): Promise<Completeness>
  /** Over the raw customer records: the "before" of governance. */
  rawCompleteness(): Promise<Completeness>
  measureAccuracy(table: Sql, reference: Sql, key: string, fields: readonly string[]): Promise<Accuracy>
}

export function createQuality(ground: Ground): Quality {
  const { warehouse, definitions } = ground
  const context = (): RuleContext => ({ now: ground.clock() })
  const book = ruleBook(definitions, context)

  const ruleLines = async (): Promise<RuleLine[]> => {
    const last = await warehouse.query(
      sql`select dataset, rule, max(${id('at')}) as seen_at, sum(evaluated) as evaluated, sum(failed) as failed,
  max(case status when 'broken' then 5 when 'error' then 4 when 'warn' then 3 when 'pass' then 2 else 1 end) as worst
from quality_result where run = (select max(run) from quality_result) group by dataset, rule`,
    )
    const found = new Map(last.map((r) => [`${String(r.dataset)}.${String(r.rule)}`, r]))
    return book.all().map(({ rule, version }) => {
      const r = found.get(`${rule.dataset}.${rule.id}`)
      const [evaluated, failed] = [Number(r?.evaluated ?? 0), Number(r?.failed ?? 0)]
      const line = { ...rule, version, name: ruleText(rule), definition: kindOf(rule.rule).definition }
      if (!r) return line
      const status = ['', 'skipped', 'pass', 'warn', 'error', 'broken'][Number(r.worst)]!
      return {
        ...line,
        last: {
          evaluated,
          failed,
          failedPct: evaluated ? (failed * 100) / evaluated : 0,
          status,
          at: String(r.seen_at),
        },
      }
    })
  }

  const reviewRow = async (itemId: string): Promise<Row | undefined> =>
    (await warehouse.query(sql`select * from review where id = ${itemId}`))[0]

  return {
    tables: qualityTables,
    projectors: [reviewProjector],
    judge: judgeOf((dataset, position) => book.of(dataset, position), context),
    check: (dataset, values, stage = 'capture') => checkRow(book.of(dataset), dataset, values, stage, context()),
    run: (work) => runQuality(ground, (dataset) => book.of(dataset), work),
    rules: ruleLines,
    async putRule(rule, by) {
      await book.put(rule, by)
      return (await ruleLines()).find((line) => line.dataset === rule.dataset && line.id === rule.id)!
    },
    removeRule: (dataset, rule, by) => book.remove(dataset, rule, by),
    putConfigRules: (entries, place, by) => book.putConfig(entries, place, by),
    async scores(filter = {}) {
      const rows = await warehouse.query(
        sql`select * from (
  select source, dataset, dimension, numerator, denominator, ${w.timeText(id('at'))} as seen_at,
    lag(numerator) over (partition by source, dataset, dimension order by run) as n0,
    lag(denominator) over (partition by source, dataset, dimension order by run) as d0, run
  from quality_score
) as scored
where run = (select max(run) from quality_score) and (${filter.source ?? null} is null or source = ${filter.source ?? null})
  and (${filter.dataset ?? null} is null or dataset = ${filter.dataset ?? null})
order by source, dataset, dimension`,
      )
      return rows.map((r) => ({
        source: String(r.source),
        dataset: String(r.dataset),
        dimension: String(r.dimension) as Dimension,
        numerator: Number(r.numerator),
        denominator: Number(r.denominator),
        at: String(r.seen_at),
        previous: r.n0 === null ? undefined : { numerator: Number(r.n0), denominator: Number(r.d0) },
      }))
    },
    async *failingRows(dataset, ruleId, actor, options = {}) {
      const found = book.find(dataset, ruleId)
      if (!found) throw new InputError('not_found', { what: 'rule', name: `${dataset}.${ruleId}` })
      const { rule } = found
      const fields = domainOf(dataset).fields
      // Sources that do not deliver a column are not judged by it, as in a run.
      for (const one of await deliveries(warehouse, dataset as DomainName, options.signal)) {
        const columns = judgedColumns(rule, one.columns)
        if (!columns || (options.source !== undefined && options.source !== one.source)) continue
        const { fails } = ruleSql(rule, context(), { columns })
        const shown = ['batch', 'row', 'source', 'space', 'record_key', ...columns].filter(
          (c, i, all) => all.indexOf(c) === i,
        )
        const classes = Object.fromEntries(
          shown.map((c): [string, ResultColumn] => [c, fields[c] ?? systemColumns[c as keyof typeof systemColumns]]),
        )
        const names = join(shown.map((c) => id(c)))
        const query = sql`select ${names} from (select ${names}, ${fails} as failing from ${id(dataset)} where source = ${one.source}) as judged where failing order by batch, ${id('row')}`
        yield* warehouse.readStream({
          actor,
          purpose: 'quality',
          query,
          columns: classes,
          options: { signal: options.signal, lane: 'heavy' },
        })
      }
    },
    duplicates: (key, actor, limit = 100) =>
      warehouse.read({
        actor,
        purpose: 'quality',
        query: sql`select key, records from (${sharedKeys(key)}) as shared order by records desc, key ${w.page(limit, 0)}`,
        columns: { key: domainOf('customer').fields[key]!, records: { class: 'non_sensitive', mask: 'none' } },
      }),
    async review(filter, actor) {
      const limit = Math.min(filter.limit ?? 50, 500)
      const inState = sql`(${filter.state ?? null} is null or state = ${filter.state ?? null})`
      const [count] = await warehouse.query(sql`select count(*) as n from review where ${inState}`)
      const rows = await warehouse.read({
        actor,
        purpose: 'quality',
        query: sql`select id, kind, dataset, record_key, person_id, field, value, expected, reason, state, fixed_value, decided_by, ${w.timeText(sql`decided_at`)} as decided_at
from review where ${inState} and id > ${filter.cursor ?? ''} order by id ${w.page(limit + 1, 0)}`,
        columns: reviewColumns,
      })
      const items = rows.slice(0, limit).map(reviewLine)
      return { items, next: rows.length > limit ? items.at(-1)!.id : undefined, total: Number(count?.n ?? 0) }
    },
    async decide(itemId, { decision, value, reason }, by) {
      const row = await reviewRow(itemId)
      if (!row) throw new InputError('not_found', { what: 'review', name: itemId })
      if (row.state !== 'open')
        throw new InputError('review_decided', { id: itemId, by: row.decided_by ?? '', state: row.state })
      const dataset = String(row.dataset) as DomainName
      const field = String(row.field)
      if (decision === 'fix') await checkFix(dataset, field, value)
      const body: ReviewDecided = {
        id: itemId,
        decision,
        value: decision === 'fix' ? value : undefined,
        why: reason,
        item: {
          kind: String(row.kind),
          dataset,
          recordKey: String(row.record_key),
          field,
          value: textOrNull(row.value),
          expected: textOrNull(row.expected),
          reason: textOrNull(row.reason),
        },
      }
      const header = {
        topic: 'decisions',
        kind: 'review.decided',
        format: 1,
        time: ground.clock(),
        workspace: ground.workspace,
        class: 'sensitive',
        actor: by.actor,
      } as const
      await ground.journal.append([jsonRecord(header, body)])
      await ground.projection.catchUp()
      return reviewLine((await reviewRow(itemId))!)
    },
    async cleaningReport() {
      const rows = await warehouse.query(
        sql`select step, dataset, item, groups, ${id('rows')}, total, ${w.timeText(id('at'))} as seen_at from cleaning_step where run = (select max(run) from cleaning_step)
order by case step when 'duplicates' then 1 when 'missing' then 2 when 'outliers' then 3 when 'standardised' then 4 else 5 end, dataset, item`,
      )
      const lines = rows.map((r): CleaningLine => ({
        step: String(r.step) as CleaningLine['step'],
        dataset: String(r.dataset),
        item: String(r.item),
        groups: r.groups === null ? undefined : Number(r.groups),
        rows: Number(r.rows),
        total: Number(r.total),
      }))
      return { at: rows[0] ? String(rows[0].seen_at) : undefined, lines }
    },
    measureCompleteness: (table, fields = keyFieldsOf('customer')) => measureCompleteness(warehouse, table, fields),
    rawCompleteness: () => measureCompleteness(warehouse, id('customer'), keyFieldsOf('customer')),
    measureAccuracy: (table, reference, key, fields) => measureAccuracy(warehouse, table, reference, key, fields),
  }

  /** @throws InputError review_value when there is no value, or the column cannot hold it */
  async function checkFix(dataset: DomainName, field: string, value: string | undefined): Promise<void> {
    const type = domainOf(dataset).fields[field]!.type
    const refuse = new InputError('review_value', { field, value: value ?? '' })
    if (value === undefined || !value.trim()) throw refuse
    const [row] = await warehouse.query<{ sound: boolean }>(
      sql`select ${w.tryCast(sql`${value}`, type)} is not null as sound`,
    )
    if (!row?.sound) throw refuse
  }
}

const reviewColumns = Object.fromEntries(
  Object.entries(reviewTable.columns).map(([name, c]): [string, ResultColumn] => [
    name,
    { class: c.class, mask: c.mask },
  ]),
)

function textOrNull(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function reviewLine(row: Row): ReviewLine {
  const text = (name: string): string | undefined => textOrNull(row[name]) ?? undefined
  return {
    id: String(row.id),
    kind: String(row.kind),
    dataset: String(row.dataset),
    recordKey: String(row.record_key),
    personId: text('person_id'),
    field: String(row.field),
    value: text('value') ?? '',
    expected: text('expected') ?? '',
    reason: reasonText(String(row.kind), text('reason') ?? ''),
    state: String(row.state) as ReviewLine['state'],
    fixedValue: text('fixed_value'),
    decidedBy: text('decided_by'),
    decidedAt: text('decided_at'),
  }
}
