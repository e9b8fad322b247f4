import { copyFile, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { JournalStatus } from '../contract.ts'
import { findFrame, type Frame } from './codec.ts'
import { frameBatches, type Stop } from './frames.ts'
import { indexStep, readHead, segmentHeadBytes, segmentName, segmentOf, syncFolder, type Segment } from './segment.ts'

export type Damage = JournalStatus['damage'][number]

export interface Recovered {
  readonly segments: Segment[]
  readonly head: number
  readonly damage: Damage[]
  readonly tornBytes: number
  /** True when the last segment is sound to its end: appending may go on in it. */
  readonly appendable: boolean
}

/**
 * Read every segment once: cut the torn tail of the last one (a copy of the cut bytes is kept in `torn/`), list
 * damage anywhere else, and find the head.
 *
 * Torn tail = nothing valid follows the first bad byte of the last segment; that is what a crash leaves of a group
 * that was not acknowledged. If a valid record follows, it is damage: nothing is cut or skipped.
 */
export async function recover(dir: string): Promise<Recovered> {
  await mkdir(dir, { recursive: true })
  const segments = (await readdir(dir))
    .sort()
    .map((file) => segmentOf(dir, file))
    .filter((s) => s !== undefined)
  const damage: Damage[] = []
  let head = 0
  let tornBytes = 0
  let appendable = false
  for (const [i, segment] of segments.entries()) {
    const before = segments[i - 1]
    const follows = segment.number === (before?.number ?? 0) + 1
    // a gap behind a damaged segment is that damage, not another one
    if (segment.first !== head + 1 && (!follows || damage.at(-1)?.file !== before?.file)) {
      damage.push({
        file: segmentName(head + 1, segment.number - 1),
        offset: 0,
        problem: `records ${head + 1}–${segment.first - 1} are missing`,
      })
    }
    const next = segments[i + 1]
    const limit = next?.number === segment.number + 1 ? await previousBytesOf(next) : undefined
    const found = await scan(segment, limit)
    damage.push(...found.damage)
    head = Math.max(segment.first - 1, found.last)
    segment.bytes = found.end
    if (!next) {
      appendable = found.damage.length === 0
      tornBytes = await cut(dir, segment, found.end)
    }
  }
  const last = segments.at(-1)
  // A crash while the very first bytes of a new segment were written: nothing is in it, make it anew.
  if (last && last.bytes < segmentHeadBytes) {
    segments.pop()
    await rm(last.path)
    await syncFolder(dir)
    appendable = false
  }
  return { segments, head, damage, tornBytes, appendable }
}

async function previousBytesOf(segment: Segment): Promise<number | undefined> {
  const handle = await open(segment.path, 'r')
  try {
    const head = await readHead(handle, segment.file)
    return 'problem' in head ? undefined : head.previousBytes
  } finally {
    await handle.close()
  }
}

interface Scan {
  readonly last: number
  /** End of the last complete append. */
  readonly end: number
  readonly damage: Damage[]
}

/** @param limit valid bytes as the next segment tells them; undefined for the last segment */
async function scan(segment: Segment, limit: number | undefined): Promise<Scan> {
  const handle = await open(segment.path, 'r')
  const sealed = limit !== undefined
  const damage: Damage[] = []
  let last = segment.first - 1
  let end = 0
  // a torn append: its records before the tear do not count
  let complete = { last, end: segmentHeadBytes }
  const note = (frame: Frame, offset: number) => {
    if (offset - (segment.index.at(-1)?.offset ?? -indexStep) >= indexStep)
      segment.index.push({ position: frame.position, offset })
    last = frame.position
    end = offset + frame.bytes
    if (frame.left === 0) complete = { last, end }
  }
  try {
    const size = (await handle.stat()).size
    const until = Math.min(limit ?? size, size)
    const head = await readHead(handle, segment.file)
    let stop: Stop
    if ('problem' in head) {
      stop = { offset: 0, problem: head.problem }
      complete = { last, end: 0 }
    } else {
      stop = await walk(handle, segmentHeadBytes, until, segment, last + 1, note)
    }
    const rest = stop.problem ? (await readFile(segment.path)).subarray(0, until) : undefined
    while (stop.problem && rest) {
      const frame = findFrame(rest, stop.offset + 1, segment.salt, last + 1)
      if (!frame && !sealed) break
      damage.push({ file: segment.file, offset: stop.offset, problem: stop.problem })
      if (!frame) break
      last = frame.position - 1
      stop = await walk(handle, frame.at, until, segment, frame.position, note)
    }
    if (sealed) {
      if (size < limit && damage.length === 0)
        damage.push({ file: segment.file, offset: size, problem: `${limit - size} bytes are missing at the end` })
      return { last, end: limit, damage }
    }
    return { ...complete, damage }
  } finally {
    await handle.close()
  }
}

async function walk(
  handle: Awaited<ReturnType<typeof open>>,
  offset: number,
  until: number,
  segment: Segment,
  expected: number,
  note: (frame: Frame, offset: number) => void,
): Promise<Stop> {
  const batches = frameBatches(handle, offset, until, segment.salt, expected)
  let at = offset
  for (;;) {
    const { done, value } = await batches.next()
    if (done) return value
    for (const frame of value) {
      note(frame, at)
      at += frame.bytes
    }
  }
}

/** Cut behind `end`, and sync: what a killed process left in the page cache must be durable before anyone builds on it. */
async function cut(dir: string, segment: Segment, end: number): Promise<number> {
  const torn = (await stat(segment.path)).size - end
  if (torn > 0) {
    await mkdir(join(dir, 'torn'), { recursive: true })
    // a full disk must not keep the journal from opening: the copy is only for inspection
    await copyFile(segment.path, join(dir, 'torn', segment.file)).catch(() => {})
  }
  const handle = await open(segment.path, 'r+')
  try {
    if (torn > 0) await handle.truncate(end)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return torn
}
