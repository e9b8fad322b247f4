/**
 * ★ Read first. Opens a platform: wires the stages in river order over the ground, and gives the doors (server, CLI)
 * the few verbs that span several stages. The only place, with `presets/` and the files beside it, that chooses
 * implementations.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import pino from 'pino'
import { quiet, type Work } from './base/context.ts'
import { ConfigError, InputError, type TributaryError } from './base/errors.ts'

import { loadConfig } from './config.ts'
import { applyConfig, periodOf } from './config-apply.ts'
import { runFigures } from './figures.ts'
import { createGovernance, type Ground } from './governance/index.ts'
import {
  auditEntries,
  catalogueView,
  customerQuery,
  customersById,
  exportFile,
  exportResult,
  lineageRuns,
  profileDeps,
} from './doors/index.ts'
import { readBalances, readHealth } from './health.ts'
import { createIdentity, identityTables } from './identity/index.ts'
import { createInsight, defaultAnalyses, defaultMetrics, insightTables } from './insight/index.ts'
import { createIntake, intakeTables } from './intake/index.ts'
import { openEmbedded } from './presets/embedded.ts'
import { createProfiles, profileTables } from './profiles/index.ts'
import { createQuality, qualityTables, type Completeness } from './quality/index.ts'
import { createRiver, riverTable, type Flow, type Period } from './river.ts'
import { createSegments, segmentTables, type Segments } from './segments/index.ts'
import { cleaningText, shareOf } from './doors/index.ts'
import type { SegmentPreview } from './server/contract.ts'
import { generateShop } from '../examples/shop/generate.ts'
import { connectors, createFileReader } from './sources/index.ts'
import { canonicalHash, id, openProjection, openWarehouse, projectionTable, type Projector } from './warehouse/index.ts'
import type { PlatformOptions, Platform } from './platform-types.ts'

export type * from './platform-types.ts'

export const version = '0.1.0'

/** Beside the sources; the build copies no data files, so built code looks one folder further up. */
const exampleFile = [
  new URL('../examples/shop/tributary.yaml', import.meta.url),
  new URL('../../examples/shop/tributary.yaml', import.meta.url),
]
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
  const reader = createFileReader()
  const intake = createIntake(ground, { reader, connectors, judge: quality.judge })
  const identity = createIdentity(ground)
  const profiles = createProfiles(
    ground,
    profileDeps(
      () => segments,
      () => warehouse,
    ),
  )
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
    cleaning: async () =>
      (await quality.cleaningReport()).lines.map((line) => ({ step: cleaningText(line), rows: line.rows })),
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
        if (!(error instanceof InputError || error instanceof ConfigError) || error.code === 'unknown_source')
          throw error
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
    locality: () => ({
      currency:
        governance.definitions.get<{ currency?: string }>('setting', 'workspace')?.value.currency ??
        config?.currency ??
        'CNY',
      zone,
    }),
    applyConfig: (changed, place) =>
      applyConfig(changed, place, { definitions: governance.definitions, intake, quality, segments }),
    run,
    flow,
    async importFiles(source, files, actor, work) {
      const batches = await intake.takeFiles(source, files, { actor }, work)
      await flow(work)
      return batches
    },
    async undoImport(batch, actor, work) {
      await intake.undo(batch, { actor }, work)
      return flow(work)
    },
    async demo(demo, work) {
      const dir = join(home, 'demo')
      await generateShop({ ...demo, dir, progress: work.progress })
      await applyConfig(
        loadConfig(exampleFile),
        { file: exampleFile, variables: { data: dir } },
        { definitions: governance.definitions, intake, quality, segments },
      )
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
      return {
        ...view,
        cards: [...view.cards],
        revenueByMonth: [...view.revenueByMonth],
        changes: [...view.changes],
        refreshedAt: await river.madeAt(),
      }
    },
    async rfmView(options) {
      const view = await insight.rfmView(options)
      if (view)
        return {
          ...view,
          levels: [...view.levels],
          grid: [...view.grid],
          migration: view.migration && [...view.migration],
        }
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
      return {
        ...preview,
        waterfall: [...preview.waterfall],
        warnings: [...preview.warnings],
        examples: await customersById(profiles, preview.examples, actor),
      } as SegmentPreview
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
          goal:
            request.goal ??
            (zh ? '了解客户价值分布，提升复购率' : 'Know where customer value lies and raise the repurchase rate'),
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
      // Its scratch copies of inflated and transcoded files hold customers' data: they go with the platform.
      await reader.close()
      await governance.close()
      await warehouse.close()
      await journal.close()
    },
  }
}
