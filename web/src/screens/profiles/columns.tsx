import type { ReactNode } from 'react'
import type { CustomerRow } from '../../api/types.ts'
import type { Format } from '../../i18n/format.ts'

export const columnKeys = [
  'name',
  'phone',
  'email',
  'region',
  'city',
  'level',
  'rfmLevel',
  'stage',
  'orders',
  'amount',
  'lastOrderAt',
  'channel',
  'completeness',
  'tags',
] as const
export type ColumnKey = (typeof columnKeys)[number]

export const defaultColumns: readonly ColumnKey[] = [
  'name',
  'phone',
  'region',
  'rfmLevel',
  'stage',
  'orders',
  'amount',
  'lastOrderAt',
  'completeness',
]

export const widths: Record<ColumnKey, number> = {
  name: 170,
  phone: 150,
  email: 210,
  region: 110,
  city: 110,
  level: 110,
  rfmLevel: 140,
  stage: 110,
  orders: 90,
  amount: 130,
  lastOrderAt: 120,
  channel: 110,
  completeness: 110,
  tags: 200,
}
export const numeric: ReadonlySet<ColumnKey> = new Set(['orders', 'amount', 'completeness'])
export const sortable = { name: 'name', orders: 'orders', amount: 'amount', lastOrderAt: 'lastOrderAt' } as const

/** A cell of the customer list; names of levels and stages are handed in, they come from the server. */
export function cellOf(
  key: ColumnKey,
  row: CustomerRow,
  f: Format,
  nameOf: (kind: 'level' | 'stage', code: string) => string,
): ReactNode {
  switch (key) {
    case 'orders':
      return f.n(row.orders)
    case 'amount':
      return f.money(row.amount)
    case 'lastOrderAt':
      return f.day(row.lastOrderAt)
    case 'completeness':
      return f.pct(row.completeness, 0)
    case 'tags':
      return row.tags.join(' · ')
    case 'rfmLevel':
      return row.rfmLevel ? <span className="tag primary">{nameOf('level', row.rfmLevel)}</span> : '–'
    case 'stage':
      return row.stage ? nameOf('stage', row.stage) : '–'
    default:
      return row[key] ?? <span className="muted">–</span>
  }
}

const storage = 'tributary.customers.columns'

export function readColumns(): ColumnKey[] {
  try {
    const saved = JSON.parse(localStorage.getItem(storage) ?? '') as unknown
    if (Array.isArray(saved)) {
      const known = columnKeys.filter((key) => saved.includes(key))
      if (known.length) return known
    }
  } catch {
    // Nothing saved yet.
  }
  return [...defaultColumns]
}

export function saveColumns(columns: readonly ColumnKey[]): void {
  localStorage.setItem(storage, JSON.stringify(columns))
}
