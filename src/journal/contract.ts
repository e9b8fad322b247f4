/** What the journal may hold; every accepted thing is a record in one of these topics before anyone is told "yes". */
export const topics = ['events', 'rows', 'definitions', 'consents', 'decisions', 'deliveries', 'audit'] as const
export type Topic = (typeof topics)[number]

/** The sequence number of a record, from 1, without gaps. 0 is "before the first". */
export type Position = number

/** Erasure and lineage work on headers alone, without parsing payloads. */
export interface RecordHeader {
  readonly topic: Topic
  /** What the body is within its topic, e.g. `source.put`, `file.taken`, `identity.run`. */
  readonly kind: string
  /** Version of the body's format; a reader upgrades older ones (see `upgrade` in the owner of the kind). */
  readonly format: number
  /** ms since the epoch, server clock. */
  readonly time: number
  readonly workspace: string
  readonly source?: string
  readonly messageId?: string
  /** Keyed hashes of the identity keys this record is about, never clear values. */
  readonly subjects?: readonly string[]
  /** Highest data class in the body. */
  readonly class?: 'core_sensitive' | 'sensitive' | 'non_sensitive'
  /** The data key that encrypts the body; absent when it is in clear. */
  readonly keyId?: string
  readonly actor?: string
}

export interface NewRecord {
  readonly header: RecordHeader
  readonly body: Uint8Array
}

export interface StoredRecord extends NewRecord {
  readonly position: Position
}

export interface JournalStatus {
  readonly head: Position
  readonly bytes: number
  readonly segments: number
  /** False while the disk reserve is reached: appends are refused, reads and deletions go on. */
  readonly writable: boolean
  /** Damage found in the middle of a segment at open: never skipped silently. */
  readonly damage: readonly { file: string; offset: number; problem: string }[]
  /** Bytes of a torn tail that were cut at open. */
  readonly tornBytes: number
}

export interface Journal {
  /**
   * Append in order, all or nothing; resolves with the position of the last record after fdatasync has returned.
   * @throws RetryableError disk_reserve when the disk is full; nothing of this call is stored then
   */
  append(records: readonly NewRecord[]): Promise<Position>
  /** Batches of records after `from`, in order, up to the head at the time of the call. */
  read(from: Position, options?: { topics?: readonly Topic[]; signal?: AbortSignal }): AsyncIterable<StoredRecord[]>
  status(): JournalStatus
  close(): Promise<void>
}

/** The content-addressed file store beside the journal: a file goes in unchanged and is found by its SHA-256. */
export interface Lake {
  /** Copy a stream or a local file in; durable (fsync) when it resolves. A content that is there already is not written again. */
  put(
    content: AsyncIterable<Uint8Array> | { path: string },
    signal?: AbortSignal,
  ): Promise<{ sha256: string; bytes: number }>
  /** Absolute path of the content on this machine. */
  path(sha256: string): string
  has(sha256: string): Promise<boolean>
  remove(sha256: string): Promise<void>
}

const decoder = new TextDecoder()
const encoder = new TextEncoder()

/** Most bodies are JSON. */
export function jsonRecord(header: RecordHeader, body: unknown): NewRecord {
  return { header, body: encoder.encode(JSON.stringify(body)) }
}

export function bodyOf<T>(record: NewRecord): T {
  return JSON.parse(decoder.decode(record.body)) as T
}
