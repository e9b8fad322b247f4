/**
 * One record on disk, little-endian:
 *
 *   0  u32  magic "TRJR"
 *   4  u32  CRC-32C of everything from byte 8 to the end, salted by the segment's name
 *   8  u32  length of the whole frame
 *  12  u8   format version
 *  13  u32  left: how many records of the same append follow (0 = the append is complete)
 *  17  u64  position
 *  25  u32  length of the header
 *  29       header JSON (UTF-8), then the body's bytes
 *
 * `left` makes an append all-or-nothing over a crash. The salt keeps a frame that somebody stored inside a body
 * from being taken for a record when a tail is searched after damage.
 */
import type { NewRecord, RecordHeader, StoredRecord } from '../contract.ts'
import { crc32c } from './crc32c.ts'

export const recordFormat = 1
export const frameOverhead = 29
/** Above this a frame length is not believed; big files belong in the lake. */
export const maxFrameBytes = 64 * 1024 * 1024

const magic = Buffer.from('TRJR', 'latin1')
const magicWord = magic.readUInt32LE(0)

/** A record with its header already as text, so that its size is known before its position. */
export interface Prepared {
  readonly header: string
  readonly headerBytes: number
  readonly body: Uint8Array
  /** Size of the frame. */
  readonly bytes: number
}

export function prepare(record: NewRecord): Prepared {
  const header = JSON.stringify(record.header)
  const headerBytes = Buffer.byteLength(header)
  return { header, headerBytes, body: record.body, bytes: frameOverhead + headerBytes + record.body.length }
}

/** Write one frame at `at`; returns the offset behind it. */
export function encodeFrame(
  into: Buffer,
  at: number,
  record: Prepared,
  position: number,
  left: number,
  salt: number,
): number {
  const end = at + record.bytes
  into.writeUInt32LE(magicWord, at)
  into.writeUInt32LE(record.bytes, at + 8)
  into[at + 12] = recordFormat
  into.writeUInt32LE(left, at + 13)
  into.writeUInt32LE(position % 0x1_0000_0000, at + 17)
  into.writeUInt32LE(Math.floor(position / 0x1_0000_0000), at + 21)
  into.writeUInt32LE(record.headerBytes, at + 25)
  into.write(record.header, at + frameOverhead, 'utf8')
  into.set(record.body, at + frameOverhead + record.headerBytes)
  into.writeUInt32LE(crc32c(into, at + 8, end, salt), at + 4)
  return end
}

/** A frame whose checksum is right; `header` and `body` are looked at only on demand. */
export interface Frame {
  readonly position: number
  readonly left: number
  readonly bytes: number
  readonly format: number
  readonly buffer: Buffer
  readonly at: number
}

export type Parsed =
  | { readonly kind: 'frame'; readonly frame: Frame }
  /** More bytes are needed: this many from the frame's beginning. */
  | { readonly kind: 'short'; readonly need: number }
  | { readonly kind: 'bad'; readonly problem: string }

export function parseFrame(buffer: Buffer, at: number, salt: number): Parsed {
  const available = buffer.length - at
  if (available < frameOverhead) return { kind: 'short', need: frameOverhead }
  if (buffer.readUInt32LE(at) !== magicWord) return { kind: 'bad', problem: 'no record begins here' }
  const bytes = buffer.readUInt32LE(at + 8)
  if (bytes < frameOverhead || bytes > maxFrameBytes) return { kind: 'bad', problem: `impossible length ${bytes}` }
  if (available < bytes) return { kind: 'short', need: bytes }
  if (crc32c(buffer, at + 8, at + bytes, salt) !== buffer.readUInt32LE(at + 4))
    return { kind: 'bad', problem: 'checksum does not match' }
  const position = buffer.readUInt32LE(at + 17) + buffer.readUInt32LE(at + 21) * 0x1_0000_0000
  return {
    kind: 'frame',
    frame: { position, left: buffer.readUInt32LE(at + 13), bytes, format: buffer[at + 12]!, buffer, at },
  }
}

export function recordOf(frame: Frame): StoredRecord {
  const headerBytes = frame.buffer.readUInt32LE(frame.at + 25)
  const headerAt = frame.at + frameOverhead
  const header = JSON.parse(frame.buffer.toString('utf8', headerAt, headerAt + headerBytes)) as RecordHeader
  return {
    position: frame.position,
    header,
    body: frame.buffer.subarray(headerAt + headerBytes, frame.at + frame.bytes),
  }
}

/** Where the next valid frame begins after `from` in a segment that is in memory; undefined when there is none. */
export function findFrame(buffer: Buffer, from: number, salt: number, minPosition: number): Frame | undefined {
  for (let at = buffer.indexOf(magic, from); at >= 0; at = buffer.indexOf(magic, at + 1)) {
    const parsed = parseFrame(buffer, at, salt)
    if (parsed.kind === 'frame' && parsed.frame.position >= minPosition) return parsed.frame
  }
  return undefined
}
