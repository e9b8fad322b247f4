import { InputError } from '../../../base/errors.ts'
import type { Text } from '../../../base/text.ts'
import type { Inspection, ReadPlan } from '../../contract.ts'
import type { ReadLimits } from '../../limits.ts'
import { nameColumns } from '../columns.ts'
import { looksLikeHeader } from '../csv/header.ts'
import { inferColumns } from '../types/columns.ts'
import { withWorkbook, type Sheet, type Workbook } from './package.ts'
import { readSheet, type SheetNotes, type SheetRow } from './sheet.ts'

const headRows = 5_000
/** The rest of a long sheet is read only once, when it is prepared. */
const lookRows = 20_000
const maxTitles = 20

/** @throws InputError sheet_not_found, not_a_table, archive_bomb, xlsx_damaged */
export async function inspectXlsx(
  path: string,
  name: string,
  choice: Partial<ReadPlan>,
  limits: ReadLimits,
  signal?: AbortSignal,
): Promise<Inspection> {
  return withWorkbook(path, name, limits, async (book) => {
    const warnings: { code: string; text: Text }[] = []
    const { sheet, rows, notes, total } = await chooseSheet(book, choice.sheet, limits, signal)
    const hidden = book.sheets.filter((s) => s.hidden)
    if (hidden.length)
      warnings.push({
        code: 'hidden_sheets',
        text: {
          zh: `工作簿有隐藏的工作表：${hidden.map((s) => s.name).join('，')}。`,
          en: `The workbook has hidden sheets: ${hidden.map((s) => s.name).join(', ')}.`,
        },
      })
    const table = layout(rows, choice)
    if (table.columns.length > limits.columns)
      throw new InputError('too_many_columns', { file: name, columns: table.columns.length, limit: limits.columns })
    const columns = choice.columns ?? table.columns
    const cells = table.data.map((r) => columns.map((_c, i) => r.cells[i] ?? null))
    const inferred = inferColumns(columns, cells)
    const headerRows = table.skip + (table.header ? 1 : 0)
    return {
      plan: { format: 'xlsx', sheet: sheet.name, skipLines: table.skip, header: table.header, columns },
      reasons: [
        { zh: `工作表“${sheet.name}”：${columns.length} 列`, en: `sheet "${sheet.name}": ${columns.length} columns` },
        table.header
          ? {
              zh: `第 ${table.headerLine} 行是表头${table.skip ? `，其上 ${table.skip} 行为标题，已跳过` : ''}`,
              en: `row ${table.headerLine} is the header${table.skip ? `; ${table.skip} title rows above it are skipped` : ''}`,
            }
          : { zh: '没有表头', en: 'no header row' },
      ],
      warnings: [...warnings, ...table.warnings, ...noteWarnings(notes), ...inferred.warnings],
      head: rows.slice(0, 20).map((r) =>
        Array.from(r.cells, (c) => c ?? '')
          .join(' | ')
          .slice(0, 1000),
      ),
      columns: inferred.columns,
      sample: cells.slice(0, 100),
      ...(book.sheets.length > 1 ? { choices: { sheets: book.sheets.map((s) => s.name) } } : {}),
      estimatedRows: Math.max(0, total - headerRows),
    }
  })
}

/** The chosen sheet, or the first visible one with at least two rows, else the first with any. */
async function chooseSheet(
  book: Workbook,
  wanted: string | undefined,
  limits: ReadLimits,
  signal?: AbortSignal,
): Promise<{ sheet: Sheet; rows: SheetRow[]; notes: SheetNotes; total: number }> {
  const read = async (sheet: Sheet): Promise<{ sheet: Sheet; rows: SheetRow[]; notes: SheetNotes; total: number }> => {
    const rows: SheetRow[] = []
    let total = 0
    const notes = await readSheet(
      book,
      sheet,
      limits,
      {
        row(row) {
          total++
          if (rows.length < headRows) rows.push(row)
          return total < lookRows
        },
      },
      signal,
    )
    return { sheet, rows, notes, total: total < lookRows ? total : Math.max(total, notes.lastRow ?? 0) }
  }
  if (wanted !== undefined) {
    const sheet = findSheet(book, wanted)
    return read(sheet)
  }
  let fallback: Awaited<ReturnType<typeof read>> | undefined
  for (const sheet of [...book.sheets].sort((a, b) => Number(a.hidden) - Number(b.hidden))) {
    const found = await read(sheet)
    if (found.total >= 2 && !sheet.hidden) return found
    if (found.total && (!fallback || found.total > fallback.total)) fallback = found
  }
  if (!fallback) throw new InputError('file_empty', { file: book.name })
  return fallback
}

export function findSheet(book: Workbook, name: string): Sheet {
  const sheet = book.sheets.find((s) => s.name === name)
  if (!sheet)
    throw new InputError('sheet_not_found', {
      file: book.name,
      sheet: name,
      known: book.sheets.map((s) => s.name).join(', '),
    })
  return sheet
}

interface Layout {
  /** Filled rows above the header. */
  readonly skip: number
  readonly header: boolean
  readonly headerLine: number
  readonly columns: readonly string[]
  readonly data: readonly SheetRow[]
  readonly warnings: readonly { readonly code: string; readonly text: Text }[]
}

function layout(rows: readonly SheetRow[], choice: Partial<ReadPlan>): Layout {
  const filled = (r: SheetRow | undefined): number =>
    r ? r.cells.filter((c) => c !== undefined && c !== null).length : 0
  const widths = rows
    .slice(0, 200)
    .map(filled)
    .sort((a, b) => a - b)
  const usual = widths[Math.floor(widths.length * 0.75)] ?? 1
  let skip = 0
  if (choice.skipLines !== undefined) skip = choice.skipLines
  else {
    const thin = (r: SheetRow | undefined): boolean => filled(r) * 2 < usual || (usual >= 3 && filled(r) === 1)
    while (skip < Math.min(maxTitles, rows.length - 1) && thin(rows[skip])) skip++
    if (thin(rows[skip])) skip = 0
  }
  const first = rows[skip]
  const below = rows.slice(skip + 1, skip + 200)
  const width = Math.max(first?.cells.length ?? 0, ...rows.slice(skip).map((r) => r.cells.length), 1)
  const text = (r: SheetRow): string[] => Array.from({ length: width }, (_u, i) => r.cells[i] ?? '')
  const header = choice.header ?? (first ? looksLikeHeader(text(first), below.map(text)) : false)
  const named =
    header && first
      ? nameColumns(text(first))
      : { names: Array.from({ length: width }, (_u, i) => `column_${i + 1}`), warnings: [] }
  return {
    skip,
    header,
    headerLine: first?.line ?? 0,
    columns: named.names,
    data: rows.slice(skip + (header ? 1 : 0)),
    warnings: named.warnings,
  }
}

export function noteWarnings(notes: SheetNotes): { code: string; text: Text }[] {
  const found: { code: string; text: Text }[] = []
  if (notes.formulas)
    found.push({
      code: 'formula_cells',
      text: {
        zh: `${notes.formulas} 个公式单元格：取上次计算的值${notes.uncalculated ? `；其中 ${notes.uncalculated} 个从未计算，按空值处理（请在 Excel 中打开并保存一次）` : ''}。`,
        en: `${notes.formulas} formula cells: their last calculated value is taken${notes.uncalculated ? `; ${notes.uncalculated} were never calculated and are empty (open and save the file in Excel once)` : ''}.`,
      },
    })
  if (notes.errors)
    found.push({
      code: 'error_cells',
      text: {
        zh: `${notes.errors} 个错误单元格按空值处理：${notes.errorCells.join('，')}。`,
        en: `${notes.errors} error cells are read as empty: ${notes.errorCells.join(', ')}.`,
      },
    })
  return found
}
