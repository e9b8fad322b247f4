import { createReadStream } from 'node:fs'
import type { Encoding } from './detect.ts'
import { alignedToTabs } from '../csv/aligned.ts'
import { byteWriter } from '../byte-writer.ts'
import { streamDecoder, type Decodable } from './decode.ts'
import { repairMojibake, type Repair } from './mojibake.ts'

export interface TextForm {
  readonly encoding: Encoding
  readonly repair?: Repair
  /** Columns aligned by blanks: runs of blanks become one TAB. */
  readonly aligned?: boolean
}

/** Whether a file must be rewritten before the CSV scanner can read it. `mixed` is UTF-8 with foreign lines. */
export function needsTranscoding(form: TextForm): boolean {
  return !(form.encoding === 'utf-8' || form.encoding === 'mixed') || form.repair !== undefined || form.aligned === true
}

/**
 * Write a text file anew as UTF-8. Bytes that cannot be decoded become U+FFFD, and a line that is plainly UTF-8 inside
 * a GB18030 or Big5 file gets one at its end: the scanner puts both into quarantine.
 */
export async function transcode(from: string, to: string, form: TextForm, signal?: AbortSignal): Promise<void> {
  const encoding: Decodable = form.encoding === 'mixed' ? 'utf-8' : form.encoding
  const legacy = encoding === 'gb18030' || encoding === 'big5'
  const decoder = streamDecoder(encoding)
  const writer = await byteWriter(to)
  let rest = ''
  // whole lines, so that a repair or an alignment never sees half a run
  const write = (text: string, last: boolean): void => {
    const all = rest + text
    const cut = last || all.length > 8 * 1024 * 1024 ? all.length : all.lastIndexOf('\n') + 1
    rest = all.slice(cut)
    let lines = all.slice(0, cut)
    if (form.repair) lines = repairMojibake(lines, form.repair)
    if (form.aligned) lines = alignedToTabs(lines)
    writer.text(lines)
  }
  let carry: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of createReadStream(from, { highWaterMark: 1024 * 1024, signal })) {
      if (!legacy) write(decoder.write(chunk as Buffer), false)
      else {
        const bytes: Buffer = carry.length ? Buffer.concat([carry, chunk as Buffer]) : (chunk as Buffer)
        // 0x0A is never the second byte of a character in these encodings
        const cut = bytes.lastIndexOf(10) + 1
        if (!cut && bytes.length < 8 * 1024 * 1024) {
          carry = Buffer.from(bytes)
          continue
        }
        const until = cut || bytes.length
        carry = Buffer.from(bytes.subarray(until))
        write(markForeign(bytes.subarray(0, until), decoder.write(bytes.subarray(0, until))), false)
      }
      await writer.drain()
    }
    if (carry.length) write(markForeign(carry, decoder.write(carry)), false)
    write(decoder.end(), true)
  } finally {
    await writer.close()
  }
}

/** A wrongly decoded UTF-8 Chinese line shows characters that GB18030 and Big5 text hardly has: look closer only then. */
function markForeign(bytes: Buffer, decoded: string): string {
  if (!hasUtf8Run(bytes)) return decoded
  const from: string[] = decoded.split('\n')
  let start = 0
  return from
    .map((line) => {
      const end = bytes.indexOf(10, start)
      const raw = bytes.subarray(start, end < 0 ? bytes.length : end)
      start = end < 0 ? bytes.length : end + 1
      if (!hasUtf8Run(raw)) return line
      const text = new TextDecoder('utf-8', { fatal: false }).decode(raw)
      if (text.includes('\ufffd') || !/[\u4e00-\u9fff]{2}/.test(text)) return line
      return text.replace(/(\r?)$/, '\ufffd$1')
    })
    .join('\n')
}

/** Two UTF-8 Chinese characters in a row, by their bytes. */
function hasUtf8Run(bytes: Buffer): boolean {
  for (let i = 0; i + 5 < bytes.length; i++) {
    const c = bytes[i]!
    if (c < 0xe4 || c > 0xe9) continue
    const d = bytes[i + 3]!
    if (
      d >= 0xe4 &&
      d <= 0xe9 &&
      cont(bytes[i + 1]!) &&
      cont(bytes[i + 2]!) &&
      cont(bytes[i + 4]!) &&
      cont(bytes[i + 5]!)
    )
      return true
  }
  return false
}

function cont(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf
}
