import { InputError } from '../../../base/errors.ts'
import type { ReadLimits } from '../../limits.ts'
import type { Sheet, Workbook } from './package.ts'
import { sharedStrings, unescapeXml } from './strings.ts'
import { cellForms } from './styles.ts'
import { styledNumber } from './values.ts'

export interface SheetRow {
  /** Row of the sheet from 1. */
  readonly line: number
  /** Text per column from A; holes are undefined, empty cells null. */
  readonly cells: readonly (string | null | undefined)[]
}

/** What a sheet holds beside values. */
export interface SheetNotes {
  formulas: number
  /** Formula cells whose value was never calculated. */
  uncalculated: number
  errors: number
  /** `B3 #REF!` of the first few. */
  readonly errorCells: string[]
  merged: number
  /** Last row as the sheet declares it; for estimates only. */
  lastRow?: number
}

export interface ReadSheet {
  /** Told of each row that holds a value, in order. Return false to stop. */
  row(row: SheetRow): boolean | void
  pause?(): Promise<void>
}

/** Stream the rows of a sheet: formulas by their cached value, error cells as null, dates as ISO. */
export async function readSheet(
  book: Workbook,
  sheet: Sheet,
  limits: ReadLimits,
  reader: ReadSheet,
  signal?: AbortSignal,
): Promise<SheetNotes> {
  const folder = 'xl/'
  const strings = await sharedStrings(book, `${folder}sharedStrings.xml`, limits, signal)
  const forms = await cellForms(book, `${folder}styles.xml`)
  const notes: SheetNotes = { formulas: 0, uncalculated: 0, errors: 0, errorCells: [], merged: 0 }
  let line = 0
  let column = -1
  let cells: (string | null | undefined)[] = []
  let total = 0
  let type = ''
  let style = -1
  let formula = false
  let value: string | undefined
  let collecting = false
  let phonetic = false
  let stopped = false

  const endCell = (): void => {
    if (formula) {
      notes.formulas++
      if (value === undefined) notes.uncalculated++
    }
    let text: string | null = null
    if (value !== undefined) {
      if (type === 's') text = strings[Number(value)] ?? null
      else if (type === 'e') {
        notes.errors++
        if (notes.errorCells.length < 5) notes.errorCells.push(`${columnName(column)}${line} ${value.slice(0, 20)}`)
      } else if (type === 'b') text = value.trim() === '1' ? 'true' : 'false'
      else if (type === 'str' || type === 'inlineStr') text = unescapeXml(value)
      else if (type === 'd') text = value.replace(/T00:00:00(?:\.0+)?Z?$/, '').replace('T', ' ')
      else text = value.trim() === '' ? null : styledNumber(value, forms[style], book.date1904)
    }
    if (text === '') text = null
    if (text !== null) {
      if (++total > limits.workbookCells)
        throw new InputError('archive_bomb', { file: book.name, what: 'cells', limit: limits.workbookCells })
      if (column >= limits.columns)
        throw new InputError('too_many_columns', { file: book.name, columns: column + 1, limit: limits.columns })
      cells[column] = text
    }
  }

  await book.parse(
    sheet.part,
    {
      open(tag, a) {
        if (tag === 'row') {
          line = a.r ? Number(a.r) : line + 1
          column = -1
          cells = []
        } else if (tag === 'c') {
          column = a.r ? columnIndex(a.r) : column + 1
          type = a.t ?? 'n'
          style = a.s ? Number(a.s) : -1
          formula = false
          value = undefined
        } else if (tag === 'dimension') {
          const last = /(\d+)$/.exec(a.ref ?? '')?.[1]
          if (last) notes.lastRow = Number(last)
        } else if (tag === 'f') formula = true
        else if (tag === 'rPh') phonetic = true
        else if (tag === 'v' || (tag === 't' && !phonetic)) {
          collecting = true
          value ??= ''
        } else if (tag === 'mergeCell') notes.merged++
      },
      text(text) {
        if (collecting) value += text
      },
      close(tag) {
        if (tag === 'v' || tag === 't') collecting = false
        else if (tag === 'rPh') phonetic = false
        else if (tag === 'c') endCell()
        else if (tag === 'row' && cells.length && !stopped) stopped = reader.row({ line, cells }) === false
      },
      stop: () => stopped,
      pause: reader.pause,
    },
    signal,
  )
  return notes
}

/** `AB12` → 27. */
function columnIndex(ref: string): number {
  let n = 0
  for (let i = 0; i < ref.length; i++) {
    const c = ref.charCodeAt(i) & ~32
    if (c < 65 || c > 90) break
    n = n * 26 + c - 64
  }
  return n - 1
}

export function columnName(index: number): string {
  let name = ''
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) name = String.fromCharCode(65 + ((n - 1) % 26)) + name
  return name
}
