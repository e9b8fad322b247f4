import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'

export interface Col<T> {
  key: string
  head: ReactNode
  cell(row: T, index: number): ReactNode
  num?: boolean
  nowrap?: boolean
  /** Name of the sort order this column stands for. */
  sort?: string
}

/** A plain table: up to a few hundred rows; scrolls sideways inside itself, reachable by keyboard. */
export function DataTable<T>({
  caption,
  rows,
  cols,
  rowKey,
  onRow,
  sort,
  maxHeight,
  middle,
}: {
  caption: string
  rows: readonly T[]
  cols: readonly Col<T>[]
  rowKey(row: T, index: number): string
  onRow?(row: T): void
  sort?: { by?: string; dir: 'asc' | 'desc'; set(by: string, dir: 'asc' | 'desc'): void }
  maxHeight?: number
  /** Centre the cells: rows that hold controls. */
  middle?: boolean
}) {
  return (
    <div className="table-wrap" role="region" aria-label={caption} tabIndex={0} style={{ maxHeight }}>
      <table className={middle ? 'data middle' : 'data'}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {cols.map((col) => {
              const on = sort && col.sort === sort.by && col.sort !== undefined
              return (
                <th
                  key={col.key}
                  scope="col"
                  className={col.num ? 'num' : undefined}
                  aria-sort={on ? (sort.dir === 'asc' ? 'ascending' : 'descending') : undefined}
                >
                  {col.sort && sort ? (
                    <button
                      type="button"
                      className="sort-button"
                      onClick={() => sort.set(col.sort!, on && sort.dir === 'desc' ? 'asc' : 'desc')}
                    >
                      {col.head}
                      {on && (sort.dir === 'asc' ? <CaretUpOutlined aria-hidden /> : <CaretDownOutlined aria-hidden />)}
                    </button>
                  ) : (
                    col.head
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowKey(row, index)} className={onRow ? 'can' : undefined} onClick={onRow && (() => onRow(row))}>
              {cols.map((col) => (
                <td
                  key={col.key}
                  className={[col.num && 'num', col.nowrap && 'nowrap'].filter(Boolean).join(' ') || undefined}
                >
                  {col.cell(row, index)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
