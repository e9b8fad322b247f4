import { quiet, type Work } from '../base/context.ts'
import { InputError } from '../base/errors.ts'
import { parseExpression, type Expression } from '../base/expression.ts'
import { canonicalJson } from '../base/ids.ts'
import type { Text } from '../base/text.ts'
import type { Defined, Ground } from '../governance/index.ts'
import { id, sql, type Projector, type Sql } from '../warehouse/index.ts'
import { builtIn, builtInSegments, checkName, type SegmentDefinition } from './definition.ts'
import { segmentFields, type SegmentField } from './fields.ts'
import { decodeNames } from './language/codes.ts'
import { plan, type LanguageContext } from './language/plan.ts'
import { printExpression } from './language/print.ts'
import { expressionOf, type SegmentTree } from './language/tree.ts'
import { lifecycleOverview, type LifecycleOverview } from './lifecycle-view.ts'
import type { LifecycleSettings } from './lifecycle-stages.ts'
import { addDays, calendar, parseDay } from './local-time.ts'
import { previewOf, warningsOf, type Preview } from './preview.ts'
import { loadList, refreshOne, refreshTables, type RefreshResult } from './refresh.ts'
import type { RfmSettings } from './rfm-levels.ts'
import { rfmQuery, type RfmPeriod } from './rfm-query.ts'
import { rfmMigration, rfmOverview, type Migration, type RfmOverview } from './rfm-view.ts'
import { lifecycleSettings, putSettings, rfmSettings } from './settings.ts'
import { sizeProjector } from './size-projector.ts'

export interface SegmentSummary {
  readonly name: string
  readonly text: Text
  readonly rule: string
  readonly kind: 'rule' | 'rfm' | 'lifecycle' | 'list'
  readonly size: number
  /** Of all people, 0–1. */
  readonly share: number
  readonly asOf: string
  readonly history: readonly { readonly at: string; readonly size: number }[]
  readonly builtIn: boolean
  readonly warnings: readonly Text[]
}

export interface SegmentPut {
  /** Text of the segment language. */
  readonly rule?: string
  readonly tree?: SegmentTree
  /** An uploaded list instead of a rule: person ids. */
  readonly people?: readonly string[]
  readonly text?: Text
}

type By = { readonly actor: string; readonly why?: string }

export interface Segments {
  readonly projectors: readonly Projector[]
  /**
   * Derive RFM, life cycle and members for a day. With `dataVersion` (anything that changes with the data) the work is
   * skipped when neither the data nor the definitions nor the day changed since the last refresh of this process.
   */
  refresh(period: RfmPeriod & { dataVersion?: string }, work?: Work): Promise<RefreshResult & { skipped: boolean }>
  /** The day and window of the last refresh; undefined before the first. */
  period(): Promise<RfmPeriod | undefined>
  /** Levels, shares, advice and grid; of the last refresh, or computed for another period. Null before any refresh. */
  rfm(options?: Partial<RfmPeriod> & { compareWith?: string }): Promise<RfmOverview | undefined>
  /** Moves of customers between the levels of two as-of days. */
  migration(days: { from: string; to: string; windowDays: number }): Promise<Migration[]>
  lifecycle(): Promise<LifecycleOverview>
  /** @throws InputError expression_syntax, unknown_identifier, segment_tree, … */
  preview(rule: string | SegmentTree, options?: { asOf?: string; signal?: AbortSignal }): Promise<Preview>
  /** @throws InputError segment_name and all of `preview` */
  put(name: string, segment: SegmentPut, by: By): Promise<Defined<SegmentDefinition>>
  remove(name: string, by: By): Promise<void>
  list(): Promise<SegmentSummary[]>
  /** By name, or by the name of a built-in one in either language. @throws InputError segment_unknown */
  get(name: string): Promise<SegmentSummary>
  versions(name: string): readonly Defined<SegmentDefinition>[]
  /** `select person_id …`: the members as of the last refresh. @throws InputError segment_unknown */
  members(name: string): Sql
  /** A table expression `(select person_id …)`: the people that a rule finds now; all people without one. */
  peopleSql(rule?: string, asOf?: string): Sql
  /** Names of all segments a person is in, built-in ones included. */
  of(person: string): Promise<string[]>
  fields(): Promise<SegmentField[]>
  settings(): { rfm: RfmSettings; lifecycle: LifecycleSettings }
  /** @throws InputError setting_invalid */
  putSettings(
    name: 'rfm' | 'lifecycle',
    value: Partial<RfmSettings> | Partial<LifecycleSettings>,
    by: By,
  ): Promise<void>
}

export function createSegments(ground: Ground): Segments {
  const { warehouse, definitions } = ground
  const days = calendar(ground.zone)
  let refreshed: { key: string; result: RefreshResult } | undefined
  let current: RfmPeriod | undefined

  const ruleOf = (name: string): Expression | 'list' | undefined => {
    const own = definitions.get<SegmentDefinition>('segment', name)?.value
    if (own) return own.kind === 'list' ? 'list' : decodeNames(parseExpression(own.rule))
    const fixed = builtIn(name)
    return fixed && parseExpression(fixed.rule)
  }
  const names = (): string[] => [...builtInSegments.map((s) => s.name), ...definitions.list('segment').map((d) => d.id)]
  const context = (asOf: string): LanguageContext => ({
    tables: warehouse.tables,
    asOf,
    days,
    segment: ruleOf,
    segmentNames: names,
  })
  const unknown = (name: string): InputError => new InputError('segment_unknown', { name, known: names().join(', ') })

  const membersOf = (rule: Expression, asOf: string): Sql => {
    const compiled = plan(context(asOf))
    const condition = compiled.condition(rule)
    return compiled.over(sql`select profile.person_id`, sql`where ${condition}`)
  }

  const period = async (): Promise<RfmPeriod | undefined> => {
    const [segment] = await warehouse.query<{ as_of: string }>(sql`select max(as_of) as as_of from segment`)
    if (!segment?.as_of) return undefined
    const [scores] = await warehouse.query<{ window_days: number | null }>(
      sql`select max(window_days) as window_days from rfm`,
    )
    current = { asOf: segment.as_of.slice(0, 10), windowDays: scores?.window_days ?? 365 }
    return current
  }
  /** The day rules are read at: that of the last refresh, else the day after today. */
  const defaultDay = async (): Promise<string> =>
    (current ?? (await period()))?.asOf ?? addDays(days.dayOf(ground.clock()), 1)

  const summaries = async (only?: string): Promise<SegmentSummary[]> => {
    const sizes = await warehouse.query<{ name: string; size: number | null; as_of: string }>(
      sql`select name, size, as_of from segment`,
    )
    const history = await warehouse.query<{ segment: string; at: string; size: number }>(
      sql`select segment, as_of as at, size from segment_size order by as_of`,
    )
    const [all] = await warehouse.query<{ people: number }>(sql`select count(*) as people from profile`)
    const own = definitions.list<SegmentDefinition>('segment')
    const summary = (name: string, kind: SegmentSummary['kind'], text: Text, rule: string): SegmentSummary => {
      const stored = sizes.find((s) => s.name === name)
      const size = stored?.size ?? 0
      return {
        name,
        text,
        rule,
        kind,
        size,
        share: all!.people ? size / all!.people : 0,
        asOf: stored?.as_of?.slice(0, 10) ?? '',
        history: history.filter((h) => h.segment === name).map((h) => ({ at: h.at.slice(0, 10), size: h.size })),
        builtIn: kind === 'rfm' || kind === 'lifecycle',
        warnings: kind === 'rule' && stored ? warningsOf(size, all!.people, []) : [],
      }
    }
    return [
      ...own.map((d) =>
        summary(
          d.id,
          d.value.kind,
          d.value.text ?? { zh: d.id, en: d.id },
          d.value.kind === 'rule' ? d.value.rule : '',
        ),
      ),
      ...builtInSegments.map((s) => summary(s.name, s.kind, s.text, s.rule)),
    ].filter((s) => only === undefined || s.name === only)
  }

  return {
    projectors: [sizeProjector],
    period,
    refresh: async ({ asOf, windowDays, dataVersion }, work = quiet) => {
      parseDay(asOf)
      const now = { asOf, windowDays }
      const defined = definitions.list<SegmentDefinition>('segment').map((d) => [d.id, d.version])
      const key = canonicalJson([now, dataVersion, defined, rfmSettings(definitions), lifecycleSettings(definitions)])
      if (dataVersion !== undefined && refreshed?.key === key) return { ...refreshed.result, skipped: true }
      const result = await ground.lineage.run(
        'segments',
        { inputs: ['purchase', 'profile'], outputs: ['rfm', 'lifecycle', 'segment', 'segment_member', 'segment_size'] },
        () => refreshTables(ground, now, { days, membersOf, ruleOf }, work),
      )
      refreshed = { key, result }
      current = now
      return { ...result, skipped: false }
    },
    rfm: async (options = {}) => {
      const stored = await period()
      const asOf = options.asOf ?? stored?.asOf
      if (!asOf) return undefined
      const wanted = { asOf, windowDays: options.windowDays ?? stored?.windowDays ?? 365 }
      const same = stored && stored.asOf === wanted.asOf && stored.windowDays === wanted.windowDays
      const settings = rfmSettings(definitions)
      const scores = same ? sql`rfm` : sql`(${rfmQuery(wanted, settings, days)})`
      const view = await rfmOverview(warehouse, scores, wanted, settings)
      if (!options.compareWith) return view
      const migration = await rfmMigration(
        warehouse,
        { from: options.compareWith, to: asOf, windowDays: wanted.windowDays },
        settings,
        days,
      )
      return { ...view, migration }
    },
    migration: (span) => rfmMigration(warehouse, span, rfmSettings(definitions), days),
    lifecycle: () => lifecycleOverview(warehouse, lifecycleSettings(definitions)),
    preview: async (rule, options = {}) => {
      const e = typeof rule === 'string' ? parseExpression(rule) : expressionOf(rule)
      return previewOf(e, context(options.asOf ?? (await defaultDay())), warehouse, options.signal)
    },
    put: async (name, segment, by) => {
      checkName(name)
      if (segment.people) {
        const people = [...new Set(segment.people.map((p) => p.trim()).filter(Boolean))].sort()
        const { sha256 } = await ground.lake.put(oneChunk(people.join('\n')))
        const defined = await definitions.put<SegmentDefinition>(
          'segment',
          name,
          { kind: 'list', sha256, people: people.length, text: segment.text },
          by,
        )
        await warehouse.transaction((writer) => loadList(ground, writer, name, sha256))
        return defined
      }
      const e = segment.tree ? expressionOf(segment.tree) : parseExpression(segment.rule ?? '')
      // A segment that would refer to itself is refused before it is stored.
      const asOf = await defaultDay()
      plan({ ...context(asOf), segment: (other) => (other === name ? decodeNames(e) : ruleOf(other)) }).condition({
        kind: 'call',
        path: ['in_segment'],
        args: [{ kind: 'literal', value: name }],
        then: [],
      })
      const defined = await definitions.put<SegmentDefinition>(
        'segment',
        name,
        { kind: 'rule', rule: printExpression(e), text: segment.text },
        by,
      )
      // Before the first run there is nothing to look at yet.
      const made = current ?? (await period())
      if (made) await refreshOne(ground, defined, made.asOf, membersOf(ruleOf(name) as Expression, made.asOf))
      return defined
    },
    remove: async (name, by) => {
      if (!definitions.get('segment', name)) throw unknown(name)
      await definitions.remove('segment', name, by)
      await warehouse.transaction(async (writer) => {
        await writer.run(sql`delete from segment_member where segment = ${name}`)
        await writer.run(sql`delete from segment where name = ${name}`)
      })
    },
    list: () => summaries(),
    get: async (name) => {
      const [found] = await summaries(definitions.get('segment', name) ? name : (builtIn(name)?.name ?? name))
      if (!found) throw unknown(name)
      return found
    },
    versions: (name) => definitions.history<SegmentDefinition>('segment', name),
    members: (name) => {
      if (definitions.get('segment', name)) return sql`select person_id from segment_member where segment = ${name}`
      const fixed = builtIn(name)
      if (!fixed) throw unknown(name)
      if (fixed.kind === 'lifecycle') return sql`select person_id from lifecycle where stage = ${fixed.name}`
      if (fixed.name !== 'no_purchase') return sql`select person_id from rfm where level = ${fixed.name}`
      return sql`select profile.person_id from profile left join rfm on rfm.person_id = profile.person_id where rfm.person_id is null`
    },
    peopleSql: (rule, asOf) =>
      rule?.trim()
        ? sql`(${membersOf(decodeNames(parseExpression(rule)), asOf ?? current?.asOf ?? addDays(days.dayOf(ground.clock()), 1))})`
        : sql`(select person_id from ${id('profile')})`,
    of: async (person) => {
      const rows = await warehouse.query<{ segment: string }>(sql`
        select segment from segment_member where person_id = ${person}
        union all
        select coalesce(rfm.level, 'no_purchase') from profile left join rfm on rfm.person_id = profile.person_id where profile.person_id = ${person}
        union all
        select stage from lifecycle where person_id = ${person}`)
      return rows.map((r) => r.segment)
    },
    fields: () => segmentFields(warehouse),
    settings: () => ({ rfm: rfmSettings(definitions), lifecycle: lifecycleSettings(definitions) }),
    putSettings: (name, value, by) => putSettings(definitions, name, value, by),
  }
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf8')
}
