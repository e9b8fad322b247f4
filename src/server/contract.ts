/**
 * Request and response types of the HTTP API, the one thing the web app may import (as types).
 * Every route lives under `/api`. Errors: `{ error: { code, message, params } }`, message in the language of
 * `Accept-Language`. Lists: `{ items, next? }` with an opaque cursor in `next`, passed back as `?cursor=`.
 */
import type { Text } from '../base/text.ts'
import type { DomainName, Mapping, MappingSuggestion } from '../intake/contract.ts'
import type { Inspection, ReadPlan } from '../sources/contract.ts'
import type { AnalysisResult, ResultColumn, Scope } from '../insight/contract.ts'
import type { Dimension, Rule } from '../quality/contract.ts'

export type {
  Text,
  DomainName,
  Mapping,
  MappingSuggestion,
  Inspection,
  ReadPlan,
  AnalysisResult,
  ResultColumn,
  Scope,
  Rule,
}

export interface ApiError {
  error: { code: string; message: string; text: Text; params: Record<string, unknown> }
}
export interface Page<T> {
  items: T[]
  next?: string
  total?: number
  approximate?: boolean
}

/** GET /api/session (also when nobody is logged in); POST /api/session {name, password}; DELETE /api/session */
export interface Session {
  user?: { name: string; role: 'admin' | 'analyst' | 'marketer' | 'steward' | 'viewer' }
  needsSetup: boolean
  version: string
  /** Of the workspace, for showing money and times. */ currency?: string
  zone?: string
}
/** POST /api/setup: the login made at first start; `token` is the one-time code printed by the server. */
export interface SetupRequest {
  name: string
  password: string
  token: string
}

/** A long task. GET /api/tasks, GET /api/tasks/:id, DELETE /api/tasks/:id (cancel), GET /api/tasks/stream (server-sent events of Task). */
export interface Task {
  id: string
  name: Text
  state: 'running' | 'done' | 'failed' | 'cancelled'
  step?: Text
  done: number
  total?: number
  unit?: string
  rate?: number
  secondsLeft?: number
  startedAt: string
  endedAt?: string
  error?: ApiError['error']
  result?: unknown
  notes: Text[]
}

/** GET /api/home?asOf= */
export interface Home {
  asOf: string
  cards: {
    id: 'customers' | 'active' | 'new' | 'revenue' | 'repurchase_rate' | 'completeness'
    value: number | null
    previous: number | null
    unit: 'count' | 'money' | 'percent'
    definition: Text
    people?: string
  }[]
  revenueByMonth: { month: string; revenue: number; orders: number }[]
  changes: { text: Text; size: number }[]
  empty: boolean
  refreshedAt?: string
}

// ── sources and intake ──
export interface SourceView {
  id: string
  connector: string
  config: Record<string, unknown>
  mapping?: Mapping
  mappingVersion?: number
  watch: boolean
  schedule?: string
  paused: boolean
  pausedBy?: string
  batches: number
  rows: number
  quarantined: number
  lastTakenAt?: string
  health: Text
  status: 'ok' | 'warn' | 'error' | 'empty'
}
/** GET /api/sources → SourceView[]; PUT /api/sources/:id; DELETE /api/sources/:id; POST /api/sources/:id/{run,pause,resume} → Task */
export interface SourcePut {
  connector: string
  config: Record<string, unknown>
  mapping?: Mapping
  watch?: boolean
  schedule?: string
}
/** POST /api/uploads (multipart, field `file`, several) */
export interface Upload {
  id: string
  files: { index: number; name: string; bytes: number }[]
}
/** POST /api/imports/inspect */
export interface InspectRequest {
  upload: string
  file: number
  choice?: Partial<ReadPlan>
}
export interface InspectResponse {
  inspection: Inspection
  suggestion: MappingSuggestion
  datasets: {
    name: DomainName
    text: Text
    fields: { name: string; text: Text; type: string; class: string; required: boolean }[]
  }[]
}
/** POST /api/imports/validate: nothing is stored. */
export interface ValidateRequest {
  upload: string
  file: number
  plan: ReadPlan
  mapping: Mapping
  rows?: number
}
export interface ValidateResponse {
  rows: {
    row: number
    values: Record<string, unknown>
    issues: { field?: string; rule: string; message: Text; outcome: 'quarantine' | 'tag' | 'nullify' | 'reject' }[]
  }[]
  counts: { rows: number; ok: number; quarantined: number; tagged: number }
  problems: Text[]
}
/** POST /api/imports → Task (result: BatchView[]); afterwards the river runs on to profiles and segments. */
export interface ImportRequest {
  upload: string
  source: string
  files: { file: number; plan: ReadPlan; mapping: Mapping }[]
}
/** GET /api/batches?source=&cursor= ; POST /api/batches/:batch/undo → Task */
export interface BatchView {
  batch: number
  source: string
  dataset: DomainName
  path: string
  bytes: number
  rowsRead: number
  stored: number
  duplicate: number
  quarantined: number
  skipped: number
  copies: number
  takenAt: string
  undoneAt?: string
  mappingVersion: number
}
/** POST /api/runs {asOf?} → Task: take what is new from every source and run the river. POST /api/rebuild → Task */

// ── quality ──
/** GET /api/quality/scores?source=&dataset= */
export interface QualityScore {
  source: string
  dataset: string
  dimension: Dimension
  numerator: number
  denominator: number
  at: string
  previous?: { numerator: number; denominator: number }
}
/** GET /api/quality/rules → RuleView[]; PUT /api/quality/rules/:dataset/:id ; DELETE */
export interface RuleView extends Rule {
  version: number
  name: Text
  definition: Text
  last?: { evaluated: number; failed: number; failedPct: number; status: string; at: string }
}
/** GET /api/quality/quarantine?source=&rule=&state=&cursor= ; GET /api/quality/quarantine.csv ; POST /api/quality/quarantine/:batch/:row {values} fixes and replays; POST …/discard */
export interface QuarantineRow {
  batch: number
  row: number
  source: string
  dataset: string
  path: string
  rule: string
  field?: string
  value?: string
  message: Text
  raw: string
  state: 'open' | 'fixed' | 'replayed' | 'discarded'
}
/** GET /api/quality/quarantine/summary */
export interface QuarantineSummary {
  total: number
  byRule: { rule: string; name: Text; rows: number }[]
  bySource: { source: string; rows: number }[]
}
/** GET /api/quality/review?state=open&cursor= ; POST /api/quality/review/:id {decision: 'keep' | 'fix', value?, reason?} */
export interface ReviewItem {
  id: string
  kind: string
  dataset: string
  personId?: string
  field: string
  value: string
  expected: string
  reason: Text
  state: 'open' | 'kept' | 'fixed'
  decidedBy?: string
  decidedAt?: string
}

// ── identity and profiles ──
/** GET /api/identity/summary */
export interface IdentitySummary {
  persons: number
  records: number
  linkedRecords: number
  byKeyType: { type: string; keys: number; shared: number }[]
  conflicts: number
  decisions: number
  recent: { run: string; at: string; minted: number; attached: number; merged: number }[]
}
/** GET /api/identity/conflicts?cursor= */
export interface IdentityConflict {
  keyType: string
  keyValue: string
  reason: Text
  records: number
  sample: string[]
}
/** GET /api/customers?q=&segment=&level=&region=&sort=amount&dir=desc&limit=&cursor= ; q finds name, pinyin, initials, phone (exact), e-mail (exact), id. GET /api/customers.csv and .xlsx with the same filters. */
export interface CustomerRow {
  personId: string
  name: string | null
  phone: string | null
  email: string | null
  region: string | null
  city: string | null
  level: string | null
  rfmLevel: string | null
  stage: string | null
  orders: number
  amount: number
  lastOrderAt: string | null
  channel: string | null
  completeness: number
  tags: string[]
}
/** GET /api/customers/:id */
export interface CustomerProfile {
  personId: string
  mergedFrom: string[]
  header: {
    name: string | null
    level: string | null
    rfmLevel: string | null
    stage: string | null
    amount: number
    orders: number
  }
  traits: {
    name: string
    text: Text
    value: unknown
    source: string
    observedAt: string | null
    rule: Text
    masked: boolean
    others: { value: unknown; source: string; observedAt: string | null }[]
    lineage: { dataset: string; batch: number; row: number } | null
  }[]
  figures: { name: string; text: Text; value: number | string | null; unit?: string; definition: Text }[]
  keys: { type: string; value: string; sources: string[] }[]
  records: {
    dataset: string
    source: string
    space: string
    customerId: string | null
    name: string | null
    batch: number
    row: number
    why: Text
  }[]
  segments: string[]
  rfm?: { recencyDays: number; frequency: number; monetary: number; r: number; f: number; m: number; level: string }
}
/** GET /api/customers/:id/timeline?type=&cursor= */
export interface TimelineItem {
  at: string
  type: string
  title: Text
  detail: Record<string, unknown>
  source: string
  batch: number
  row: number
}
/** GET /api/lineage/:dataset/:batch/:row : from a value to its source row. */
export interface RowLineage {
  dataset: string
  batch: number
  row: number
  source: string
  path: string
  sha256: string
  takenAt: string
  raw: string | null
  mappingVersion: number
  mapping: Mapping
  values: Record<string, unknown>
  tags: string[]
  rules: { id: string; outcome: string; message: Text }[]
}

// ── segments ──
/** GET /api/segments ; GET /api/segments/:name ; PUT /api/segments/:name {rule, text?} ; DELETE ; GET /api/segments/:name/members?cursor= (CustomerRow) ; GET /api/segments/:name.csv */
export interface SegmentView {
  name: string
  text: Text
  rule: string
  kind: 'rule' | 'rfm' | 'lifecycle' | 'list'
  size: number
  share: number
  asOf: string
  history: { at: string; size: number }[]
  builtIn: boolean
  warnings: Text[]
}
/** POST /api/segments/preview {rule} or {tree} */
export interface SegmentPreview {
  rule: string
  tree: SegmentTree
  size: number
  of: number
  waterfall: { condition: string; alone: number; left: number }[]
  examples: CustomerRow[]
  warnings: Text[]
  ms: number
}
export type SegmentTree =
  | { all: SegmentTree[] }
  | { any: SegmentTree[] }
  | { not: SegmentTree }
  | { field: string; op: string; value?: unknown; args?: unknown[]; within?: string }
/** GET /api/segments/fields: what conditions may use. */
export interface SegmentField {
  path: string
  text: Text
  type: 'text' | 'number' | 'money' | 'date' | 'bool'
  group: Text
  values?: string[]
  call?: boolean
}

// ── insight ──
/** GET /api/insight/analyses */
export interface AnalysisView {
  id: string
  layer: string
  name: Text
  question: Text
  definition: Text
  params: unknown
}
/** POST /api/insight/analyses/:id {scope, params} → AnalysisResult (± `?format=csv|xlsx|svg`) */
export interface AnalysisRequest {
  scope?: Partial<Scope>
  params?: Record<string, unknown>
}
/** GET /api/rfm?asOf=&windowDays= */
export interface RfmView {
  asOf: string
  windowDays: number
  levels: {
    level: string
    text: Text
    customers: number
    share: number
    amount: number
    amountShare: number
    avgRecency: number
    avgFrequency: number
    avgMonetary: number
    advice: Text
    definition: Text
    segment: string
  }[]
  grid: { r: number; f: number; customers: number; amount: number }[]
  thresholds: { high: number; potentialRecency: number; riskRecency: number; risk: number }
  migration?: { from: string; to: string; customers: number }[]
}
/** The six-step path. GET /api/reports ; POST /api/reports (ReportSpec) → Task (result {id}) ; GET /api/reports/:id → Report ; POST /api/reports/:id/run → Task ; GET /api/reports/:id/{html,xlsx,pdf} ; DELETE */
export interface ReportSpec {
  name: string
  goal: string
  scope: { people?: string; region?: string; activeWithinDays?: number }
  period: { asOf: string; windowDays: number }
  metrics: string[]
  analyses: string[]
  locale: 'zh' | 'en'
}
export interface Report {
  id: string
  spec: ReportSpec
  createdAt: string
  runs: { run: string; at: string }[]
  data: { people: number; orders: number; amount: number; sources: { source: string; dataset: string; rows: number }[] }
  cleaning: { step: Text; rows: number }[]
  sections: { id: string; title: Text; definition: Text; result: AnalysisResult; svg?: string }[]
  conclusions: { text: Text; advice: Text; people?: string }[]
  comparison?: { run: string; at: string; changes: { metric: Text; before: number; after: number }[] }
}

// ── governance ──
/** GET /api/catalogue */
export interface CatalogueView {
  tables: {
    name: string
    owner: string
    text: Text
    rows: number
    columns: { name: string; text: Text; type: string; class: string; unit?: string }[]
  }[]
}
/** GET /api/lineage/runs?cursor= */
export interface LineageRun {
  run: string
  stage: string
  startedAt: string
  endedAt: string
  inputs: string[]
  outputs: string[]
  mappingVersion?: number
  status: 'done' | 'failed'
}
/** GET /api/audit?cursor= */
export interface AuditEntry {
  at: string
  actor: string
  action: string
  what: string
  purpose?: string
}
/** POST /api/demo {customers, seed} → Task : generate the demo shop and run the river over it. */
/** GET /api/health (no login): ready, journal, projection lag, disk. */
export interface Health {
  ready: boolean
  version: string
  journal: { head: number; writable: boolean; damage: number }
  projection: { position: number; lag: number; broken?: string }
  disk: { free: number; reserve: number }
}
