import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { api } from '../../api/client.ts'
import type { RfmView } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { Definition } from '../../parts/definition.tsx'
import { DayInput } from '../../parts/day-input.tsx'
import { Panel } from '../../parts/page.tsx'
import { Empty, Loaded, Skeleton } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { SegmentsHead } from '../segments/head.tsx'
import { Contribution } from './contribution.tsx'
import { HeatGrid } from './heat-grid.tsx'
import { LifeCycle } from './life-cycle.tsx'
import { Moves } from './moves.tsx'
import './rfm.css'
import { useRfm } from './words.ts'

const route = getRouteApi('/segments/rfm')

export function Rfm() {
  const t = useRfm()
  const f = useFormat()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery({
    queryKey: ['/rfm', search],
    queryFn: ({ signal }) => api.get<RfmView>('/rfm', { asOf: search.asOf, windowDays: search.windowDays }, signal),
  })
  const shown = query.data
  return (
    <>
      <SegmentsHead
        lead={t('lead')}
        actions={
          <>
            <DayInput
              label={t('asOf')}
              clearable={false}
              value={search.asOf ?? shown?.asOf.slice(0, 10)}
              onChange={(asOf) => void navigate({ search: { ...search, asOf } })}
            />
            <Select
              aria-label={t('window')}
              style={{ width: 120 }}
              value={search.windowDays ?? shown?.windowDays}
              onChange={(windowDays: number) => void navigate({ search: { ...search, windowDays } })}
              options={[...new Set([90, 180, 365, 730, shown?.windowDays ?? 365])]
                .sort((a, b) => a - b)
                .map((value) => ({ value, label: t('windowDays', { n: value }) }))}
            />
          </>
        }
      />
      <Loaded query={query} skeleton={<Skeleton lines={10} big />}>
        {(rfm) =>
          rfm.levels.every((l) => l.customers === 0) ? (
            <Panel>
              <Empty title={t('empty')}>{t('emptyText')}</Empty>
            </Panel>
          ) : (
            <div className="stack">
              <Panel
                title={t('levels')}
                flush
                extra={
                  <span className="muted small">
                    {t('thresholdsText', {
                      high: f.n(rfm.thresholds.high),
                      potential: f.n(rfm.thresholds.potentialRecency),
                      riskRecency: f.n(rfm.thresholds.riskRecency),
                      risk: f.n(rfm.thresholds.risk),
                    })}
                  </span>
                }
              >
                <DataTable
                  caption={t('levels')}
                  rows={rfm.levels}
                  rowKey={(l) => l.level}
                  cols={[
                    {
                      key: 'level',
                      head: t('level'),
                      nowrap: true,
                      cell: (l) => (
                        <span className="row" style={{ gap: 2, flexWrap: 'nowrap' }}>
                          <Link to="/profiles" search={{ level: l.level }} title={t('see')}>
                            <strong>{f.text(l.text)}</strong>
                          </Link>
                          <Definition name={f.text(l.text)}>{f.text(l.definition)}</Definition>
                        </span>
                      ),
                    },
                    { key: 'customers', head: t('customers'), num: true, cell: (l) => f.n(l.customers) },
                    { key: 'share', head: t('share'), num: true, cell: (l) => f.pct(l.share) },
                    { key: 'amount', head: t('amount'), num: true, cell: (l) => f.shortMoney(l.amount) },
                    { key: 'amountShare', head: t('amountShare'), num: true, cell: (l) => f.pct(l.amountShare) },
                    {
                      key: 'recency',
                      head: t('recency'),
                      num: true,
                      cell: (l) => (l.avgFrequency || l.avgRecency ? f.n(l.avgRecency, 0) : '—'),
                    },
                    { key: 'frequency', head: t('frequency'), num: true, cell: (l) => f.n(l.avgFrequency, 1) },
                    { key: 'monetary', head: t('monetary'), num: true, cell: (l) => f.money(l.avgMonetary) },
                    {
                      key: 'advice',
                      head: t('advice'),
                      cell: (l) => <div style={{ minWidth: 210 }}>{f.text(l.advice)}</div>,
                    },
                  ]}
                />
              </Panel>
              <div className="grid">
                <div className="w6">
                  <Panel title={t('grid')}>
                    <HeatGrid rfm={rfm} />
                  </Panel>
                </div>
                <div className="w6">
                  <Panel title={t('contribution')}>
                    <Contribution rfm={rfm} />
                  </Panel>
                </div>
              </div>
              <div className="grid">
                <div className="w8">
                  <Moves rfm={rfm} />
                </div>
                <div className="w4">
                  <LifeCycle />
                </div>
              </div>
            </div>
          )
        }
      </Loaded>
    </>
  )
}
