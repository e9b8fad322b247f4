/** Shapes of quality, identity and profiles; part of `contract.ts`. */
import type { Text } from '../base/text.ts'
import type { Dimension, Rule } from '../quality/contract.ts'
import type { Mapping } from '../intake/contract.ts'

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
