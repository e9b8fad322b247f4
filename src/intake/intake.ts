import { join } from 'node:path'
import { quiet, type Work } from '../base/context.ts'
import { InputError, TributaryError } from '../base/errors.ts'
import type { Text } from '../base/text.ts'
import type { Ground } from '../governance/index.ts'
import { jsonRecord } from '../journal/index.ts'
import type { FileReader, Inspection, ReadPlan } from '../sources/index.ts'
import { sql, type Actor, type Projector, type Row } from '../warehouse/index.ts'
import type { DomainName, Judge, Mapping, MappingSuggestion } from './contract.ts'
import { suggestMapping } from './mapping/suggest.ts'
import { mappingOf } from './mapping/draft.ts'
import { formats, intakeProjectors } from './project/projector.ts'
import { batchPage, type BatchView } from './receive/batch-views.ts'
import { intakeFigures, type IntakeFigures } from './receive/figures.ts'
import { rowLineage, type RowLineage } from './receive/lineage-view.ts'
import type { Page } from './receive/pages.ts'
import {
  quarantinePage,
  quarantineStream,
  quarantineSummary,
  type QuarantineQuery,
  type QuarantineRow,
  type QuarantineSummary,
} from './receive/quarantine-view.ts'
import {
  putSource,
  type By,
  type Connectors,
  type SourceDefinition,
  type SourceInput,
} from './receive/source-definitions.ts'
import { problemOf, problemsText, type SourceProblem } from './receive/problems.ts'
import { sourceViews, type SourceView } from './receive/source-views.ts'
import { takeSource, takeUploads, type UploadedFile } from './receive/take.ts'
import { validate, type ValidateInput, type Validation } from './receive/validate.ts'
import { watchSources, type Watching } from './receive/watching.ts'
import { domainNames, domains } from './schema/index.ts'

export interface IntakeDeps {
  readonly reader: FileReader
  readonly connectors: Connectors
  /** Capture rules of quality, by data set. */
  readonly judge: Judge
}

export interface Inspected {
  readonly inspection: Inspection
  readonly suggestion: MappingSuggestion
  /** The suggestion as a mapping, ready to be validated or changed. */
  readonly mapping: Mapping
  readonly datasets: {
    name: DomainName
    text: Text
    fields: { name: string; text: Text; type: string; class: string; required: boolean }[]
  }[]
}

export interface Intake {
  readonly projectors: readonly Projector[]
  putSource(id: string, input: SourceInput, by: By): Promise<SourceView>
  removeSource(id: string, by: By): Promise<void>
  setPaused(id: string, paused: boolean, by: By): Promise<void>
  sources(): Promise<SourceView[]>
  /** What the last look at each source could not take, since this process opened. */
  problems(): SourceProblem[]
  /** Sources that a run takes from: not paused, with a place to look at. */
  activeSources(): string[]
  /** Take what is new from a source. @throws InputError unknown_source, and what the connector and reader throw */
  take(source: string, work?: Work): Promise<BatchView[]>
  /** Take uploaded files with the plan and mapping agreed on; makes the source when there is none of that name. */
  takeFiles(source: string, files: readonly UploadedFile[], by: By, work?: Work): Promise<BatchView[]>
  inspect(
    file: { path: string; name?: string; choice?: Partial<ReadPlan>; dataset?: DomainName },
    work?: Work,
  ): Promise<Inspected>
  validate(input: ValidateInput): Promise<Validation>
  /** Take an import out whole. @throws InputError unknown_batch */
  undo(batch: number, by: By, work?: Work): Promise<void>
  batches(query?: { source?: string; cursor?: string; limit?: number }): Promise<Page<BatchView>>
  quarantine(query: QuarantineQuery, actor: Actor): Promise<Page<QuarantineRow>>
  quarantineSummary(): Promise<QuarantineSummary>
  /** All entries, in chunks, no cap. */
  quarantineRows(query: QuarantineQuery, actor: Actor): AsyncIterable<QuarantineRow[]>
  /**
   * Mend a row of quarantine and send it through again; `values`: source column (or field) → new text.
   * @returns what became of it @throws InputError row_not_in_quarantine
   */
  fix(
    batch: number,
    row: number,
    values: Readonly<Record<string, string | null>>,
    by: By,
    work?: Work,
  ): Promise<{ state: 'replayed' | 'open'; entries: QuarantineRow[] }>
  /** Many rows in one append. Rows that are not open are passed over. */
  fixMany(
    mends: readonly { batch: number; row: number; values: Readonly<Record<string, string | null>> }[],
    by: By,
    work?: Work,
  ): Promise<void>
  /** Leave a row out for good: it counts as skipped. @throws InputError row_not_in_quarantine */
  discard(batch: number, row: number, by: By, work?: Work): Promise<void>
  rowLineage(dataset: DomainName, batch: number, row: number, actor: Actor): Promise<RowLineage>
  figures(source?: string): Promise<IntakeFigures>
  /** Watch folders and run schedules: `run` takes from the source and lets the river flow. Stops with `close`. */
  watch(run: (source: string) => Promise<void>): void
  close(): Promise<void>
}

/** The stage that takes files in: lake, journal, unified schema, quarantine. */
export function createIntake(ground: Ground, deps: IntakeDeps): Intake {
  const { definitions, journal, warehouse, projection } = ground
  const problems = new Map<string, Text>()
  const looked = new Map<string, SourceProblem[]>()
  const told = {
    get: (id: string): Text | undefined => (looked.get(id)?.length ? problemsText(looked.get(id)!) : problems.get(id)),
  }
  const taking = new Map<string, Promise<unknown>>()
  let watching: Watching | undefined

  const defined = (id: string): SourceDefinition => {
    const found = definitions.get<SourceDefinition>('source', id)
    if (!found)
      throw new InputError('unknown_source', {
        source: id,
        known: definitions
          .list('source')
          .map((d) => d.id)
          .join(', '),
      })
    return found.value
  }
  const append = async (kind: keyof typeof formats, bodies: readonly unknown[], by: By, work: Work): Promise<void> => {
    const header = {
      topic: 'rows',
      kind,
      format: formats[kind],
      time: ground.clock(),
      workspace: ground.workspace,
      class: 'core_sensitive',
      actor: by.actor,
    } as const
    await journal.append(bodies.map((body) => jsonRecord(header, body)))
    await projection.catchUp(work)
  }
  /** Two takes of one source would both find the same files new. */
  const inTurn = <T>(source: string, work: () => Promise<T>): Promise<T> => {
    const result = (taking.get(source) ?? Promise.resolve()).then(work, work)
    taking.set(
      source,
      result.catch(() => undefined),
    )
    return result
  }
  const view = async (id: string): Promise<SourceView> => (await sourceViews(ground, told)).find((s) => s.id === id)!
  const openEntries = async (batch: number, row: number): Promise<number> => {
    const [n] = await warehouse.query<Row>(
      sql`select count(*) as n from quarantine where batch = ${batch} and row = ${row} and state = 'open'`,
    )
    return Number(n!.n)
  }
  const mustBeOpen = async (batch: number, row: number): Promise<void> => {
    if (!(await openEntries(batch, row))) throw new InputError('row_not_in_quarantine', { batch, row })
  }
  const byColumns = async (
    batch: number,
    values: Readonly<Record<string, string | null>>,
  ): Promise<Record<string, string | null>> => {
    const [found] = await warehouse.query<Row>(sql`select manifest from batch_manifest where batch = ${batch}`)
    if (!found) throw new InputError('unknown_batch', { batch })
    const { plan, mapping } = JSON.parse(String(found.manifest)) as { plan: ReadPlan; mapping: Mapping }
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const column = plan.columns.includes(name) ? name : mapping.fields[name]?.column
        if (!column) throw new InputError('unknown_column', { column: name, known: plan.columns.join(', ') })
        return [column, value]
      }),
    )
  }

  const intake: Intake = {
    projectors: intakeProjectors({
      reader: deps.reader,
      lake: ground.lake,
      judge: deps.judge,
      tmp: join(ground.home, 'tmp'),
      zone: ground.zone,
    }),

    async putSource(id, input, by) {
      await putSource(definitions, deps.connectors, id, input, by)
      problems.delete(id)
      looked.delete(id)
      return view(id)
    },
    async removeSource(id, by) {
      defined(id)
      await definitions.remove('source', id, by)
      if (definitions.get('mapping', id)) await definitions.remove('mapping', id, by)
      problems.delete(id)
      looked.delete(id)
    },
    async setPaused(id, paused, by) {
      const value = defined(id)
      const { pausedBy: _, ...rest } = value
      if ((value.paused ?? false) !== paused)
        await definitions.put('source', id, { ...rest, paused, ...(paused ? { pausedBy: by.actor } : {}) }, by)
    },
    sources: () => sourceViews(ground, told),
    problems: () => [...looked.values()].flat(),
    activeSources: () =>
      definitions
        .list<SourceDefinition>('source')
        .filter((d) => !d.value.paused && d.value.connector !== 'upload')
        .map((d) => d.id),

    take: (source, work = quiet) =>
      inTurn(source, async () => {
        const definition = defined(source)
        if (definition.connector === 'upload') return []
        const found: SourceProblem[] = []
        const run = ground.lineage.run(
          'intake',
          {
            inputs: [`source:${source}`],
            outputs: [definition.dataset ?? 'rows', 'quarantine'],
            mappingVersion: definitions.get('mapping', source)?.version,
          },
          () => takeSource(ground, deps, source, definition, work, (problem) => found.push(problem)),
        )
        try {
          return await run
        } catch (error) {
          if (found.length === 0 && error instanceof TributaryError) found.push(problemOf(source, error))
          throw error
        } finally {
          looked.set(
            source,
            found.sort((a, b) => ((a.file ?? '') < (b.file ?? '') ? -1 : 1)),
          )
        }
      }),
    takeFiles: (source, files, by, work = quiet) =>
      inTurn(source, () =>
        ground.lineage.run(
          'intake',
          {
            inputs: files.map((f) => `file:${f.name}`),
            outputs: [...new Set(files.map((f) => f.mapping.dataset)), 'quarantine'],
          },
          () => takeUploads(ground, source, files, by, work),
        ),
      ),

    async inspect({ path, choice, dataset }, work = quiet) {
      const inspection = await deps.reader.inspect(path, choice, work)
      const suggestion = suggestMapping(inspection, dataset)
      return {
        inspection,
        suggestion,
        mapping: mappingOf(suggestion, inspection),
        datasets: domainNames.map((name) => ({
          name,
          text: domains[name].text,
          fields: Object.entries(domains[name].fields).map(([field, f]) => ({
            name: field,
            text: f.text,
            type: f.type,
            class: f.class,
            required: domains[name].naturalKey.includes(field),
          })),
        })),
      }
    },
    validate: (input) => validate(ground, deps, input),

    async undo(batch, by, work = quiet) {
      const [found] = await warehouse.query<Row>(
        sql`select batch from batch where batch = ${batch} and undone_at is null`,
      )
      if (!found) throw new InputError('unknown_batch', { batch })
      await append('batch.undone', [{ batch }], by, work)
    },
    batches: (query = {}) => batchPage(warehouse, query),
    quarantine: (query, actor) => quarantinePage(warehouse, query, actor),
    quarantineSummary: () => quarantineSummary(warehouse),
    quarantineRows: (query, actor) => quarantineStream(warehouse, query, actor),

    async fix(batch, row, values, by, work = quiet) {
      await mustBeOpen(batch, row)
      await append('row.fixed', [{ batch, row, values: await byColumns(batch, values) }], by, work)
      const open = await quarantinePage(
        warehouse,
        { batch, state: 'open', limit: 500 },
        { id: by.actor, role: 'system' },
      )
      const entries = open.items.filter((q) => q.row === row)
      return { state: entries.length ? 'open' : 'replayed', entries }
    },
    async fixMany(mends, by, work = quiet) {
      const bodies = []
      for (const m of mends) bodies.push({ batch: m.batch, row: m.row, values: await byColumns(m.batch, m.values) })
      if (bodies.length) await append('row.fixed', bodies, by, work)
    },
    async discard(batch, row, by, work = quiet) {
      await mustBeOpen(batch, row)
      await append('row.discarded', [{ batch, row }], by, work)
    },
    rowLineage: (dataset, batch, row, actor) => rowLineage(ground, deps, dataset, batch, row, actor),
    figures: (source) => intakeFigures(warehouse, source),

    watch(run) {
      watching ??= watchSources(ground, run, (source, problem) =>
        problem ? problems.set(source, problem) : problems.delete(source),
      )
    },
    async close() {
      await watching?.stop()
      await Promise.all(taking.values())
    },
  }
  return intake
}
