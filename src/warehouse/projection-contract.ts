import type { Work } from '../base/context.ts'
import type { Writer } from './contract.ts'

/** A journal record as projectors see it (the journal's `StoredRecord` fits). */
export interface ProjectedRecord {
  readonly position: number
  readonly header: {
    readonly topic: string
    readonly kind: string
    readonly format: number
    readonly time: number
    readonly source?: string
    readonly actor?: string
  }
  readonly body: Uint8Array
}

/** A stage's way from journal records to its tables: deterministic, nothing but the records, the lake and the tables. */
export interface Projector {
  readonly owner: string
  readonly kinds: readonly string[]
  /**
   * Apply consecutive records of these kinds (all of one kind) in journal order. All given records and the new
   * position commit together; may be called again with the same records after a crash.
   */
  apply(records: readonly ProjectedRecord[], writer: Writer, work: Work): Promise<void>
  /** At most this many records in one transaction; default 500. */
  readonly batch?: number
}

export interface Projection {
  /** Project everything up to the journal's head; serialised; resolves with the position reached. */
  catchUp(work?: Work): Promise<number>
  /** Drop all tables and start from position 0. */
  rebuild(work?: Work): Promise<number>
  status(): { position: number; broken?: string }
}
