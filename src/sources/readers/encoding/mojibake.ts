import { isUtf8 } from 'node:buffer'
import type { Text } from '../../../base/text.ts'
import type { ReadPlan } from '../../contract.ts'
import { commonSimplified, commonTraditional } from './common-characters.ts'
import { encode } from './decode.ts'

export type Repair = NonNullable<ReadPlan['repair']>

/** Runs of text beyond ASCII: the unit that was decoded wrongly. */
const runs = /\P{ASCII}+/gu

/** Bytes of windows-1252 that have no character come out as C1 controls. */
function latinBytes(text: string): Buffer | undefined {
  const bytes: number[] = []
  for (const c of text) {
    const code = c.codePointAt(0)!
    if (code < 0x100) bytes.push(code)
    else {
      const encoded = encode(c, 'windows-1252')
      if (encoded.length !== 1 || encoded[0] === 0x3f) return undefined
      bytes.push(encoded[0]!)
    }
  }
  return Buffer.from(bytes)
}

function reversed(run: string, repair: Repair): string | undefined {
  const bytes = repair === 'utf8_as_gbk' ? encode(run, 'gb18030') : latinBytes(run)
  if (!bytes || !isUtf8(bytes)) return undefined
  const text = bytes.toString('utf8')
  return text.length < run.length && !text.includes('\ufffd') ? text : undefined
}

/** Undo a wrong decoding run by run; runs that cannot be undone stay as they are. */
export function repairMojibake(text: string, repair: Repair): string {
  return text.replace(runs, (run) => reversed(run, repair) ?? run)
}

/**
 * UTF-8 that was once decoded as GBK (`涓枃`) or as windows-1252 (`ä¸­æ–‡`) and saved again: told by the fact that
 * undoing it gives valid, more frequent characters.
 */
export function detectMojibake(text: string): { repair: Repair; share: number; example: Text } | undefined {
  const found = [...text.slice(0, 500_000).matchAll(runs)]
    .map((m) => m[0])
    .filter((r) => r.length >= 2)
    .slice(0, 5000)
  if (found.length < 1) return undefined
  for (const repair of ['utf8_as_latin1', 'utf8_as_gbk'] as const) {
    let undone = 0
    let better = 0
    let example: Text | undefined
    for (const run of found) {
      const back = reversed(run, repair)
      if (back === undefined) continue
      undone++
      if (
        repair === 'utf8_as_latin1'
          ? /[\u00c0-\u024f\u4e00-\u9fff\u2010-\u203a\u3000-\u30ff]/.test(back)
          : commonShare(back) > commonShare(run) + 0.2
      ) {
        better++
        example ??= {
          zh: `“${run.slice(0, 20)}”应为“${back.slice(0, 20)}”`,
          en: `"${run.slice(0, 20)}" should be "${back.slice(0, 20)}"`,
        }
      }
    }
    const share = better / found.length
    if (example && share >= (repair === 'utf8_as_gbk' ? 0.3 : 0.5) && better * 2 >= undone)
      return { repair, share, example }
  }
  return undefined
}

function commonShare(text: string): number {
  let hits = 0
  let total = 0
  for (const c of text) {
    total++
    if (commonSimplified.has(c) || commonTraditional.has(c)) hits++
  }
  return total ? hits / total : 0
}
