import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { api } from '../../api/client.ts'
import type { IdentityConflict, IdentitySummary } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCodeName } from '../../parts/code-name.ts'
import { Definition } from '../../parts/definition.tsx'
import { PageHead, Panel } from '../../parts/page.tsx'
import { Empty, Failed, Loaded, Skeleton } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { usePaged } from '../../parts/use-paged.ts'
import { useCommon } from '../../parts/words.ts'
import { useIdentity } from './words.ts'

export function Identity() {
  const t = useIdentity()
  const f = useFormat()
  const code = useCodeName()
  const query = useQuery({
    queryKey: ['/identity/summary'],
    queryFn: ({ signal }) => api.get<IdentitySummary>('/identity/summary', {}, signal),
  })
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <Loaded query={query}>
        {(summary) =>
          summary.persons === 0 ? (
            <Panel>
              <Empty title={t('empty')}>{t('emptyText')}</Empty>
            </Panel>
          ) : (
            <div className="stack">
              <div className="figures">
                {(
                  [
                    [t('persons'), summary.persons, t('definitionPersons')],
                    [t('records'), summary.records, t('definitionRecords')],
                    [t('linked'), summary.linkedRecords, t('definitionLinked')],
                    [t('conflicts'), summary.conflicts, t('definitionConflicts')],
                    [t('decisions'), summary.decisions, t('definitionDecisions')],
                  ] as const
                ).map(([name, value, definition]) => (
                  <div className="figure" key={name}>
                    <div className="label">
                      {name}
                      <Definition name={name}>{definition}</Definition>
                    </div>
                    <div className="value" title={f.n(value)}>
                      {f.short(value)}
                    </div>
                  </div>
                ))}
              </div>
              <div className="grid">
                <div className="w5">
                  <Panel title={t('byKey')} flush>
                    <DataTable
                      caption={t('byKey')}
                      rows={summary.byKeyType}
                      rowKey={(k) => k.type}
                      cols={[
                        { key: 'type', head: t('key'), cell: (k) => code('key', k.type) },
                        { key: 'keys', head: t('keys'), num: true, cell: (k) => f.n(k.keys) },
                        { key: 'shared', head: t('shared'), num: true, cell: (k) => f.n(k.shared) },
                      ]}
                    />
                  </Panel>
                </div>
                <div className="w7">
                  <Panel title={t('recent')} flush>
                    <DataTable
                      caption={t('recent')}
                      rows={summary.recent}
                      rowKey={(r) => r.run}
                      cols={[
                        { key: 'at', head: t('at'), nowrap: true, cell: (r) => f.time(r.at) },
                        { key: 'minted', head: t('minted'), num: true, cell: (r) => f.n(r.minted) },
                        { key: 'attached', head: t('attached'), num: true, cell: (r) => f.n(r.attached) },
                        { key: 'merged', head: t('merged'), num: true, cell: (r) => f.n(r.merged) },
                      ]}
                    />
                  </Panel>
                </div>
              </div>
              <Panel
                title={t('conflictsTitle')}
                flush
                extra={<Definition name={t('conflicts')}>{t('definitionConflicts')}</Definition>}
              >
                <Conflicts />
              </Panel>
            </div>
          )
        }
      </Loaded>
    </>
  )
}

function Conflicts() {
  const t = useIdentity()
  const common = useCommon()
  const f = useFormat()
  const code = useCodeName()
  const list = usePaged<IdentityConflict>('/identity/conflicts', { limit: 50 })
  if (list.isError) return <Failed error={list.error} retry={() => void list.refetch()} />
  if (!list.items)
    return (
      <div className="panel-body">
        <Skeleton lines={3} />
      </div>
    )
  if (!list.items.length) return <p className="panel-body muted">{t('noConflicts')}</p>
  return (
    <>
      <DataTable
        caption={t('conflictsTitle')}
        maxHeight={520}
        rows={list.items}
        rowKey={(c) => `${c.keyType}:${c.keyValue}`}
        cols={[
          { key: 'type', head: t('key'), nowrap: true, cell: (c) => code('key', c.keyType) },
          { key: 'value', head: t('value'), cell: (c) => <code>{c.keyValue}</code> },
          { key: 'records', head: t('records'), num: true, cell: (c) => f.n(c.records) },
          { key: 'reason', head: t('reason'), cell: (c) => f.text(c.reason) },
          { key: 'sample', head: t('sample'), cell: (c) => <span className="muted">{c.sample.join(' · ')}</span> },
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
  )
}
