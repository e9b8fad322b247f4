import type { ResultColumn } from '../api/types.ts'
import type { Format } from '../i18n/format.ts'

/** One value of a result column as people read it. */
export function show(f: Format, column: ResultColumn | undefined, value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  switch (column?.type) {
    case 'money':
      return f.money(Number(value))
    case 'percent':
      return f.pct(Number(value))
    case 'int':
    case 'number':
      if (column.unit === 'day') return f.days(Math.round(Number(value)))
      return f.n(Number(value), column.type === 'int' ? 0 : 2) + (column.unit ? ` ${column.unit}` : '')
    case 'date':
      return f.day(String(value))
    default:
      return f.text(column?.values?.[String(value)]) || String(value)
  }
}
