import { isUtf8 } from 'node:buffer'
import { InputError } from '../../base/errors.ts'
import type { Inspection, ReadPlan } from '../contract.ts'
import type { ReadLimits } from '../limits.ts'
import { inspectCsv, type TextPiece } from './csv/inspect.ts'
import { decodeAll, type Decodable } from './encoding/decode.ts'
import { detectEncoding, type DetectedEncoding } from './encoding/detect.ts'
import { detectMojibake, repairMojibake } from './encoding/mojibake.ts'
import type { inspectJson } from './json/inspect.ts'
import { parseLine } from './json/inspect.ts'
import type { Material, Materials } from './materials.ts'
import { samplePieces, type Piece } from './sample.ts'

/** Text of any encoding: CSV and its kin, JSON or NDJSON. */
export async function inspectText(
  material: Material,
  choice: Partial<ReadPlan>,
  limits: ReadLimits,
  materials: Materials,
  json: typeof inspectJson,
  signal?: AbortSignal,
): Promise<Inspection> {
  const { pieces, bytes } = await samplePieces(material.path)
  const detected: DetectedEncoding = choice.encoding
    ? {
        encoding: choice.encoding,
        confidence: 1,
        reason: { zh: `编码由人选定：${choice.encoding}`, en: `the encoding was chosen: ${choice.encoding}` },
        warnings: [],
      }
    : detectEncoding(pieces.map((p, i) => wholeLines(p, i, 1)))
  const { encoding } = detected
  const decodable: Decodable = encoding === 'mixed' ? 'utf-8' : encoding
  const unit = encoding.startsWith('utf-16') ? 2 : 1
  const texts = pieces.map((p, i) => {
    const text = decodeAll(wholeLines(p, i, unit, encoding === 'utf-16be'), decodable)
    return choice.repair ? repairMojibake(text, choice.repair) : text
  })
  const head = texts[0]!
  if (!head.replaceAll('\ufeff', '').trim() && bytes < 4 * 1024 * 1024)
    throw new InputError('file_empty', { file: material.name })
  if (/^\s*<(?:!doctype html|html|head|meta|table|body)/i.test(head))
    throw new InputError('wrong_extension', { file: material.name, kind: 'HTML' })

  const mojibake = choice.repair === undefined && unit === 1 ? detectMojibake(texts.join('\n')) : undefined
  const warnings = [...detected.warnings]
  if (mojibake)
    warnings.push({
      code: 'mojibake',
      text: {
        zh: `有乱码：文本曾被错误解码（${mojibake.example.zh}）。可选择“修复”后重新读取。`,
        en: `Garbled text: it was once decoded wrongly (${mojibake.example.en}). Choose "repair" to undo it.`,
      },
    })
  const base = (inspection: Inspection): Inspection => ({
    ...inspection,
    plan: { ...inspection.plan, encoding, ...(choice.repair ? { repair: choice.repair } : {}) },
    reasons: [detected.reason, ...inspection.reasons],
    warnings: [...warnings, ...inspection.warnings],
    ...(mojibake ? { choices: { ...inspection.choices, repair: [mojibake.repair] } } : {}),
  })

  const format = choice.format === 'csv' ? undefined : jsonKind(head, pieces[0]!.last)
  if (format) {
    const plain = await materials.text(material, { encoding, repair: choice.repair }, signal)
    return base(await json(plain.path, material.name, format, choice, limits))
  }
  const seen = pieces.reduce((n, p) => n + p.bytes.length, 0)
  const csv: TextPiece[] = texts.map((text, i) => ({
    text: utf8Of(text, pieces[i]!, i, encoding, choice),
    last: pieces[i]!.last,
  }))
  return base(inspectCsv(csv, bytes / Math.max(1, seen), material.name, choice, limits))
}

/** UTF-8 stays as it lies in the file, so that what is looked at is what will be read. */
function utf8Of(text: string, piece: Piece, i: number, encoding: string, choice: Partial<ReadPlan>): Buffer {
  if ((encoding === 'utf-8' || encoding === 'mixed') && !choice.repair) return wholeLines(piece, i, 1)
  return Buffer.from(text)
}

/** A piece without the cut lines at its ends (whole when it holds no line end). */
function wholeLines(piece: Piece, i: number, unit: 1 | 2, bigEndian = false): Buffer {
  let { bytes } = piece
  const lf = unit === 1 ? Buffer.from([10]) : bigEndian ? Buffer.from([0, 10]) : Buffer.from([10, 0])
  const find = (from: number, last: boolean): number => {
    let at = last ? bytes.lastIndexOf(lf) : bytes.indexOf(lf, from)
    // a line end of UTF-16 lies on an even byte
    while (at >= 0 && at % unit !== 0) at = last ? bytes.lastIndexOf(lf, at - 1) : bytes.indexOf(lf, at + 1)
    return at
  }
  if (i > 0) {
    const at = find(0, false)
    if (at >= 0) bytes = bytes.subarray(at + unit)
  }
  if (!piece.last) {
    const at = find(0, true)
    if (at >= 0) bytes = bytes.subarray(0, at + unit)
  }
  if (unit === 1 && !isUtf8(bytes)) return bytes
  return unit === 2 ? bytes.subarray(0, bytes.length & ~1) : bytes
}

/** `[{…` or `[1,…` is a document; lines that are objects each are NDJSON; a CSV may begin with a brace too. */
function jsonKind(head: string, complete: boolean): 'json' | 'ndjson' | undefined {
  const start = head.replace(/^\ufeff/, '').trimStart()
  if (/^\[\s*(?:[{[\]"\d-]|true|false|null)/.test(start)) {
    if (complete && !/\]\s*$/.test(start) && !/^\[\s*\{/.test(start)) return undefined
    return 'json'
  }
  if (!/^\{\s*(?:"|\})/.test(start)) return undefined
  const lines = start
    .split('\n', 200)
    .map((l) => l.trim())
    .filter(Boolean)
  if (!complete && lines.length < 200) lines.pop()
  const objects = lines.filter((l) => parseLine(l)).length
  if (lines.length > 1 && objects * 2 >= lines.length) return 'ndjson'
  if (lines.length === 1 && objects === 1) return 'json'
  return 'json'
}
