import { CloudUploadOutlined, FolderAddOutlined, SyncOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { useTasks } from '../../api/tasks.tsx'
import type { SourceView, Task } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { useNames } from '../../parts/names.ts'
import { PageHead, Panel } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { useToast } from '../../parts/toast.tsx'
import { AddSource } from './add-source.tsx'
import { SourceActions } from './source-actions.tsx'
import { SourceStatus } from './source-status.tsx'
import { useSources } from './words.ts'

export function Sources() {
  const t = useSources()
  const f = useFormat()
  const { tableName } = useNames()
  const toast = useToast()
  const navigate = useNavigate()
  const { add } = useTasks()
  const [adding, setAdding] = useState(false)
  const query = useQuery({
    queryKey: ['/sources'],
    queryFn: ({ signal }) => api.get<SourceView[]>('/sources', {}, signal),
  })
  const runAll = async () => {
    try {
      add(await api.post<Task>('/runs'))
      toast.say(t('runAll'))
    } catch (error) {
      toast.fail(error)
    }
  }
  return (
    <>
      <PageHead
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <Button icon={<SyncOutlined aria-hidden />} onClick={() => void runAll()} disabled={!query.data?.length}>
              {t('runAll')}
            </Button>
            <Button icon={<FolderAddOutlined aria-hidden />} onClick={() => setAdding(true)}>
              {t('addFolder')}
            </Button>
            <Button
              type="primary"
              icon={<CloudUploadOutlined aria-hidden />}
              onClick={() => void navigate({ to: '/intake' })}
            >
              {t('import')}
            </Button>
          </>
        }
      />
      <Loaded query={query}>
        {(sources) =>
          sources.length === 0 ? (
            <Panel>
              <Empty
                title={t('emptyTitle')}
                actions={
                  <Button type="primary" onClick={() => void navigate({ to: '/intake' })}>
                    {t('import')}
                  </Button>
                }
              >
                {t('emptyText')}
              </Empty>
            </Panel>
          ) : (
            <div className="cards">
              {sources.map((source) => (
                <Panel key={source.id}>
                  <div className="stack tight">
                    <div className="row between">
                      <Link to="/sources/$id" params={{ id: source.id }} className="ellipsis grow">
                        <strong style={{ fontSize: 15 }}>{source.id}</strong>
                      </Link>
                      <SourceStatus source={source} />
                    </div>
                    <p>{f.text(source.health)}</p>
                    <p className="muted small num">
                      {[
                        source.mapping && tableName(source.mapping.dataset),
                        t('batches', { count: source.batches, n: f.n(source.batches) }),
                        t('rows', { n: f.n(source.rows) }),
                        source.lastTakenAt ? t('lastTaken', { ago: f.ago(source.lastTakenAt) }) : t('never'),
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </p>
                    {source.quarantined > 0 && (
                      <Link to="/quality/quarantine" search={{ source: source.id }} className="small">
                        {t('quarantined', { n: f.n(source.quarantined) })}
                      </Link>
                    )}
                    <SourceActions source={source} />
                  </div>
                </Panel>
              ))}
            </div>
          )
        }
      </Loaded>
      <AddSource open={adding} onClose={() => setAdding(false)} />
    </>
  )
}
