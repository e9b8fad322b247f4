import type { Text } from '../base/text.ts'
import type { Sql } from '../warehouse/index.ts'

/** What stages below know of a person; the platform hands it in, as profiles cannot look downstream. */
export interface ProfileDeps {
  /** Table expression with the columns `person_id`, `rfm_level`, `stage`: at most one row per person. */
  readonly standing?: Sql
  /** Table expression with the column `person_id`: members of a segment. */
  readonly members?: (segment: string) => Sql
  /** Table expression with the column `person_id`: the people that a rule of the segment language finds. */
  readonly people?: (rule: string) => Sql
  /** Segments of one person. */
  readonly segmentsOf?: (personId: string) => Promise<string[]>
  readonly rfmOf?: (personId: string) => Promise<Rfm | undefined>
}

export interface Rfm {
  recencyDays: number
  frequency: number
  monetary: number
  r: number
  f: number
  m: number
  level: string
}

export interface CustomerQuery {
  /** Name (hanzi or Latin, a part), pinyin or initials (from the start), or phone, e-mail, customer or person id (exact). */
  readonly q?: string
  readonly segment?: string
  /** A rule of the segment language: only the people that it finds. */
  readonly people?: string
  /** Level of the sources or RFM level. */
  readonly level?: string
  readonly region?: string
  readonly sort?: 'amount' | 'last_order_at' | 'orders' | 'name_pinyin'
  readonly dir?: 'asc' | 'desc'
  /** At most 500; default 50. */
  readonly limit?: number
  readonly cursor?: string
}

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

export interface CustomerPage {
  items: CustomerRow[]
  next?: string
  total: number
}

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
  traits: Trait[]
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
  rfm?: Rfm
}

export interface Trait {
  name: string
  text: Text
  value: unknown
  source: string
  observedAt: string | null
  /** The survivorship rule that chose it. */
  rule: Text
  masked: boolean
  others: { value: unknown; source: string; observedAt: string | null }[]
  /** Where the value came from. */
  lineage: { dataset: string; batch: number; row: number } | null
}

export interface TimelineItem {
  at: string
  type: string
  title: Text
  detail: Record<string, unknown>
  source: string
  batch: number
  row: number
}

export interface TimelineQuery {
  /** One of `timelineTypes`. */
  readonly type?: string
  readonly cursor?: string
  /** At most 200; default 50. */
  readonly limit?: number
}
