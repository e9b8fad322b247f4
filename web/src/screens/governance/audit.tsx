import { Button } from 'antd'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import type { AuditEntry, Page } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Failed, Skeleton } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { useCommon } from '../../parts/words.ts'
import { GovernanceHead } from './head.tsx'
import { useGovernance } from './words.ts'

export function Audit() {
  const t = useGovernance()
  const common = useCommon()
  const f = useFormat()
  const list = useInfiniteQuery({
    queryKey: ['/audit'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => api.get<Page<AuditEntry>>('/audit', { limit: 100, before: pageParam }, signal),
    getNextPageParam: (page) => page.next,
  })
  const items = list.data?.pages.flatMap((page) => page.items)
  return (
    <>
      <GovernanceHead lead={t('leadAudit')} />
      <Panel flush>
        {list.isError ? (
          <Failed error={list.error} retry={() => void list.refetch()} />
        ) : !items ? (
          <div className="panel-body">
            <Skeleton />
          </div>
        ) : !items.length ? (
          <p className="panel-body muted">{t('noAudit')}</p>
        ) : (
          <>
            <DataTable
              caption={t('audit')}
              rows={items}
              rowKey={(_, i) => String(i)}
              cols={[
                { key: 'at', head: t('at'), nowrap: true, cell: (e) => f.time(e.at) },
                { key: 'actor', head: t('actor'), nowrap: true, cell: (e) => e.actor },
                { key: 'action', head: t('action'), nowrap: true, cell: (e) => <code>{e.action}</code> },
                {
                  key: 'what',
                  head: t('what'),
                  cell: (e) => <span style={{ overflowWrap: 'anywhere' }}>{e.what}</span>,
                },
                { key: 'purpose', head: t('purpose'), cell: (e) => e.purpose ?? '' },
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
