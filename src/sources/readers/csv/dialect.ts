import type { Text } from '../../../base/text.ts'
import { splitRecord } from './fields.ts'
import { odd, recordParser } from './record.ts'
import { looksLikeHeader } from './header.ts'

export interface CsvDialect {
  /** `,` `;` TAB `|`, or ` +`: columns aligned by blanks. */
  readonly delimiter: string
  /** Fields each row has. */
  readonly fields: number
  /** Physical lines above the header, or above the first row without one. */
  readonly skipLines: number
  readonly header: boolean
  readonly headerCells: readonly string[]
  readonly reasons: readonly Text[]
}

export const delimiters = [',', ';', '\t', '|'] as const
const maxRecords = 1000
const maxTitles = 20

interface Line {
  readonly text: string
  readonly fields: number
  readonly lines: number
}

/** Tell the delimiter, the lines above the header and whether there is one, by how well the lines of `text` agree. */
export function detectDialect(
  text: Buffer,
  complete: boolean,
  choice: { delimiter?: string; skipLines?: number; header?: boolean } = {},
): CsvDialect {
  const candidates = choice.delimiter && choice.delimiter !== ' +' ? [choice.delimiter] : delimiters
  const tried = candidates.map((delimiter) => {
    const lines = readLines(text, delimiter, complete)
    const modal = modalFields(lines)
    const fit = lines.filter((l) => l.fields === modal).length
    const share = lines.length ? fit / lines.length : 0
    return { delimiter, lines, modal, fit, share, score: modal > 1 ? share * (1 - 1 / (modal + 1)) : 0 }
  })
  tried.sort((a, b) => b.score - a.score)
  let best = tried[0]!
  const aligned =
    choice.delimiter === ' +' || (!choice.delimiter && (best.score === 0 || best.share < 0.9))
      ? alignedColumns(text)
      : undefined
  if (aligned && (choice.delimiter === ' +' || aligned.share >= 0.95)) {
    const lines = aligned.lines.map((cells) => ({ text: cells.join('\t'), fields: cells.length, lines: 1 }))
    best = {
      delimiter: ' +',
      lines,
      modal: aligned.fields,
      fit: Math.round(aligned.share * lines.length),
      share: aligned.share,
      score: 1,
    }
  } else if (best.score === 0 || (best.share < 0.5 && !choice.delimiter)) {
    // one column: take a delimiter that does not occur
    const unused = delimiters.find((d) => !text.includes(d)) ?? '\u001f'
    const delimiter = choice.delimiter ?? unused
    const lines = readLines(text, delimiter, complete)
    best = { delimiter, lines, modal: 1, fit: lines.length, share: 1, score: 0 }
  }
  const split = best.delimiter === ' +' ? '\t' : best.delimiter
  const { lines, modal } = best
  const rows = lines.map((l) => splitRecord(l.text, split))
  let first = 0
  let skipLines = 0
  if (choice.skipLines !== undefined) {
    for (; first < lines.length && skipLines < choice.skipLines; first++) skipLines += lines[first]!.lines
    skipLines = choice.skipLines
  } else {
    while (first < Math.min(maxTitles, lines.length - 1) && isTitle(rows[first]!, rows[first + 1], modal)) {
      skipLines += lines[first]!.lines
      first++
    }
  }
  // blank lines between title and header are skipped by the reader anyway
  const headerCells = rows[first] ?? []
  const header = choice.header ?? looksLikeHeader(headerCells, rows.slice(first + 1, first + 200))
  const name = best.delimiter === '\t' ? 'TAB' : best.delimiter
  const reasons: Text[] = [
    modal > 1
      ? {
          zh: `分隔符“${name}”：${lines.length} 行中有 ${best.fit} 行为 ${modal} 列`,
          en: `delimiter "${name}": ${modal} columns in ${best.fit} of ${lines.length} lines`,
        }
      : { zh: '没有一致的分隔符：按单列读取', en: 'no delimiter fits: read as one column' },
    header
      ? { zh: `第 ${skipLines + 1} 行是表头`, en: `line ${skipLines + 1} is the header` }
      : { zh: '没有表头', en: 'no header line' },
  ]
  if (skipLines)
    reasons.push({ zh: `表头上方有 ${skipLines} 行标题，已跳过`, en: `${skipLines} title lines above it are skipped` })
  return { delimiter: best.delimiter, fields: Math.max(modal, 1), skipLines, header, headerCells, reasons }
}

/** Records of a sample; the last one is left out when it may be cut. Blank lines count to the record below them. */
function readLines(text: Buffer, delimiter: string, complete: boolean): Line[] {
  const parser = recordParser(delimiter)
  const found: Line[] = []
  let pending = 0
  for (let at = 0; at < text.length && found.length < maxRecords;) {
    const next = parser.next(text, at, text.length, true)
    if (next >= text.length && !complete && found.length && !(parser.flags & odd.unterminated)) break
    const content = text.toString('utf8', at, parser.contentEnd)
    at = next
    if (!content.trim()) {
      pending += parser.lines
      continue
    }
    found.push({ text: content, fields: parser.fields, lines: parser.lines + pending })
    pending = 0
  }
  return found
}

function modalFields(lines: readonly Line[]): number {
  const counts = new Map<number, number>()
  for (const { fields } of lines) if (fields > 0) counts.set(fields, (counts.get(fields) ?? 0) + 1)
  let best = 0
  let most = 0
  for (const [fields, n] of counts) if (n > most || (n === most && fields > best)) [best, most] = [fields, n]
  return best
}

/** A title line: a single filled cell (or half the columns missing) above a fuller line. */
function isTitle(cells: readonly string[], below: readonly string[] | undefined, modal: number): boolean {
  if (modal < 2 || !below) return false
  // Excel's own hint to itself: `sep=;`
  if (/^sep=.?$/i.test(cells.join('').trim())) return true
  const filled = cells.filter((c) => c.trim()).length
  if (cells.length === 1 || cells.length * 2 < modal) return true
  return modal >= 3 && filled <= 1 && cells.length !== modal - 1
}

/** Columns lined up by blanks, as old statistics files are: every line has the same number of words. */
function alignedColumns(text: Buffer): { fields: number; share: number; lines: string[][] } | undefined {
  const lines = text
    .toString('utf8', 0, Math.min(text.length, 65_536))
    .split(/\r\n|\n|\r/)
    .slice(0, 500)
  lines.pop()
  const words = lines.filter((l) => l.trim()).map((l) => l.trim().split(/[ \t]+/))
  if (words.length < 3 || !lines.some((l) => / {2}/.test(l.trim()))) return undefined
  const fields = modalFields(words.map((w) => ({ text: '', fields: w.length, lines: 1 })))
  const share = words.filter((w) => w.length === fields).length / words.length
  return fields > 1 ? { fields, share, lines: words } : undefined
}
