/** The shape of a platform and of the requests that its doors make; `platform.ts` opens one. */
import type { Logger } from 'pino'
import type { Work } from './base/context.ts'
import type { Locale } from './base/text.ts'
import type { Config } from './config.ts'
import type { ConfigPlace } from './config-apply.ts'
import type { RunFigures } from './figures.ts'
import type { Ground, Users } from './governance/index.ts'
import type { exportResult, CustomerFilter, ExportRequest } from './doors/index.ts'
import type { Balance } from './health.ts'
import type { Identity } from './identity/index.ts'
import type { Insight, Report } from './insight/index.ts'
import type { BatchView, Intake, SourceProblem, UploadedFile } from './intake/index.ts'
import type { CustomerPage, CustomerRow, Profiles } from './profiles/index.ts'
import type { Completeness, Quality, ReviewLine } from './quality/index.ts'
import type { Flow, Period, River } from './river.ts'
import type { Segments } from './segments/index.ts'
import type {
  AnalysisView,
  AuditEntry,
  CatalogueView,
  Health,
  Home,
  LineageRun,
  Page,
  RfmView,
  SegmentPreview,
} from './server/contract.ts'
import type { Actor, CanonicalHash, Role } from './warehouse/index.ts'

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
  /** Currency and time zone in force, for showing money and times. */
  locality(): { currency: string; zone: string }
  /** The as-of day and window in force. */
  period(asOf?: string, windowDays?: number): Period
  /** Take what is new from every source, then bring all derived tables up to date. */
  run(options: { asOf?: string; sources?: readonly string[] }, work: Work): Promise<RunSummary>
  /** Bring the derived tables up to date after something changed. */
  flow(work?: Work): Promise<Flow>
  /** Import uploaded files and let the river flow on. */
  importFiles(source: string, files: readonly UploadedFile[], actor: string, work: Work): Promise<BatchView[]>
  undoImport(batch: number, actor: string, work: Work): Promise<Flow>
  /** Generate the demo shop into the data directory and take it in. */
  demo(options: { customers: number; seed: number }, work: Work): Promise<RunSummary>
  decideReview(
    id: string,
    decision: { decision: 'keep' | 'fix'; value?: string; reason?: string },
    actor: string,
  ): Promise<ReviewLine>
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
