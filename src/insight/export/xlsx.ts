import type { CellStyle, CellValue, WriteSheet } from 'hucre'
import { writeXlsx } from 'hucre/xlsx'
import type { Locale } from '../../base/text.ts'
import type { Row } from '../../warehouse/index.ts'
import { dayText, type FileColumn } from './csv.ts'
import { escapeFormula } from './formula.ts'

export interface Sheet {
  readonly name: string
  /** Lines above the table: title, definition, period. */
  readonly notes?: readonly string[]
  readonly columns: readonly FileColumn[]
  readonly rows: readonly Row[]
}

const formats: Readonly<Record<FileColumn['type'], string>> = {
  text: '@',
  date: 'yyyy-mm-dd',
  int: '#,##0',
  number: '#,##0.##',
  money: '#,##0.00',
  percent: '0.0%',
}
const header: CellStyle = {
  font: { bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: '1F5FA8' } },
  alignment: { vertical: 'center', wrapText: true },
}
const title: CellStyle = { font: { bold: true, size: 14 } }
const note: CellStyle = { font: { color: { rgb: '6B7280' } } }

/**
 * Sheets with typed cells: numbers, money, shares and days as such, everything else as text, so that phones and ids
 * keep their leading zeros. Texts that look like formulas are escaped: the file may be saved as CSV by its reader.
 */
export async function xlsx(sheets: readonly Sheet[], locale: Locale): Promise<Uint8Array> {
  const names = new Set<string>()
  return writeXlsx({ sheets: sheets.map((sheet) => writeSheet(sheet, locale, sheetName(sheet.name, names))) })
}

function writeSheet(sheet: Sheet, locale: Locale, name: string): WriteSheet {
  const notes = sheet.notes ?? []
  const above = notes.length ? notes.length + 1 : 0
  const table = sheet.rows.map((row) => sheet.columns.map((c) => cellValue(row[c.name], c, locale)))
  const rows: CellValue[][] = [
    ...notes.map((text) => [escapeFormula(text)]),
    ...(above ? [[]] : []),
    sheet.columns.map((c) => escapeFormula(c.text[locale])),
    ...table,
  ]
  const cells = new Map<string, { style: CellStyle }>()
  notes.forEach((_, i) => cells.set(`${i},0`, { style: i ? note : title }))
  sheet.columns.forEach((column, x) => {
    cells.set(`${above},${x}`, { style: header })
    for (let y = 0; y < table.length; y++)
      cells.set(`${above + 1 + y},${x}`, { style: { numFmt: formats[column.type] } })
  })
  return {
    name,
    rows,
    cells,
    columns: sheet.columns.map((c) => ({ width: widthOf(c, table.length ? sheet.rows : [], locale) })),
    ...(sheet.columns.length ? { freezePane: { rows: above + 1 } } : {}),
  }
}

function cellValue(value: unknown, column: FileColumn, locale: Locale): CellValue {
  if (value === null || value === undefined) return null
  if (column.type === 'text')
    return escapeFormula(column.values?.[String(value)]?.[locale] ?? String(value)).slice(0, 32_767)
  if (column.type === 'date') {
    const at = value instanceof Date ? value : new Date(`${String(value).slice(0, 10)}T00:00:00Z`)
    return Number.isNaN(at.getTime()) ? escapeFormula(dayText(value)) : at
  }
  const n = Number(value)
  return Number.isFinite(n) ? n : null
}

/** Excel allows 31 characters, none of `\ / ? * [ ] :`, and no name twice. */
function sheetName(wanted: string, taken: Set<string>): string {
  const base =
    wanted
      .replace(/[\\/?*[\]:]/g, ' ')
      .trim()
      .slice(0, 31) || 'Sheet'
  let name = base
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base.slice(0, 27)} ${n}`
  taken.add(name.toLowerCase())
  return name
}

function widthOf(column: FileColumn, rows: readonly Row[], locale: Locale): number {
  const length = (text: string): number => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? 2 : 1), 0)
  const shown = rows
    .slice(0, 200)
    .map((row) =>
      length(column.type === 'text' ? String(cellValue(row[column.name], column, locale) ?? '') : '000,000,000'),
    )
  return Math.min(60, Math.max(10, length(column.text[locale]), ...shown) + 2)
}
