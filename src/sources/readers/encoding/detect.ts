import { isUtf8 } from 'node:buffer'
import type { Text } from '../../../base/text.ts'
import type { ReadPlan } from '../../contract.ts'
import { commonSimplified, commonTraditional } from './common-characters.ts'
import { decodeAll } from './decode.ts'

export type Encoding = NonNullable<ReadPlan['encoding']>

export interface DetectedEncoding {
  readonly encoding: Encoding
  /** 0–1 */
  readonly confidence: number
  readonly reason: Text
  readonly warnings: readonly { readonly code: string; readonly text: Text }[]
}

/**
 * Tell the encoding of text from parts of it: byte order mark, validity as UTF-8 line by line, then for the rest how
 * well it decodes and how frequent the characters are that come out.
 */
export function detectEncoding(pieces: readonly Buffer[]): DetectedEncoding {
  const first = pieces[0] ?? Buffer.alloc(0)
  const plain = (encoding: Encoding, zh: string, en: string): DetectedEncoding => ({
    encoding,
    confidence: 1,
    reason: { zh, en },
    warnings: [],
  })
  if (first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf && pieces.every((p) => mostlyUtf8(p)))
    return plain('utf-8', 'UTF-8：有字节序标记', 'UTF-8: has a byte order mark')
  if (first[0] === 0xff && first[1] === 0xfe)
    return plain('utf-16le', 'UTF-16 LE：有字节序标记', 'UTF-16 LE: has a byte order mark')
  if (first[0] === 0xfe && first[1] === 0xff)
    return plain('utf-16be', 'UTF-16 BE：有字节序标记', 'UTF-16 BE: has a byte order mark')
  const wide = utf16WithoutMark(first)
  if (wide)
    return plain(
      wide,
      `${wide.toUpperCase()}：零字节都在同一侧`,
      `${wide.toUpperCase()}: all zero bytes are on one side`,
    )

  const lines = pieces.flatMap(linesBeyondAscii)
  if (!lines.length) return plain('utf-8', 'ASCII（UTF-8）', 'ASCII (UTF-8)')
  const valid = lines.filter((l) => isUtf8(l)).length
  const share = valid / lines.length
  const percent = (x: number): string => `${Math.round(x * 1000) / 10} %`
  if (share === 1) return plain('utf-8', 'UTF-8：100 % 有效', 'UTF-8: 100 % valid')
  // lines of another encoding that pass as UTF-8 by chance are few and short
  if (share >= 0.5) {
    return {
      encoding: 'mixed',
      confidence: share,
      reason: {
        zh: `UTF-8：含非 ASCII 字符的行中 ${percent(share)} 有效`,
        en: `UTF-8: ${percent(share)} of the lines beyond ASCII are valid`,
      },
      warnings: [
        {
          code: 'mixed_encoding',
          text: {
            zh: `编码混杂：看过的行里有 ${lines.length - valid} 行不是有效的 UTF-8，这些行会进入隔离区（按最可能的编码显示原文）。请在隔离区核对，或把整个文件另存为 UTF-8 后重新导入。`,
            en: `Mixed encodings: ${lines.length - valid} of the lines looked at are not valid UTF-8; these rows go to quarantine, shown as best decoded. Mend them there, or save the whole file as UTF-8 and import it again.`,
          },
        },
      ],
    }
  }
  const sample = Buffer.concat(lines.slice(0, 20_000).flatMap((l) => [l, Buffer.from('\n')]))
  const scores = [
    { encoding: 'gb18030' as const, ...cjkScore(sample, 'gb18030', commonSimplified) },
    { encoding: 'big5' as const, ...cjkScore(sample, 'big5', commonTraditional) },
    { encoding: 'windows-1252' as const, ...westernScore(sample) },
  ].sort((a, b) => b.score - a.score)
  const best = scores[0]!
  const label = best.encoding === 'windows-1252' ? 'Windows-1252' : best.encoding === 'gb18030' ? 'GB18030' : 'Big5'
  const uncertain = best.score < 0.3 || best.score - scores[1]!.score < 0.1
  return {
    encoding: best.encoding,
    confidence: Math.min(1, best.score),
    reason: {
      zh: `${label}：${percent(best.valid)} 可解码，常用字符占 ${percent(best.common)}`,
      en: `${label}: ${percent(best.valid)} decodes, ${percent(best.common)} common characters`,
    },
    warnings: uncertain
      ? [
          {
            code: 'encoding_uncertain',
            text: {
              zh: `编码不确定（最可能是 ${label}），请核对样例；若有乱码，请另选编码。`,
              en: `The encoding is not certain (most likely ${label}): check the sample and choose another one if it is garbled.`,
            },
          },
        ]
      : [],
  }
}

/** How well bytes read as Chinese: decodable, and made of frequent characters. */
function cjkScore(
  bytes: Buffer,
  encoding: 'gb18030' | 'big5',
  common: ReadonlySet<string>,
): { score: number; valid: number; common: number } {
  let total = 0
  let damaged = 0
  let hits = 0
  for (const c of decodeAll(bytes, encoding)) {
    const code = c.codePointAt(0)!
    if (code < 0x80) continue
    total++
    if (code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff)) damaged++
    else if (common.has(c)) hits++
    // full-width punctuation and digits belong to any Chinese text
    else if ((code >= 0x3000 && code <= 0x303f) || (code >= 0xff00 && code <= 0xffef)) hits += 0.7
  }
  if (!total) return { score: 0, valid: 0, common: 0 }
  const valid = 1 - damaged / total
  const share = hits / total
  return { score: Math.max(0, valid - 4 * (1 - valid)) * (0.25 + share), valid, common: share }
}

/** Western text has its bytes beyond ASCII one by one, between letters. */
function westernScore(bytes: Buffer): { score: number; valid: number; common: number } {
  let high = 0
  let alone = 0
  let undefinedBytes = 0
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i]!
    if (c < 0x80) continue
    high++
    if (c === 0x81 || c === 0x8d || c === 0x8f || c === 0x90 || c === 0x9d) undefinedBytes++
    const before = bytes[i - 1] ?? 32
    const after = bytes[i + 1] ?? 32
    if (before < 0x80 && after < 0x80) alone++
    else if ((before >= 0xc0 && after < 0x80) || (after >= 0xc0 && before < 0x80)) alone += 0.3
  }
  if (!high) return { score: 0, valid: 1, common: 0 }
  const valid = 1 - undefinedBytes / high
  const share = alone / high
  return { score: Math.max(0, share * 1.2 - 0.3) * valid, valid, common: share }
}

function mostlyUtf8(piece: Buffer): boolean {
  const lines = linesBeyondAscii(piece)
  return lines.filter((l) => isUtf8(l)).length === lines.length
}

/** Lines that hold bytes above 127; the cut ends of a piece are left out by the caller. */
function linesBeyondAscii(piece: Buffer): Buffer[] {
  const found: Buffer[] = []
  let start = 0
  for (let i = 0; i <= piece.length; i++) {
    if (i < piece.length && piece[i] !== 10 && piece[i] !== 13) continue
    if (i > start) {
      const line = piece.subarray(start, i)
      if (!isAsciiOnly(line)) found.push(line)
    }
    start = i + 1
  }
  return found
}

function isAsciiOnly(line: Buffer): boolean {
  for (let i = 0; i < line.length; i++) if (line[i]! >= 0x80) return false
  return true
}

function utf16WithoutMark(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const n = Math.min(head.length, 65_536) & ~1
  const zeros = [0, 0]
  for (let i = 0; i < n; i++) if (head[i] === 0) zeros[i & 1]!++
  const total = zeros[0]! + zeros[1]!
  if (n < 4 || total * 10 < n) return undefined
  if (zeros[1]! > zeros[0]! * 20) return 'utf-16le'
  return zeros[0]! > zeros[1]! * 20 ? 'utf-16be' : undefined
}
