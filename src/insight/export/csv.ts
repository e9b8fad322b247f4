import iconv from 'iconv-lite'
import type { Locale } from '../../base/text.ts'
import type { Row } from '../../warehouse/index.ts'
import type { ResultColumn } from '../contract.ts'
import { escapeFormula } from './formula.ts'

export interface CsvOptions {
  readonly locale: Locale
  /** `utf-8-bom` opens rightly in Excel; `gb18030` for older Chinese programs. */
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'gb18030'
}

export type FileColumn = Pick<ResultColumn, 'name' | 'text' | 'type' | 'values'>

/** A table as CSV bytes (RFC 4180, CRLF), a chunk per 1,000 rows. Texts are formula-escaped, numbers stay numbers. */
export async function* csv(
  columns: readonly FileColumn[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  options: CsvOptions,
): AsyncGenerator<Uint8Array> {
  const encode = (text: string): Uint8Array =>
    options.encoding === 'gb18030' ? iconv.encode(text, 'gb18030') : Buffer.from(text, 'utf8')
  const bom = options.encoding === 'utf-8-bom' ? '\ufeff' : ''
  let lines = [bom + columns.map((c) => quote(escapeFormula(c.text[options.locale]))).join(',')]
  for await (const row of rows) {
    lines.push(columns.map((c) => cell(row[c.name], c, options.locale)).join(','))
    if (lines.length === 1000) {
      yield encode(lines.join('\r\n') + '\r\n')
      lines = []
    }
  }
  if (lines.length) yield encode(lines.join('\r\n') + '\r\n')
}

function cell(value: unknown, column: FileColumn, locale: Locale): string {
  if (value === null || value === undefined) return ''
  if (column.type === 'date') return quote(escapeFormula(dayText(value)))
  if (column.type === 'text') return quote(escapeFormula(column.values?.[String(value)]?.[locale] ?? String(value)))
  const n = Number(value)
  // A numeric column never carries text, so a minus sign is a number's and needs no escape.
  if (!Number.isFinite(n)) return ''
  return String(column.type === 'money' ? Math.round(n * 100) / 100 : n)
}

export function dayText(value: unknown): string {
  if (value instanceof Date) {
    const text = value.toISOString()
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
  }
  // Timestamps come as ISO text; a date column shows the day.
  return /^\d{4}-\d{2}-\d{2}T/.test(String(value)) ? String(value).slice(0, 10) : String(value)
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
