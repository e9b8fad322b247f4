import type { Text } from '../../../base/text.ts'
import type { Inspection, ReadPlan } from '../../contract.ts'
import { defaultLimits, type ReadLimits } from '../../limits.ts'
import { InputError } from '../../../base/errors.ts'
import { nameColumns } from '../columns.ts'
import { inferColumns } from '../types/columns.ts'
import { alignedToTabs } from './aligned.ts'
import { detectDialect } from './dialect.ts'
import { splitRecord } from './fields.ts'
import { odd, recordParser } from './record.ts'

/** Parts of a CSV as UTF-8: the first from the beginning of the file, later ones from a line start. */
export interface TextPiece {
  readonly text: Buffer
  readonly last: boolean
}

const sampleRows = 100
const rowsPerPiece = 1_000

/**
 * @param parts decoded parts of the file
 * @param scale size of the file divided by the size of the pieces, to estimate rows
 */
export function inspectCsv(
  parts: readonly TextPiece[],
  scale: number,
  name: string,
  choice: Partial<ReadPlan> = {},
  limits: ReadLimits = defaultLimits,
): Inspection {
  const first = parts[0]!
  const head = stripBom(first.text)
  const dialect = detectDialect(head, first.last, choice)
  const delimiter = dialect.delimiter === ' +' ? '\t' : dialect.delimiter
  const pieces =
    dialect.delimiter === ' +'
      ? parts.map((p) => ({ ...p, text: Buffer.from(alignedToTabs(p.text.toString('utf8'))) }))
      : parts
  if (dialect.fields > limits.columns)
    throw new InputError('too_many_columns', { file: name, columns: dialect.fields, limit: limits.columns })
  const warnings: { code: string; text: Text }[] = []
  let cells = dialect.header ? [...dialect.headerCells] : Array.from({ length: dialect.fields }, () => '')
  // a header that ends with delimiters the rows do not have, or the reverse
  while (cells.length > dialect.fields && !cells.at(-1)!.trim()) cells.pop()
  let fields = dialect.fields
  if (dialect.header && cells.length !== fields) {
    if (cells.length === fields - 1) {
      const rows = rowsOf(pieces, dialect, delimiter, fields, 200).rows
      const lastEmpty = rows.every((r) => !r.at(-1))
      cells = lastEmpty ? [...cells, ''] : ['', ...cells]
      warnings.push({
        code: 'ragged_header',
        text: {
          zh: `表头比数据少一列：已在${lastEmpty ? '末尾' : '开头'}补一列。`,
          en: `The header has one column less than the rows: a column was added at the ${lastEmpty ? 'end' : 'beginning'}.`,
        },
      })
    } else if (!choice.columns) {
      fields = cells.length
      warnings.push({
        code: 'ragged_header',
        text: {
          zh: `表头有 ${cells.length} 列，而多数行有 ${dialect.fields} 列：列数不符的行会进入隔离区。`,
          en: `The header has ${cells.length} columns but most rows have ${dialect.fields}: rows that do not fit go to quarantine.`,
        },
      })
    }
  }
  const named = dialect.header ? nameColumns(cells) : { names: cells.map((_, i) => `column_${i + 1}`), warnings: [] }
  const columns = choice.columns ?? named.names
  const { rows, odd: bad, total } = rowsOf(pieces, dialect, delimiter, columns.length, rowsPerPiece)
  if (dialect.fields === 1 && dialect.delimiter !== ' +')
    warnings.push({
      code: 'one_column',
      text: {
        zh: '没有找到分隔符，按单列读取；若不对，请指定分隔符。',
        en: 'No delimiter was found and the file is read as one column; name the delimiter if that is wrong.',
      },
    })
  if (dialect.delimiter === ' +')
    warnings.push({
      code: 'aligned_text',
      text: {
        zh: '列由空格对齐，没有分隔符：每行按空白拆分。',
        en: 'The columns are aligned by blanks: each line is split at white space.',
      },
    })
  if (bad > 0)
    warnings.push({
      code: 'bad_rows',
      text: {
        zh: `看过的 ${total} 行里有 ${bad} 行列数不符或引号未闭合，会进入隔离区。`,
        en: `${bad} of the ${total} rows looked at have the wrong number of fields or an unclosed quote; they go to quarantine.`,
      },
    })
  const inferred = inferColumns(columns, rows)
  return {
    plan: {
      format: 'csv',
      delimiter: dialect.delimiter,
      skipLines: dialect.skipLines,
      header: dialect.header,
      columns,
    },
    reasons: dialect.reasons,
    warnings: [...warnings, ...named.warnings, ...inferred.warnings],
    head: head
      .toString('utf8', 0, 20_000)
      .split(/\r\n|\n|\r/, 20)
      .map((l) => l.slice(0, 1000)),
    columns: inferred.columns,
    sample: rows.slice(0, sampleRows),
    estimatedRows: Math.max(0, Math.round(total * scale)),
  }
}

function stripBom(text: Buffer): Buffer {
  return text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? text.subarray(3) : text
}

/** Rows of the right width from all pieces; `total` counts every row seen, `odd` those that do not fit. */
function rowsOf(
  pieces: readonly TextPiece[],
  dialect: { skipLines: number; header: boolean },
  delimiter: string,
  fields: number,
  perPiece: number,
): { rows: (string | null)[][]; total: number; odd: number } {
  const parser = recordParser(delimiter)
  const rows: (string | null)[][] = []
  let total = 0
  let misfit = 0
  pieces.forEach((piece, p) => {
    const text = p === 0 ? stripBom(piece.text) : piece.text
    let at = 0
    let taken = 0
    if (p === 0) {
      for (let i = 0; i < dialect.skipLines; i++) at = nextLine(text, at)
    }
    let header = p === 0 && dialect.header
    while (at < text.length) {
      const start = at
      at = parser.next(text, start, text.length, true)
      if (at >= text.length && !piece.last) break
      const isBlank =
        parser.fields === 1 &&
        !text.toString('utf8', start, Math.min(parser.contentEnd, start + 64)).trim() &&
        parser.contentEnd - start < 64
      if (isBlank) continue
      if (header) {
        header = false
        continue
      }
      const fits = parser.fields === fields && !(parser.flags & odd.unterminated)
      // inside a file a piece may begin within a quoted field: its first misfits tell nothing
      if (!fits && p > 0 && taken === 0) continue
      total++
      if (!fits) misfit++
      else if (taken < perPiece) {
        taken++
        rows.push(
          splitRecord(text.toString('utf8', start, parser.contentEnd), delimiter).map((c) => (c === '' ? null : c)),
        )
      }
    }
  })
  return { rows, total, odd: misfit }
}

function nextLine(text: Buffer, at: number): number {
  for (let i = at; i < text.length; i++) {
    if (text[i] === 10) return i + 1
    if (text[i] === 13) return text[i + 1] === 10 ? i + 2 : i + 1
  }
  return text.length
}
