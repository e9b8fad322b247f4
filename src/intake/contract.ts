import type { Text } from '../base/text.ts'
import type { Sql } from '../warehouse/index.ts'
import type { ColumnType } from '../warehouse/index.ts'
import type { DataClass, MaskKind } from '../warehouse/index.ts'
import type { ReadPlan } from '../sources/index.ts'

/** A data domain of the unified schema (M6): one file each in `schema/`. */
export interface Domain {
  readonly name: DomainName
  readonly text: Text
  readonly fields: Readonly<Record<string, Field>>
  /** Fields that identify a record within its id space when the mapping declares no other key. */
  readonly naturalKey: readonly string[]
  /** Fields whose absence makes a record incomplete: more than 30 % missing → 待补充. */
  readonly keyFields: readonly string[]
}

export type DomainName =
  | 'customer'
  | 'household'
  | 'organisation'
  | 'contact_role'
  | 'identity'
  | 'event'
  | 'order'
  | 'order_line'
  | 'payment'
  | 'refund'
  | 'product'
  | 'interaction'
  | 'feedback'
  | 'consent'
  | 'loyalty'
  | 'device'
  | 'location'
  | 'campaign_touch'
  | 'campaign_cost'
  | 'delivery'

export interface Field {
  readonly type: ColumnType
  readonly text: Text
  readonly class: DataClass
  readonly mask?: MaskKind
  readonly unit?: string
  /** Meaning that decides the standard form: phones E.164, dates ISO, regions GB/T 2260 names … */
  readonly semantic?:
    | 'phone'
    | 'email'
    | 'region'
    | 'city'
    | 'industry'
    | 'contact_role'
    | 'gender'
    | 'currency'
    | 'country'
    | 'name'
    | 'money'
    | 'tags'
    | 'order_kind'
  /** Header words in zh and en, lower case, besides the field's own name and text. */
  readonly synonyms: readonly string[]
}

/** How a file's columns become a domain's fields; a versioned definition. */
export interface Mapping {
  readonly dataset: DomainName
  /** Id space of `customer_id` and natural keys: sources that share ids share a space. Default: the source's name. */
  readonly space?: string
  /** field → how it is made. */
  readonly fields: Readonly<Record<string, FieldMapping>>
  /** Source columns or fields that make a record unique; without: file path + row content + occurrence. */
  readonly key?: readonly string[]
  /** Rows that do not meet it are not of this dataset: stored nowhere, counted as `skipped`. */
  readonly where?: string
  /** Time zone of times without one; default the workspace's. */
  readonly zone?: string
  readonly currency?: string
  /** ISO country of phone numbers without a country code; default `CN`. Elsewhere such numbers keep their digits. */
  readonly phoneCountry?: string
}

export interface FieldMapping {
  /** Source column. */
  readonly column?: string
  /** A fixed value. */
  readonly value?: string | number | boolean
  /** `{ when: expression over source columns, then: value }`, first hit; else `value` or null. */
  readonly cases?: readonly { readonly when: string; readonly then: string }[]
  /** Date formats to try in order; default: all known ones that fit. */
  readonly formats?: readonly string[]
  /** `float_id`: text such as `17850.0` is the id `17850`. On by itself for customer_id, member_no and phone. */
  readonly format?: 'float_id'
  /** Source value → value. */
  readonly codes?: Readonly<Record<string, string>>
}

export interface MappingSuggestion {
  readonly dataset: DomainName
  readonly datasetConfidence: number
  readonly fields: readonly {
    readonly column: string
    readonly field?: string
    readonly confidence: number
    readonly reason: Text
  }[]
  /** The 客户信息分析模板 of the founding document was recognised. */
  readonly template: boolean
}

/** The body of a `file.taken` record: the manifest. Its journal position is the batch id. */
export interface Manifest {
  readonly source: string
  readonly path: string
  readonly sha256: string
  readonly bytes: number
  readonly plan: ReadPlan
  readonly mapping: Mapping
  readonly mappingVersion: number
  readonly stamp: string
}

/** What a batch came to: `rows_read = stored + duplicate + quarantined + skipped`, always. */
export interface BatchCounts {
  readonly rowsRead: number
  readonly stored: number
  readonly duplicate: number
  readonly quarantined: number
  readonly skipped: number
  /** Exact copies inside one file: stored and marked (`copy` > 1). */
  readonly copies: number
}

/**
 * Quality hands this in (`platform.ts`): per dataset, predicates over the mapped columns, each evaluated once.
 * `fails` is SQL that is true for a failing row; never null.
 */
export type Judge = (dataset: DomainName, mappedFields: readonly string[], as?: JudgedAs) => readonly JudgeRule[]

/** The manifest's place in the journal: a rebuild judges by the rules and the clock of then. Without it: of now. */
export interface JudgedAs {
  readonly position: number
  /** ms since the epoch. */
  readonly time: number
}

export interface JudgeRule {
  readonly id: string
  readonly version: number
  readonly field?: string
  readonly onFail: 'tag' | 'nullify' | 'quarantine' | 'reject'
  readonly fails: Sql
  readonly text: Text
}
