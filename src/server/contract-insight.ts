/** Shapes of segments, insight and governance; part of `contract.ts`. */
import type { Text } from '../base/text.ts'
import type { AnalysisResult, Scope } from '../insight/contract.ts'
import type { CustomerRow } from './contract-people.ts'

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
