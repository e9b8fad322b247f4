import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api } from '../../api/client.ts'
import type { SourceView } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { useNames } from '../../parts/names.ts'
import { PageHead, Panel } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { NotFound } from '../../frame/not-found.tsx'
import { Batches } from './batches.tsx'
import { SourceActions } from './source-actions.tsx'
import { SourceSettings } from './source-settings.tsx'
import { SourceStatus } from './source-status.tsx'
import { useSources } from './words.ts'

const route = getRouteApi('/sources/$id')

export function Source() {
  const t = useSources()
  const f = useFormat()
  const { columnName } = useNames()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['/sources'],
    queryFn: ({ signal }) => api.get<SourceView[]>('/sources', {}, signal),
  })
  return (
    <Loaded query={query}>
      {(sources) => {
        const source = sources.find((s) => s.id === id)
        if (!source) return <NotFound />
        return (
          <>
            <PageHead
              title={source.id}
              lead={
                <span className="row">
                  <SourceStatus source={source} /> {f.text(source.health)}
                </span>
              }
              actions={<SourceActions source={source} />}
            />
            <div className="stack">
              <Panel title={t('batchesTitle')} flush extra={<span className="muted small">{t('balance')}</span>}>
                <Batches source={source.id} />
              </Panel>
              <div className="grid">
                <div className="w6">
                  <Panel title={t('settings')}>
                    <SourceSettings key={source.id} source={source} />
                  </Panel>
                </div>
                {source.mapping && (
                  <div className="w6">
                    <Panel title={t('mapping')} flush extra={<span className="tag num">v{source.mappingVersion}</span>}>
                      <DataTable
                        caption={t('mapping')}
                        maxHeight={420}
                        rows={Object.entries(source.mapping.fields)}
                        rowKey={([name]) => name}
                        cols={[
                          {
                            key: 'field',
                            head: t('field'),
                            cell: ([name]) => <span title={name}>{columnName(name, source.mapping?.dataset)}</span>,
                          },
                          {
                            key: 'column',
                            head: t('column'),
                            cell: ([, made]) =>
                              [
                                made.column,
                                made.value !== undefined && t('fixedValue', { value: String(made.value) }),
                                made.cases?.length && t('cases', { n: made.cases.length }),
                                made.codes && t('codes', { n: Object.keys(made.codes).length }),
                              ]
                                .filter(Boolean)
                                .join(' · '),
                          },
                        ]}
                      />
                    </Panel>
                  </div>
                )}
              </div>
              {source.quarantined > 0 && (
                <Link to="/quality/quarantine" search={{ source: source.id }}>
                  {t('quarantined', { n: f.n(source.quarantined) })}
                </Link>
              )}
            </div>
          </>
        )
      }}
    </Loaded>
  )
}
