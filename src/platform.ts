/**
 * ★ Read first. Opens a platform: wires the stages in river order over the ground, and gives the doors (server, CLI)
 * the few verbs that span several stages. The only place, with `presets/` and the files beside it, that chooses
 * implementations.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import { quiet, type Work } from './base/context.ts'
import type { Config } from './config.ts'
import { applyConfig, periodOf, type ConfigPlace } from './config-apply.ts'
import { runFigures, type RunFigures } from './figures.ts'
import { createGovernance, type Ground, type Users } from './governance/index.ts'
import { readBalances, readHealth, type Balance } from './health.ts'
import { createIdentity, identityTables, type Identity } from './identity/index.ts'
import { createInsight, insightTables, type Insight } from './insight/index.ts'
import { createIntake, intakeTables, type Intake } from './intake/index.ts'
import { openEmbedded } from './presets/embedded.ts'
import { createProfiles, profileTables, type Profiles } from './profiles/index.ts'
import { createQuality, qualityTables, type Quality } from './quality/index.ts'
import { createRiver, riverTable, type Flow, type Period, type River } from './river.ts'
import { createSegments, segmentTables, type Segments } from './segments/index.ts'
import type { Health } from './server/contract.ts'
import { connectors, createFileReader } from './sources/index.ts'
import {
  canonicalHash,
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

export const version = '0.1.0'

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
  const profiles = createProfiles(ground)
  const segments = createSegments(ground)
  const insight = createInsight(ground, { segments })
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
    async run(choice, work) {
      const started = performance.now()
      let files = 0
      for (const id of choice.sources ?? intake.activeSources()) files += (await intake.take(id, work)).length
      const intakeSeconds = Math.round(performance.now() - started) / 1000
      const flow = await river.flow(period(choice.asOf), work)
      const levels = (await segments.list()).filter((s) => s.kind === 'rfm').map((s) => [s.name, s.size] as const)
      return {
        ...(await runFigures(warehouse)),
        as_of: flow.asOf,
        files_taken: files,
        stages: { intake: intakeSeconds, ...flow.seconds },
        levels: Object.fromEntries(levels),
      }
    },
    flow: (work = quiet) => river.flow(period(), work),
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
