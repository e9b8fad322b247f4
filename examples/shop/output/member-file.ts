import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeXlsx } from 'hucre/xlsx'
import { cell, textFile, type RowFile } from './text-file.ts'

export type MemberRow = readonly (string | number)[]

/** Up to this many customers the membership system hands out a workbook, above it a CSV. */
export const workbookLimit = 20_000

export function memberFile(dir: string, columns: readonly string[], customers: number): RowFile<MemberRow> {
  if (customers > workbookLimit) {
    const file = textFile(dir, 'crm/members.csv', { header: columns.join(',') })
    return {
      path: file.path,
      write: (row) => file.write(row.map((v) => cell(String(v))).join(',')),
      close: () => file.close(),
    }
  }
  const path = 'crm/members.xlsx'
  const rows: (string | number | null)[][] = [[...columns]]
  return {
    path,
    write: (row) => rows.push(row.map((v) => (v === '' ? null : v))) - 1,
    async close() {
      // a fixed day instead of the clock: the same seed gives the same bytes
      const day = new Date(Date.UTC(2026, 9, 31))
      const data = await writeXlsx({
        sheets: [{ name: '会员', rows }],
        properties: { creator: '衣百川', created: day, modified: day },
      })
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      writeFileSync(join(dir, path), data)
      return { path, rows: rows.length - 1, bytes: data.length }
    },
  }
}
