import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { api, Fault, seg } from '../../api/client.ts'
import { useTask, useTasks } from '../../api/tasks.tsx'
import type { BatchView, Task } from '../../api/types.ts'
import { TaskProgress } from '../../frame/task-tray.tsx'
import { useFormat } from '../../i18n/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty, Failed, Skeleton } from '../../parts/states.tsx'
import { Banner } from '../../parts/tag.tsx'
import { useCommon } from '../../parts/words.ts'
import { ImportResult } from './import-result.tsx'
import { useIntake } from './words.ts'

export function RunStep({ task: id }: { task: string }) {
  const t = useIntake()
  const common = useCommon()
  const f = useFormat()
  const navigate = useNavigate()
  const { cancel } = useTasks()
  const live = useTask(id)
  const asked = useQuery({
    queryKey: ['task', id],
    enabled: !live,
    retry: false,
    queryFn: ({ signal }) => api.get<Task>(`/tasks/${seg(id)}`, {}, signal),
  })
  const task = live ?? asked.data
  const again = (
    <Button type="primary" onClick={() => void navigate({ to: '/intake', search: {} })}>
      {t('another')}
    </Button>
  )
  if (!task) {
    if (asked.isError)
      return (
        <Panel>
          <Empty title={t('taskGone')} actions={again} />
        </Panel>
      )
    return <Skeleton lines={4} />
  }
  if (task.state === 'running') {
    return (
      <Panel title={t('running')} extra={<Button onClick={() => void cancel(task.id)}>{common('cancel')}</Button>}>
        <div className="stack" aria-live="polite">
          <TaskProgress task={task} />
          <p className="muted">{t('runningText')}</p>
          <Notes task={task} />
        </div>
      </Panel>
    )
  }
  if (task.state === 'failed') {
    return (
      <Panel>
        <Failed title={t('failed')} error={new Fault(500, task.error ?? {})} />
        <div className="row" style={{ justifyContent: 'center' }}>
          {again}
        </div>
      </Panel>
    )
  }
  if (task.state === 'cancelled')
    return (
      <Panel>
        <Empty title={t('cancelled')} actions={again} />
      </Panel>
    )
  return (
    <div className="stack">
      <ImportResult
        batches={(task.result as BatchView[] | undefined) ?? []}
        again={<Button onClick={() => void navigate({ to: '/intake', search: {} })}>{t('another')}</Button>}
      />
      {task.notes.length > 0 && (
        <Banner>
          <strong>{t('notes')}</strong>
          <ul>
            {task.notes.map((note, i) => (
              <li key={i}>{f.text(note)}</li>
            ))}
          </ul>
        </Banner>
      )}
    </div>
  )
}

function Notes({ task }: { task: Task }) {
  const f = useFormat()
  return (
    <ul className="reasons">
      {task.notes.slice(-6).map((note, i) => (
        <li key={i}>{f.text(note)}</li>
      ))}
    </ul>
  )
}
