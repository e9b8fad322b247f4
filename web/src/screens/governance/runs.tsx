import { Button } from 'antd'
import type { LineageRun } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Failed, Skeleton } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { usePaged } from '../../parts/use-paged.ts'
import { useCommon } from '../../parts/words.ts'
import { GovernanceHead } from './head.tsx'
import { useGovernance } from './words.ts'

export function Runs() {
  const t = useGovernance()
  const common = useCommon()
  const f = useFormat()
  const list = usePaged<LineageRun>('/lineage/runs', { limit: 100 })
  return (
    <>
      <GovernanceHead lead={t('leadRuns')} />
      <Panel flush>
        {list.isError ? (
          <Failed error={list.error} retry={() => void list.refetch()} />
        ) : !list.items ? (
          <div className="panel-body">
            <Skeleton />
          </div>
        ) : !list.items.length ? (
          <p className="panel-body muted">{t('noRuns')}</p>
        ) : (
          <>
            <DataTable
              caption={t('runs')}
              rows={list.items}
              rowKey={(r) => r.run}
              cols={[
                { key: 'started', head: t('started'), nowrap: true, cell: (r) => f.time(r.startedAt) },
                { key: 'stage', head: t('stage'), nowrap: true, cell: (r) => <code>{r.stage}</code> },
                {
                  key: 'took',
                  head: t('took'),
                  num: true,
                  cell: (r) => f.duration((Date.parse(r.endedAt) - Date.parse(r.startedAt)) / 1000),
                },
                {
                  key: 'reads',
                  head: t('reads'),
                  cell: (r) => <span className="muted small">{r.inputs.join(', ')}</span>,
                },
                {
                  key: 'writes',
                  head: t('writes'),
                  cell: (r) => <span className="muted small">{r.outputs.join(', ')}</span>,
                },
                {
                  key: 'status',
                  head: common('state'),
                  cell: (r) => (
                    <Tag tone={r.status === 'failed' ? 'bad' : 'good'} icon>
                      {t(r.status === 'failed' ? 'state_failed' : 'state_done')}
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
    </>
  )
}
