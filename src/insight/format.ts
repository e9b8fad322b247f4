import type { Locale } from '../base/text.ts'
import type { ResultColumn } from './contract.ts'

export type Shown = Pick<ResultColumn, 'type' | 'unit' | 'values'>

const numbers = {
  int: new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 }),
  number: new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 }),
  money: new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  percent: new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }),
}

/** One value as people read it: full digits, per cent with one decimal, an em dash for "none". */
export function show(value: unknown, column: Shown, locale: Locale): string {
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return '—'
  if (column.type === 'text') return column.values?.[String(value)]?.[locale] ?? String(value)
  if (column.type === 'date')
    return value instanceof Date ? value.toISOString().slice(0, 10) : String(value).slice(0, 10)
  const n = Number(value)
  if (column.type === 'percent') return `${numbers.percent.format(n * 100)}%`
  return numbers[column.type].format(n)
}

/** Short form for axes and cards: 1.2 亿 and 3.4 万, or 120M and 34K. */
export function short(n: number, locale: Locale): string {
  const steps: readonly (readonly [number, string])[] =
    locale === 'zh'
      ? [
          [1e8, ' 亿'],
          [1e4, ' 万'],
        ]
      : [
          [1e9, 'B'],
          [1e6, 'M'],
          [1e3, 'K'],
        ]
  for (const [size, name] of steps) {
    if (Math.abs(n) >= size) return `${numbers.percent.format(n / size)}${name}`
  }
  return numbers.number.format(n)
}
