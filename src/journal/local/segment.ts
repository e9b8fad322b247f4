/**
 * A segment file: `<first position>-<number>.seg`, a 40-byte head, then frames (`codec.ts`).
 *
 *   0  8 bytes  "TRIBJRNL"
 *   8  u32      format version of the segment
 *  12  u64      first position
 *  20  u64      valid bytes of the segment before it (0 for the first): bytes behind them were refused, never told "yes"
 *  28  u64      reserved, 0
 *  36  u32      CRC-32C of bytes 0–35
 */
import { open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { UnsupportedError } from '../../base/errors.ts'
import { crc32c } from './crc32c.ts'

export const segmentHeadBytes = 40
const segmentFormat = 1
const magic = Buffer.from('TRIBJRNL', 'latin1')

export interface Segment {
  readonly file: string
  readonly path: string
  readonly first: number
  readonly number: number
  readonly salt: number
  /** End of the last acknowledged frame. */
  bytes: number
  /** Places to start reading from, ascending: one about every `indexStep` bytes. */
  readonly index: { position: number; offset: number }[]
}

export const indexStep = 1024 * 1024

export function segmentName(first: number, number: number): string {
  return `${String(first).padStart(16, '0')}-${String(number).padStart(6, '0')}.seg`
}

/** The segment a file name stands for; undefined for other files. */
export function segmentOf(dir: string, file: string): Segment | undefined {
  const m = /^(\d{16})-(\d{6,})\.seg$/.exec(file)
  if (!m) return undefined
  const salt = crc32c(Buffer.from(file, 'latin1'))
  return {
    file,
    path: join(dir, file),
    first: Number(m[1]),
    number: Number(m[2]),
    salt,
    bytes: segmentHeadBytes,
    index: [],
  }
}

/** Create a segment, durable with its folder entry when it resolves. */
export async function createSegment(
  dir: string,
  first: number,
  number: number,
  previousBytes: number,
): Promise<{ segment: Segment; handle: FileHandle }> {
  const segment = segmentOf(dir, segmentName(first, number))!
  const head = Buffer.alloc(segmentHeadBytes)
  magic.copy(head)
  head.writeUInt32LE(segmentFormat, 8)
  head.writeBigUInt64LE(BigInt(first), 12)
  head.writeBigUInt64LE(BigInt(previousBytes), 20)
  head.writeUInt32LE(crc32c(head, 0, 36), 36)
  const handle = await open(segment.path, 'wx+')
  try {
    await writeAll(handle, head, 0)
    await handle.sync()
    await syncFolder(dir)
  } catch (error) {
    await handle.close().catch(() => {})
    // else the next try would find the name taken
    await rm(segment.path, { force: true }).catch(() => {})
    throw error
  }
  return { segment, handle }
}

export type Head = { readonly first: number; readonly previousBytes: number } | { readonly problem: string }

export async function readHead(handle: FileHandle, file: string): Promise<Head> {
  const head = Buffer.alloc(segmentHeadBytes)
  const { bytesRead } = await handle.read(head, 0, segmentHeadBytes, 0)
  if (bytesRead < segmentHeadBytes) return { problem: 'the head of the file is cut short' }
  if (crc32c(head, 0, 36) !== head.readUInt32LE(36) || !head.subarray(0, 8).equals(magic))
    return { problem: 'the head of the file does not match its checksum' }
  const version = head.readUInt32LE(8)
  if (version > segmentFormat) throw new UnsupportedError('journal_format', { file, version, known: segmentFormat })
  return { first: Number(head.readBigUInt64LE(12)), previousBytes: Number(head.readBigUInt64LE(20)) }
}

/** A write may be short (nearly full disk): go on until all is written or the disk says no. */
export async function writeAll(handle: FileHandle, buffer: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < buffer.length;) {
    const { bytesWritten } = await handle.write(buffer, done, buffer.length - done, at + done)
    done += bytesWritten
  }
}

/** Make a created, renamed or deleted name durable. */
export async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
