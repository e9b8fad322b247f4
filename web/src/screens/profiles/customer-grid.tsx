import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import { Link, useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { CustomerRow } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { cellOf, numeric, sortable, widths, type ColumnKey } from './columns.tsx'
import type { useWindows } from './use-windows.ts'
import { useProfiles } from './words.ts'

type SortKey = (typeof sortable)[keyof typeof sortable]
const height = 42

/** The visible rows only; arrows, Page, Home and End move, Enter opens; the position is announced. */
export function CustomerGrid({
  list,
  columns,
  nameOf,
  sort,
  dir,
  onSort,
}: {
  list: ReturnType<typeof useWindows<CustomerRow>>
  columns: readonly ColumnKey[]
  nameOf(kind: 'level' | 'stage', code: string): string
  sort: SortKey
  dir: 'asc' | 'desc'
  onSort(by: SortKey, dir: 'asc' | 'desc'): void
}) {
  const t = useProfiles()
  const f = useFormat()
  const navigate = useNavigate()
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(-1)
  const count = list.reached + (list.more ? 1 : 0)
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 12,
    scrollPaddingStart: 44,
  })
  const visible = rows.getVirtualItems()
  const from = visible[0]?.index ?? 0
  const to = visible.at(-1)?.index ?? 0
  const { show } = list
  useEffect(() => show(from, to), [show, from, to])
  useEffect(() => {
    box.current?.scrollTo({ top: 0 })
    setAt(-1)
  }, [sort, dir])

  const width = columns.reduce((sum, key) => sum + widths[key], 0)
  const total = list.total ?? list.reached
  const step = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 400) / height) - 1)
    const target = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: list.reached - 1,
    }[event.key]
    if (target !== undefined) {
      event.preventDefault()
      const next = Math.max(0, Math.min(list.reached - 1, target))
      setAt(next)
      rows.scrollToIndex(next)
    } else if (event.key === 'Enter' && event.target === event.currentTarget) {
      const row = list.row(at)
      if (row) void navigate({ to: '/profiles/$id', params: { id: row.personId } })
    }
  }
  return (
    <>
      <div
        className="grid-list"
        ref={box}
        role="grid"
        aria-label={t('title')}
        aria-rowcount={list.total ?? -1}
        aria-colcount={columns.length}
        tabIndex={0}
        onKeyDown={step}
        aria-activedescendant={at >= 0 ? `customer-${at}` : undefined}
      >
        <div style={{ minWidth: width }}>
          <div className="grid-row head" role="row" aria-rowindex={1}>
            {columns.map((key, i) => {
              const by = key in sortable ? sortable[key as keyof typeof sortable] : undefined
              const on = by !== undefined && by === sort
              return (
                <div
                  key={key}
                  role="columnheader"
                  aria-colindex={i + 1}
                  aria-sort={on ? (dir === 'asc' ? 'ascending' : 'descending') : undefined}
                  className={[i === 0 && 'first', numeric.has(key) && 'num'].filter(Boolean).join(' ')}
                  style={{ width: widths[key], flexGrow: widths[key] }}
                  title={by ? undefined : t('sortNote')}
                >
                  {by ? (
                    <button
                      type="button"
                      className="sort-button"
                      onClick={() => onSort(by, on && dir === 'desc' ? 'asc' : 'desc')}
                    >
                      {t(`col_${key}`)}
                      {on && (dir === 'asc' ? <CaretUpOutlined aria-hidden /> : <CaretDownOutlined aria-hidden />)}
                    </button>
                  ) : (
                    t(`col_${key}`)
                  )}
                </div>
              )
            })}
          </div>
          <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="rowgroup">
            {visible.map((item) => {
              const row = list.row(item.index)
              return (
                <div
                  key={item.key}
                  id={`customer-${item.index}`}
                  role="row"
                  aria-rowindex={item.index + 2}
                  data-at={item.index === at}
                  className="grid-row body"
                  style={{ width: '100%', minWidth: width, transform: `translateY(${item.start}px)` }}
                  onClick={() => row && void navigate({ to: '/profiles/$id', params: { id: row.personId } })}
                >
                  {columns.map((key, i) => (
                    <div
                      key={key}
                      role="gridcell"
                      aria-colindex={i + 1}
                      className={[i === 0 && 'first', numeric.has(key) && 'num'].filter(Boolean).join(' ')}
                      style={{ width: widths[key], flexGrow: widths[key] }}
                    >
                      {!row ? (
                        <span className="muted">{i === 0 ? t('loadingMore') : ''}</span>
                      ) : key === 'name' ? (
                        <Link
                          to="/profiles/$id"
                          params={{ id: row.personId }}
                          tabIndex={-1}
                          className="ellipsis"
                          onClick={(event) => event.stopPropagation()}
                        >
                          {row.name ?? <span className="muted">{t('unnamed')}</span>}
                        </Link>
                      ) : (
                        cellOf(key, row, f, nameOf)
                      )}
                    </div>
                  ))}
                </div>
              )
            })}
          </div>
        </div>
      </div>
      <div
        className="panel-body row between muted small num"
        style={{ paddingTop: 8, paddingBottom: 8 }}
        aria-live="polite"
      >
        <span>
          {at >= 0
            ? t('position', { n: f.n(at + 1), total: f.n(total) })
            : t('position', { n: `${f.n(from + 1)}–${f.n(Math.min(to + 1, list.reached))}`, total: f.n(total) })}
        </span>
      </div>
    </>
  )
}
