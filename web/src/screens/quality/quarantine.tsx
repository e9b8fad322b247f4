import { DownloadOutlined } from '@ant-design/icons'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { apiUrl } from '../../api/client.ts'
import type { QuarantineRow } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty, Failed, Skeleton } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { usePaged } from '../../parts/use-paged.ts'
import { useCommon } from '../../parts/words.ts'
import { FixDrawer } from './fix-drawer.tsx'
import { QualityHead, useQuarantineSummary } from './head.tsx'
import { useQuality } from './words.ts'

const route = getRouteApi('/quality/quarantine')
const states = ['open', 'replayed', 'discarded', 'all'] as const
export const stateTone: Record<QuarantineRow['state'], Tone> = {
  open: 'warn',
  fixed: 'good',
  replayed: 'good',
  discarded: 'plain',
}

export function Quarantine() {
  const t = useQuality()
  const common = useCommon()
  const f = useFormat()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const state = search.state ?? 'open'
  const filter = { source: search.source, rule: search.rule, state: state === 'all' ? undefined : state }
  const summary = useQuarantineSummary()
  const list = usePaged<QuarantineRow>('/quality/quarantine', { ...filter, limit: 100 })
  const open = list.items?.find((row) => `${row.batch}-${row.row}` === search.row)
  const set = (change: Partial<typeof search>) => void navigate({ search: { ...search, ...change } })
  return (
    <>
      <QualityHead lead={t('leadQuarantine')} />
      <div className="stack">
        {summary.data && summary.data.byRule.length > 0 && (
          <div className="figures">
            {summary.data.byRule.slice(0, 5).map((one) => (
              <button
                key={one.rule}
                type="button"
                className="figure pick"
                aria-pressed={search.rule === one.rule}
                onClick={() => set({ rule: search.rule === one.rule ? undefined : one.rule })}
              >
                <span className="label">{f.text(one.name)}</span>
                <span className="value" style={{ display: 'block', fontSize: 20 }}>
                  {f.n(one.rows)}
                </span>
              </button>
            ))}
          </div>
        )}
        <div className="filters">
          <Select
            aria-label={common('state')}
            style={{ minWidth: 120 }}
            value={state}
            onChange={(value) => set({ state: value === 'open' ? undefined : value })}
            options={states.map((value) => ({ value, label: t(`state_${value}`) }))}
          />
          <Select
            aria-label={common('source')}
            style={{ minWidth: 170 }}
            allowClear
            placeholder={t('allSources')}
            value={search.source}
            onChange={(source?: string) => set({ source })}
            options={summary.data?.bySource.map((one) => ({
              value: one.source,
              label: `${one.source} (${f.n(one.rows)})`,
            }))}
          />
          <Select
            aria-label={t('reason')}
            style={{ minWidth: 200 }}
            allowClear
            placeholder={t('allRules')}
            value={search.rule}
            onChange={(rule?: string) => set({ rule })}
            options={summary.data?.byRule.map((one) => ({
              value: one.rule,
              label: `${f.text(one.name)} (${f.n(one.rows)})`,
            }))}
          />
          <Button
            icon={<DownloadOutlined aria-hidden />}
            href={apiUrl('/quality/quarantine.csv', filter)}
            style={{ marginLeft: 'auto' }}
          >
            {common('exportCsv')}
          </Button>
        </div>
        <Panel flush>
          {list.isError ? (
            <Failed error={list.error} retry={() => void list.refetch()} />
          ) : !list.items ? (
            <div className="panel-body">
              <Skeleton />
            </div>
          ) : list.items.length === 0 ? (
            summary.data?.total === 0 ? (
              <Empty title={t('noQuarantine')}>{t('noQuarantineText')}</Empty>
            ) : (
              <p className="panel-body muted">{t('noMatch')}</p>
            )
          ) : (
            <>
              <DataTable
                caption={t('quarantine')}
                maxHeight={640}
                rows={list.items}
                rowKey={(row) => `${row.batch}-${row.row}`}
                onRow={(row) => set({ row: `${row.batch}-${row.row}` })}
                cols={[
                  {
                    key: 'row',
                    head: t('row'),
                    num: true,
                    cell: (row) => (
                      <button
                        type="button"
                        className="link-button num"
                        onClick={() => set({ row: `${row.batch}-${row.row}` })}
                      >
                        {f.n(row.row)}
                      </button>
                    ),
                  },
                  { key: 'source', head: common('source'), cell: (row) => <span title={row.path}>{row.source}</span> },
                  {
                    key: 'reason',
                    head: t('reason'),
                    cell: (row) => <div style={{ minWidth: 220 }}>{f.text(row.message)}</div>,
                  },
                  {
                    key: 'value',
                    head: t('value'),
                    cell: (row) => (row.value === undefined || row.value === null ? '–' : <code>{row.value}</code>),
                  },
                  {
                    key: 'raw',
                    head: t('raw'),
                    cell: (row) => (
                      <code className="ellipsis" style={{ display: 'block', maxWidth: 360 }}>
                        {row.raw}
                      </code>
                    ),
                  },
                  {
                    key: 'state',
                    head: common('state'),
                    cell: (row) => (
                      <Tag tone={stateTone[row.state]} icon>
                        {t(`state_${row.state}`)}
                      </Tag>
                    ),
                  },
                ]}
              />
              {list.hasNextPage && (
                <div className="panel-body">
                  <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
                    {common('more')}
                  </Button>
                </div>
              )}
            </>
          )}
        </Panel>
      </div>
      <FixDrawer row={open} onClose={() => set({ row: undefined })} />
    </>
  )
}
