import { getRouteApi } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useContext } from 'react'
import type { TimelineItem } from '../../api/types.ts'
import { useFormat, WorkspaceContext } from '../../i18n/format.ts'
import type { RowAt } from '../../parts/lineage-drawer.tsx'
import { useNames } from '../../parts/names.ts'
import { Panel } from '../../parts/page.tsx'
import { Failed, Skeleton } from '../../parts/states.tsx'
import { usePaged } from '../../parts/use-paged.ts'
import { useCommon } from '../../parts/words.ts'
import { useProfiles } from './words.ts'

const route = getRouteApi('/profiles/$id')

/** Where the source row of a moment is kept, for lineage. */
const datasetOf: Record<string, string> = {
  order: 'order_line|order',
  return: 'order_line|order|refund',
  cancellation: 'order_line|order',
  campaign: 'campaign_touch',
  registration: 'customer',
}

/** The details as words: what the title says already and empty ones are left out. */
function useDetailText() {
  const f = useFormat()
  const { columnName } = useNames()
  return (item: TimelineItem): string =>
    Object.entries(item.detail)
      .filter(
        ([, value]) => value !== null && value !== undefined && value !== '' && !item.title.zh.includes(String(value)),
      )
      .map(([key, value]) => {
        const shown =
          key === 'amount'
            ? f.money(Number(value))
            : key.endsWith('_at')
              ? f.time(String(value))
              : typeof value === 'object'
                ? JSON.stringify(value)
                : String(value)
        return `${columnName(key)} ${shown}`
      })
      .join(' · ')
}

/** What happened, newest first, grouped by day. */
export function Timeline({ id, onRow }: { id: string; onRow(at: RowAt): void }) {
  const t = useProfiles()
  const detailText = useDetailText()
  const common = useCommon()
  const f = useFormat()
  const { zone } = useContext(WorkspaceContext)
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const all = usePaged<TimelineItem>(`/customers/${encodeURIComponent(id)}/timeline`, { limit: 50 })
  const some = usePaged<TimelineItem>(
    `/customers/${encodeURIComponent(id)}/timeline`,
    { limit: 50, type: search.type },
    { enabled: !!search.type },
  )
  const list = search.type ? some : all
  const types = [
    ...new Set([...(all.items ?? []).map((item) => item.type), ...(search.type ? [search.type] : [])]),
  ].sort()
  const typeName = (type: string) => type.replaceAll('_', ' ')
  if (list.isError)
    return (
      <Panel>
        <Failed error={list.error} retry={() => void list.refetch()} />
      </Panel>
    )
  if (!list.items)
    return (
      <Panel>
        <Skeleton lines={6} />
      </Panel>
    )
  const days = new Map<string, TimelineItem[]>()
  for (const item of list.items) {
    const day = f.day(item.at)
    days.set(day, [...(days.get(day) ?? []), item])
  }
  return (
    <Panel
      extra={
        types.length > 1 && (
          <Select
            aria-label={t('kind')}
            style={{ minWidth: 150 }}
            allowClear
            placeholder={t('allTypes')}
            value={search.type}
            onChange={(type?: string) => void navigate({ search: { ...search, type }, resetScroll: false })}
            options={types.map((value) => ({ value, label: typeName(value) }))}
          />
        )
      }
    >
      {list.items.length === 0 && <p className="muted">{t('noTimeline')}</p>}
      {[...days].map(([day, items]) => (
        <section className="day" key={day}>
          <div className="day-head">
            <h3 className="num">{day}</h3>
            {items.length > 1 && <span className="muted small">{t('dayCount', { count: items.length })}</span>}
          </div>
          {items.map((item, i) => (
            <div className="event" key={`${item.batch}-${item.row}-${i}`}>
              <span className="muted num">{f.time(item.at).slice(11)}</span>
              <span>{f.text(item.title)}</span>
              <button
                type="button"
                className="link-button small hide-narrow"
                onClick={() => onRow({ dataset: datasetOf[item.type] ?? item.type, batch: item.batch, row: item.row })}
                aria-label={t('lineageOf', { name: f.text(item.title) })}
              >
                {item.source}
              </button>
              {detailText(item) && <span className="detail">{detailText(item)}</span>}
            </div>
          ))}
        </section>
      ))}
      {list.hasNextPage && (
        <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {common('more')}
        </Button>
      )}
      {zone && <p className="chart-summary">{common('zone', { zone })}</p>}
    </Panel>
  )
}
