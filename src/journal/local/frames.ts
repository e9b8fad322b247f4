import type { FileHandle } from 'node:fs/promises'
import { parseFrame, type Frame } from './codec.ts'

const chunkBytes = 1024 * 1024

/** Where sequential reading stopped: at `end` without a problem, else at the first byte that makes no sense. */
export interface Stop {
  readonly offset: number
  readonly problem?: string
  /** True when the file ends inside a frame that looked sound so far. */
  readonly short?: boolean
}

/**
 * Frames of a segment from `offset` to `end`, checked for checksum and consecutive positions, in batches of about
 * 1 MiB. Buffers are not reused: a frame stays valid for as long as somebody holds it.
 */
export async function* frameBatches(
  handle: FileHandle,
  offset: number,
  end: number,
  salt: number,
  expected: number,
): AsyncGenerator<Frame[], Stop> {
  let carry = Buffer.alloc(0)
  let need = 0
  let position = expected
  while (offset < end) {
    const want = Math.min(Math.max(chunkBytes, need) - carry.length, end - offset - carry.length)
    const buffer = Buffer.allocUnsafe(carry.length + want)
    carry.copy(buffer)
    const got = await fill(handle, buffer, carry.length, offset + carry.length)
    if (got < want) return { offset, problem: 'the file is shorter than it was', short: true }
    const frames: Frame[] = []
    let at = 0
    let problem: string | undefined
    for (;;) {
      if (at === buffer.length) break
      const parsed = parseFrame(buffer, at, salt)
      if (parsed.kind === 'short') {
        need = parsed.need
        break
      }
      if (parsed.kind === 'bad') problem = parsed.problem
      else if (parsed.frame.position !== position)
        problem = `position ${parsed.frame.position} where ${position} was expected`
      if (problem || parsed.kind === 'bad') break
      frames.push(parsed.frame)
      at += parsed.frame.bytes
      position++
    }
    if (frames.length) yield frames
    offset += at
    if (problem) return { offset, problem }
    carry = buffer.subarray(at)
    if (carry.length && offset + need > end) return { offset, problem: 'the last record is incomplete', short: true }
  }
  return { offset }
}

async function fill(handle: FileHandle, buffer: Buffer, from: number, position: number): Promise<number> {
  let done = from
  while (done < buffer.length) {
    const { bytesRead } = await handle.read(buffer, done, buffer.length - done, position + done - from)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return done - from
}
