import { open } from 'node:fs/promises'

/** What a file is by its first bytes; its name is not asked. */
export type FileKind =
  | 'empty'
  | 'gzip'
  | 'zip'
  | 'tar'
  | 'parquet'
  /** Compound file: an .xls, or an encrypted .xlsx. */
  | 'ole'
  | 'html'
  | 'xml'
  | 'pdf'
  | 'image'
  | 'binary'
  | 'text'

const magic: readonly (readonly [FileKind, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 3, 4]],
  ['zip', [0x50, 0x4b, 5, 6]],
  ['parquet', [0x50, 0x41, 0x52, 0x31]],
  ['ole', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
  ['binary', [0x7f, 0x45, 0x4c, 0x46]],
  ['binary', [0x37, 0x7a, 0xbc, 0xaf]],
  ['binary', [0x52, 0x61, 0x72, 0x21]],
  ['binary', [0x28, 0xb5, 0x2f, 0xfd]],
  ['binary', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
]

export async function readHead(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const buf = Buffer.alloc(bytes)
    const { bytesRead } = await file.read(buf, 0, bytes, 0)
    return buf.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

export async function sniffKind(path: string): Promise<FileKind> {
  return kindOf(await readHead(path, 4096))
}

export function kindOf(head: Buffer): FileKind {
  if (!head.length) return 'empty'
  for (const [kind, bytes] of magic) if (bytes.every((b, i) => head[i] === b)) return kind
  if (head.length > 262 && head.toString('latin1', 257, 262) === 'ustar') return 'tar'
  const start = head
    .toString('latin1', 0, 1024)
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
    .trimStart()
    .toLowerCase()
  if (/^(?:<!doctype html|<html|<head|<meta|<table|<body)/.test(start)) return 'html'
  if (start.startsWith('<?xml') || start.startsWith('<workbook')) return start.includes('<html') ? 'html' : 'xml'
  if (isText(head)) return 'text'
  return 'binary'
}

/** Text of any encoding: control bytes are rare, and NUL comes only as half of UTF-16 characters (or as stray bytes). */
function isText(head: Buffer): boolean {
  if (head[0] === 0xff && head[1] === 0xfe) return true
  if (head[0] === 0xfe && head[1] === 0xff) return true
  let control = 0
  const zeros = [0, 0]
  for (let i = 0; i < head.length; i++) {
    const c = head[i]!
    if (c === 0) zeros[i & 1]!++
    else if (c < 32 && c !== 9 && c !== 10 && c !== 13 && c !== 12 && c !== 26 && c !== 27) control++
  }
  const nul = zeros[0]! + zeros[1]!
  // UTF-16 without a mark: (nearly) all NULs in the same half
  if (nul * 10 > head.length) return Math.min(zeros[0]!, zeros[1]!) * 20 < nul && control * 20 < head.length
  return (control + nul) * 20 <= head.length + 20
}
