import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { InputError, RetryableError, TributaryError } from '../../base/errors.ts'
import type { Journal, JournalStatus, NewRecord, Position } from '../contract.ts'
import { encodeFrame, maxFrameBytes, prepare, type Prepared } from './codec.ts'
import { frameBatches } from './frames.ts'
import { lockFolder } from './lock.ts'
import { readSegments } from './reader.ts'
import { recover } from './recover.ts'
import { defaultReserveBytes, diskReserve } from './reserve.ts'
import { createSegment, indexStep, segmentHeadBytes, writeAll, type Segment } from './segment.ts'

export interface LocalJournalOptions {
  readonly dir: string
  /** A segment is closed before it grows above this; default 64 MiB. One larger append still fits. */
  readonly segmentBytes?: number
  /** Free space that appends leave untouched; default 64 MiB. */
  readonly reserveBytes?: number
  /** Free bytes of the disk; given by tests. */
  readonly freeBytes?: () => number
  /** How written bytes are made durable; tests let it fail. */
  readonly sync?: (handle: FileHandle) => Promise<void>
}

interface Waiting {
  readonly records: readonly Prepared[]
  readonly bytes: number
  readonly resolve: (position: Position) => void
  readonly reject: (error: unknown) => void
}

/** One write stays below this, unless a single append is larger. */
const groupBytes = 8 * 1024 * 1024

/**
 * Open the journal of a folder: lock it, check every segment, cut a torn tail.
 * Header and body of a record must not be changed before its append has resolved.
 * @throws RetryableError journal_locked while another process holds the folder
 */
export async function openLocalJournal(options: LocalJournalOptions): Promise<Journal> {
  const {
    dir,
    segmentBytes = 64 * 1024 * 1024,
    reserveBytes = defaultReserveBytes,
    sync = (handle) => handle.datasync(),
  } = options
  await mkdir(dir, { recursive: true })
  const release = lockFolder(dir)
  const found = await recover(dir).catch((error: unknown) => {
    release()
    throw error
  })
  const { segments, damage, tornBytes } = found
  const reserve = diskReserve(dir, reserveBytes, options.freeBytes)
  let head = found.head
  let active: { segment: Segment; handle: FileHandle } | undefined
  const last = segments.at(-1)
  if (last && found.appendable) active = { segment: last, handle: await open(last.path, 'r+') }

  const queue: Waiting[] = []
  let flushing: Promise<void> | undefined
  let closed = false

  const startSegment = async (): Promise<{ segment: Segment; handle: FileHandle }> => {
    const previous = segments.at(-1)
    const created = await createSegment(dir, head + 1, (previous?.number ?? 0) + 1, previous?.bytes ?? 0)
    segments.push(created.segment)
    return (active = created)
  }

  /** After a failed write or sync the descriptor is not trusted again: close it, look at what is really there. */
  const abandon = async (): Promise<void> => {
    const { segment, handle } = active!
    active = undefined
    await handle.truncate(segment.bytes).catch(() => {})
    await handle.close().catch(() => {})
    const check = await open(segment.path, 'r')
    try {
      const frames = frameBatches(check, segmentHeadBytes, segment.bytes, segment.salt, segment.first)
      for (;;) {
        const { done, value } = await frames.next()
        if (!done) continue
        if (value.problem) damage.push({ file: segment.file, offset: value.offset, problem: value.problem })
        return
      }
    } finally {
      await check.close()
    }
  }

  const store = async (group: readonly Waiting[], bytes: number): Promise<void> => {
    reserve.check(bytes)
    if (active && active.segment.bytes > segmentHeadBytes && active.segment.bytes + bytes > segmentBytes) {
      await active.handle.close()
      active = undefined
    }
    const { segment, handle } = active ?? (await startSegment())
    const buffer = Buffer.allocUnsafe(bytes)
    let at = 0
    let position = head
    for (const append of group) {
      for (const [i, record] of append.records.entries()) {
        at = encodeFrame(buffer, at, record, ++position, append.records.length - 1 - i, segment.salt)
      }
    }
    try {
      await writeAll(handle, buffer, segment.bytes)
    } catch (error) {
      // nothing was synced yet: a segment that can be cut back to its last record may go on
      await handle.truncate(segment.bytes).catch(abandon)
      throw error
    }
    try {
      await sync(handle)
    } catch (error) {
      await abandon().catch(() => {})
      throw error
    }
    if (segment.bytes - (segment.index.at(-1)?.offset ?? -indexStep) >= indexStep)
      segment.index.push({ position: head + 1, offset: segment.bytes })
    segment.bytes += bytes
    head = position
  }

  const refusal = (error: unknown): TributaryError =>
    error instanceof TributaryError
      ? error
      : (reserve.refusal(error) ??
        new RetryableError('journal_write_failed', { dir, problem: (error as Error).message }, { cause: error }))

  const flush = async (): Promise<void> => {
    // appends of the same tick share the first group
    await Promise.resolve()
    while (queue.length) {
      let bytes = 0
      let n = 0
      while (n < queue.length && (n === 0 || bytes + queue[n]!.bytes <= Math.min(groupBytes, segmentBytes)))
        bytes += queue[n++]!.bytes
      const group = queue.splice(0, n)
      try {
        let position = head
        await store(group, bytes)
        for (const append of group) append.resolve((position += append.records.length))
      } catch (error) {
        const refused = refusal(error)
        for (const append of group) append.reject(refused)
      }
    }
    flushing = undefined
  }

  return {
    append(records: readonly NewRecord[]): Promise<Position> {
      if (closed) return Promise.reject(new RetryableError('journal_closed'))
      if (records.length === 0) return Promise.resolve(head)
      const prepared = records.map(prepare)
      const tooLarge = prepared.find((r) => r.bytes > maxFrameBytes)
      if (tooLarge)
        return Promise.reject(new InputError('record_too_large', { bytes: tooLarge.bytes, limit: maxFrameBytes }))
      const bytes = prepared.reduce((sum, r) => sum + r.bytes, 0)
      return new Promise((resolve, reject) => {
        queue.push({ records: prepared, bytes, resolve, reject })
        flushing ??= flush()
      })
    },
    read(from, readOptions = {}) {
      // the snapshot is taken now, not when the first batch is asked for
      return readSegments(
        segments.map((s) => ({ ...s, index: [...s.index] })),
        from,
        head,
        readOptions,
      )
    },
    status(): JournalStatus {
      return {
        head,
        bytes: segments.reduce((sum, s) => sum + s.bytes, 0),
        segments: segments.length,
        writable: !closed && reserve.writable(),
        damage: [...damage],
        tornBytes,
      }
    },
    async close() {
      if (closed) return
      closed = true
      await flushing
      await active?.handle.close()
      active = undefined
      release()
    },
  }
}
