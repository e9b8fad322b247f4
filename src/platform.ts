/**
 * ★ Read first. Opens a platform: wires the stages in river order over the ground, and gives the doors (server, CLI)
 * the few verbs that span several stages. The only place, with `presets/` and the files beside it, that chooses
 * implementations.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import pino, { type Logger } from 'pino'
import { quiet, type Work } from './base/context.ts'
import { ConfigError, InputError, type TributaryError } from './base/errors.ts'
import type { Locale } from './base/text.ts'
import { loadConfig, type Config } from './config.ts'
import { applyConfig, periodOf, type ConfigPlace } from './config-apply.ts'
import { runFigures, type RunFigures } from './figures.ts'
import { createGovernance, type Ground, type Users } from './governance/index.ts'
import {
  auditEntries, catalogueView, customerQuery, customersById, exportFile, exportResult, lineageRuns, profileDeps, type CustomerFilter, type ExportRequest,
} from './doors/index.ts'
import { readBalances, readHealth, type Balance } from './health.ts'
import { createIdentity, identityTables, type Identity } from './identity/index.ts'
import { createInsight, defaultAnalyses, defaultMetrics, insightTables, type Insight, type Report } from './insight/index.ts'
import { createIntake, intakeTables, type BatchView, type Intake, type SourceProblem, type UploadedFile } from './intake/index.ts'
import { openEmbedded } from './presets/embedded.ts'
import { createProfiles, profileTables, type CustomerPage, type CustomerRow, type Profiles } from './profiles/index.ts'
import { createQuality, qualityTables, type Completeness, type Quality, type ReviewLine } from './quality/index.ts'
import { createRiver, riverTable, type Flow, type Period, type River } from './river.ts'
import { createSegments, segmentTables, type Segments } from './segments/index.ts'
import { cleaningText, shareOf } from './doors/index.ts'
import type { AnalysisView, AuditEntry, CatalogueView, Health, Home, LineageRun, Page, RfmView, SegmentPreview } from './server/contract.ts'
import { generateShop } from '../examples/shop/generate.ts'
import { connectors, createFileReader } from './sources/index.ts'
import {
  canonicalHash,
  id,
  openProjection,
  openWarehouse,
  projectionTable,
  type Actor,
  type CanonicalHash,
  type Projector,
  type Role,
} from './warehouse/index.ts'

export type { Actor, Role }

export interface PlatformOptions {
  /** Data directory; made when missing. */
  readonly home: string
  readonly config?: Config
  /** ms since the epoch; given in tests. */
  readonly clock?: () => number
  readonly log?: Logger
}

export interface RunSummary extends RunFigures {
  readonly as_of: string
  readonly files_taken: number
  /** Files, and whole sources, that could not be taken; everything else was. */
  readonly problems: readonly SourceProblem[]
  /** Seconds by stage. */
  readonly stages: Readonly<Record<string, number>>
  readonly levels: Readonly<Record<string, number>>
}

export interface Platform {
  readonly home: string
  readonly version: string
  readonly clock: () => number
  readonly log: Logger
  readonly users: Users
  /** The person at the command line of this machine. */
  readonly operator: Actor
  readonly ground: Ground
  readonly intake: Intake
  readonly quality: Quality
  readonly identity: Identity
  readonly profiles: Profiles
  readonly segments: Segments
  readonly insight: Insight
  readonly river: River
  /** Write what a configuration file says as definitions. */
  applyConfig(config: Config, place: ConfigPlace): Promise<void>
  /** The as-of day and window in force. */
  period(asOf?: string, windowDays?: number): Period
  /** Take what is new from every source, then bring all derived tables up to date. */
  run(options: { asOf?: string; sources?: readonly string[] }, work: Work): Promise<RunSummary>
  /** Bring the derived tables up to date after something changed. */
  flow(work?: Work): Promise<Flow>
  /** Import uploaded files and let the river flow on. */
  importFiles(source: string, files: readonly UploadedFile[], actor: string, work: Work): Promise<BatchView[]>
  /** Mend a quarantined row, send it through again, and let the river flow on. */
  mendRow(batch: number, row: number, values: Readonly<Record<string, string | null>>, actor: string): ReturnType<Intake['fix']>
  undoImport(batch: number, actor: string, work: Work): Promise<Flow>
  /** Generate the demo shop into the data directory and take it in. */
  demo(options: { customers: number; seed: number }, work: Work): Promise<RunSummary>
  decideReview(id: string, decision: { decision: 'keep' | 'fix'; value?: string; reason?: string }, actor: string): Promise<ReviewLine>
  decideIdentity(decision: IdentityDecision, actor: string, work: Work): Promise<Flow>
  /** Watch folders and run schedules until the returned function is called. */
  watch(): void
  customers(filter: CustomerFilter, actor: Actor): Promise<CustomerPage>
  homeView(asOf?: string): Promise<Home>
  rfmView(options: { asOf?: string; windowDays?: number; compareWith?: string }): Promise<RfmView>
  analyses(): AnalysisView[]
  previewSegment(of: { rule?: string; tree?: unknown }, actor: Actor): Promise<SegmentPreview>
  customersById(ids: readonly string[], actor: Actor): Promise<CustomerRow[]>
  export(request: ExportRequest, actor: Actor): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>>
  exportResult: typeof exportResult
  /** Completeness of customers' key fields in the raw records and in the golden profiles. */
  completeness(): Promise<{ before: Completeness; after: Completeness }>
  /** Define (or find) a report, run it, and write it as a file. */
  report(request: ReportRequest, work: Work): Promise<{ id: string; bytes: Uint8Array }>
  renderReport(report: Report, format: ReportFormat, locale: Locale): Promise<Uint8Array | string>
  catalogue(): Promise<CatalogueView>
  lineageRuns(query: { cursor?: string; limit: number }): Promise<Page<LineageRun>>
  audit(query: { before?: number; limit: number }): Promise<Page<AuditEntry>>
  /** Drop every table and make it again from the journal and the lake. */
  rebuild(work: Work): Promise<void>
  hash(): Promise<CanonicalHash>
  health(): Promise<Health>
  balances(): Promise<Balance[]>
  /** True while nothing was ever imported. */
  empty(): Promise<boolean>
  auditDenied(actor: Actor, what: string): void
  close(): Promise<void>
}

export type ReportFormat = 'html' | 'xlsx' | 'pdf'

export interface ReportRequest {
  readonly format: ReportFormat
  readonly goal?: string
  readonly people?: string
  readonly asOf?: string
  readonly windowDays?: number
  readonly locale: Locale
}

export type IdentityDecision =
  | { readonly kind: 'merge'; readonly into: string; readonly from: string; readonly reason?: string }
  | { readonly kind: 'split'; readonly person: string; readonly refs: readonly string[]; readonly reason?: string }

export const version = '0.1.0'

/** Beside the sources; the build copies no data files, so built code looks one folder further up. */
const exampleFile = [new URL('../examples/shop/tributary.yaml', import.meta.url), new URL('../../examples/shop/tributary.yaml', import.meta.url)]
  .map((url) => fileURLToPath(url))
  .reduce((a, b) => (existsSync(a) ? a : b))

export async function openPlatform(options: PlatformOptions): Promise<Platform> {
  const { home, config } = options
  const clock = options.clock ?? Date.now
  const zone = config?.zone ?? 'Asia/Shanghai'
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const log =
    options.log ??
    pino({ level: 'warn' }, pino.destination({ dest: join(home, 'tributary.log'), mkdir: true, sync: true }))

  // ── ground ──
  const { journal, lake, openEngine } = await openEmbedded({
    home,
    memory: config?.warehouse.memory,
    threads: config?.warehouse.threads,
  })
  const governance = createGovernance({ journal, clock, workspace: config?.workspace ?? 'main' })
  await governance.load()
  const tables = [
    projectionTable,
    riverTable,
    ...governance.tables,
    ...intakeTables,
    ...qualityTables,
    ...identityTables,
    ...profileTables,
    ...segmentTables,
    ...insightTables,
  ]
  const warehouse = await openWarehouse({ engine: await openEngine(), tables, policy: governance.policy })
  governance.attach(warehouse)
  let projectors: readonly Projector[] = []
  const projection = await openProjection({ journal, warehouse, projectors: () => projectors })
  const ground: Ground = {
    workspace: config?.workspace ?? 'main',
    home,
    journal,
    lake,
    warehouse,
    projection,
    clock,
    zone,
    definitions: governance.definitions,
    lineage: governance.lineage,
    audit: governance.audit,
  }

  // ── river: what a stage needs from downstream is handed in here ──
  const quality = createQuality(ground)
  const intake = createIntake(ground, { reader: createFileReader(), connectors, judge: quality.judge })
  const identity = createIdentity(ground)
  const profiles = createProfiles(ground, profileDeps(() => segments, () => warehouse))
  const segments: Segments = createSegments(ground)
  const completeness = async (): Promise<{ before: Completeness; after: Completeness }> => ({
    before: await quality.rawCompleteness(),
    after: await quality.measureCompleteness(id('profile')),
  })
  const insight = createInsight(ground, {
    segments,
    completeness: async () => {
      const { before, after } = await completeness()
      return { value: shareOf(after), previous: shareOf(before) }
    },
    cleaning: async () => (await quality.cleaningReport()).lines.map((line) => ({ step: cleaningText(line), rows: line.rows })),
  })
  projectors = [governance, intake, quality, identity, profiles, segments, insight].flatMap((stage) =>
    'projectors' in stage ? stage.projectors : [],
  )
  const river = createRiver(ground, [
    { name: 'quality', text: { zh: '检查质量', en: 'Checking quality' }, run: (_period, work) => quality.run(work) },
    {
      name: 'identity',
      text: { zh: '识别客户', en: 'Resolving identities' },
      run: (_period, work) => identity.resolve(work),
    },
    {
      name: 'profiles',
      text: { zh: '生成画像', en: 'Building profiles' },
      run: (_period, work) => profiles.build(work),
    },
    {
      name: 'segments',
      text: { zh: '计算分群', en: 'Computing segments' },
      run: (period, work) => segments.refresh(period, work),
    },
  ])

  // A crash between the journal and the tables is mended here: the projection goes on where its transaction ended.
  await projection.catchUp(quiet)

  const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(clock())
  const period = (asOf?: string, windowDays?: number): Period => {
    const set = periodOf(governance.definitions, today())
    return { asOf: asOf ?? set.asOf, windowDays: windowDays ?? set.windowDays }
  }

  const flow = (work: Work = quiet): Promise<Flow> => river.flow(period(), work)
  const run: Platform['run'] = async (choice, work) => {
    const started = performance.now()
    let files = 0
    const chosen = choice.sources ?? intake.activeSources()
    const failures: TributaryError[] = []
    for (const source of chosen) {
      try {
        files += (await intake.take(source, work)).length
      } catch (error) {
        // What the sender must mend in one source does not hold up the others; a name that is not one does.
        if (!(error instanceof InputError || error instanceof ConfigError) || error.code === 'unknown_source') throw error
        failures.push(error)
      }
    }
    if (failures.length && failures.length === chosen.length) throw failures[0]!
    const intakeSeconds = Math.round(performance.now() - started) / 1000
    const done = await river.flow(period(choice.asOf), work)
    const levels = (await segments.list()).filter((s) => s.kind === 'rfm').map((s) => [s.name, s.size] as const)
    return {
      ...(await runFigures(warehouse)),
      as_of: done.asOf,
      files_taken: files,
      problems: intake.problems().filter((p) => chosen.includes(p.source)),
      stages: { intake: intakeSeconds, ...done.seconds },
      levels: Object.fromEntries(levels),
    }
  }
  const renderReport: Platform['renderReport'] = (report, format, locale) => insight[format](report, locale)

  return {
    home,
    version,
    clock,
    log,
    ground,
    intake,
    quality,
    identity,
    profiles,
    segments,
    insight,
    river,
    period,
    users: governance.users,
    operator: { id: 'operator', role: 'admin' },
    applyConfig: (changed, place) =>
      applyConfig(changed, place, { definitions: governance.definitions, intake, quality, segments }),
    run,
    flow,
    async importFiles(source, files, actor, work) {
      const batches = await intake.takeFiles(source, files, { actor }, work)
      await flow(work)
      return batches
    },
    async mendRow(batch, row, values, actor) {
      const mended = await intake.fix(batch, row, values, { actor })
      if (mended.state === 'replayed') await flow()
      return mended
    },
    async undoImport(batch, actor, work) {
      await intake.undo(batch, { actor }, work)
      return flow(work)
    },
    async demo(demo, work) {
      const dir = join(home, 'demo')
      await generateShop({ ...demo, dir, progress: work.progress })
      await applyConfig(loadConfig(exampleFile), { file: exampleFile, variables: { data: dir } }, { definitions: governance.definitions, intake, quality, segments })
      return run({}, work)
    },
    async decideReview(item, decision, actor) {
      const decided = await quality.decide(item, decision, { actor })
      if (decision.decision === 'fix') await flow()
      return decided
    },
    async decideIdentity(decision, actor, work) {
      const by = { actor, why: decision.reason } as never
      if (decision.kind === 'merge') await identity.merge(decision.into, decision.from, by)
      else await identity.split(decision.person, decision.refs, by)
      return flow(work)
    },
    watch: () => intake.watch(async (source) => void (await run({ sources: [source] }, quiet))),
    customers: (filter, actor) => profiles.list(customerQuery(filter), actor),
    async homeView(asOf) {
      const view = await insight.home(asOf)
      return { ...view, cards: [...view.cards], revenueByMonth: [...view.revenueByMonth], changes: [...view.changes], refreshedAt: await river.madeAt() }
    },
    async rfmView(options) {
      const view = await insight.rfmView(options)
      if (view) return { ...view, levels: [...view.levels], grid: [...view.grid], migration: view.migration && [...view.migration] }
      return { ...period(options.asOf, options.windowDays), levels: [], grid: [], thresholds: segments.settings().rfm }
    },
    analyses: () =>
      insight.analyses().map(({ id: analysisId, layer, name, question, definition, params }) => ({
        id: analysisId,
        layer,
        name,
        question,
        definition,
        params: z.toJSONSchema(params as never, { io: 'input', unrepresentable: 'any' }),
      })),
    async previewSegment(of, actor) {
      const preview = await segments.preview((of.tree as never) ?? of.rule ?? '')
      return { ...preview, waterfall: [...preview.waterfall], warnings: [...preview.warnings], examples: await customersById(profiles, preview.examples, actor) } as SegmentPreview
    },
    customersById: (ids, actor) => customersById(profiles, ids, actor),
    export: (request, actor) => exportFile(request, actor, { definitions: governance.definitions, intake, profiles }),
    exportResult,
    completeness,
    async report(request, work) {
      const span = period(request.asOf, request.windowDays)
      const zh = request.locale === 'zh'
      const { id: reportId } = await insight.reports.put(
        {
          name: request.goal ?? (zh ? '客户分析报告' : 'Customer report'),
          goal: request.goal ?? (zh ? '了解客户价值分布，提升复购率' : 'Know where customer value lies and raise the repurchase rate'),
          scope: { people: request.people },
          period: span,
          metrics: [...defaultMetrics],
          analyses: [...defaultAnalyses],
          locale: request.locale,
        },
        { actor: 'operator' },
      )
      const report = await insight.reports.run(reportId, work)
      return { id: reportId, bytes: Buffer.from(await renderReport(report, request.format, request.locale)) }
    },
    renderReport,
    catalogue: () => catalogueView(ground, tables),
    lineageRuns: (query) => lineageRuns(ground, query),
    audit: (query) => auditEntries(ground, query),
    async rebuild(work) {
      await projection.rebuild(work)
      await river.flow(period(), work, { force: true })
    },
    hash: () => canonicalHash(warehouse, tables),
    health: () => readHealth(ground, version),
    balances: () => readBalances(ground),
    empty: async () => (await readBalances(ground)).length === 0,
    auditDenied: (actor, what) => governance.audit.write({ actor: actor.id, action: 'denied', what }),
    async close() {
      await intake.close()
      await governance.close()
      await warehouse.close()
      await journal.close()
    },
  }
}
