/**
 * Request and response types of the HTTP API, the one thing the web app may import (as types).
 * Every route lives under `/api`. Errors: `{ error: { code, message, params } }`, message in the language of
 * `Accept-Language`. Lists: `{ items, next? }` with an opaque cursor in `next`, passed back as `?cursor=`.
 */
import type { Locale, Text } from '../base/text.ts'
import type { DomainName, Mapping, MappingSuggestion } from '../intake/contract.ts'
import type { Inspection, ReadPlan } from '../sources/contract.ts'
import type { AnalysisResult, ResultColumn, Scope } from '../insight/contract.ts'
import type { Rule } from '../quality/contract.ts'

export type {
  Locale,
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

export type * from './contract-people.ts'
export type * from './contract-insight.ts'
