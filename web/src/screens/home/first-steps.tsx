import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { useTask, useTasks } from '../../api/tasks.tsx'
import type { Task } from '../../api/types.ts'
import { TaskProgress } from '../../frame/task-tray.tsx'
import { PageHead, Panel } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { useToast } from '../../parts/toast.tsx'
import { useHome } from './words.ts'

/** A new workspace: why it is empty and the two ways on. */
export function FirstSteps() {
  const t = useHome()
  const toast = useToast()
  const navigate = useNavigate()
  const { tasks, add } = useTasks()
  const [id, setId] = useState<string>()
  const task = useTask(id) ?? tasks.find((one) => one.state === 'running')
  const running = task?.state === 'running' ? task : undefined
  const demo = async () => {
    try {
      const started = await api.post<Task>('/demo', { customers: 2000, seed: 7 })
      add(started)
      setId(started.id)
      toast.say(t('demoStarted'))
    } catch (error) {
      toast.fail(error)
    }
  }
  return (
    <>
      <PageHead title={t('title')} />
      <div className="stack">
        <Panel>
          <Empty
            title={t('emptyTitle')}
            actions={
              running ? undefined : (
                <>
                  <Button type="primary" size="large" onClick={() => void navigate({ to: '/intake' })}>
                    {t('import')}
                  </Button>
                  <Button size="large" onClick={() => void demo()}>
                    {t('demo')}
                  </Button>
                </>
              )
            }
          >
            <p>{t('emptyText')}</p>
            {!running && (
              <p className="small muted" style={{ marginTop: 8 }}>
                {t('demoHint')}
              </p>
            )}
          </Empty>
          {running && (
            <div style={{ maxWidth: 520, margin: '0 auto 32px' }} aria-label={t('demoRunning')}>
              <TaskProgress task={running} />
            </div>
          )}
        </Panel>
        <div className="cards">
          {(['step1', 'step2', 'step3'] as const).map((step, i) => (
            <Panel key={step}>
              <h2>
                <span className="tag primary num">{i + 1}</span> {t(step)}
              </h2>
              <p className="muted" style={{ marginTop: 6 }}>
                {t(`${step}Text`)}
              </p>
            </Panel>
          ))}
        </div>
      </div>
    </>
  )
}
