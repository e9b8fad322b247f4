import { ThunderboltOutlined } from '@ant-design/icons'
import { useTasks } from '../api/tasks.tsx'
import type { Task } from '../api/types.ts'
import { useFormat } from '../i18n/format.ts'
import { Flyout } from '../parts/flyout.tsx'
import { useFaultText } from '../parts/states.tsx'
import { Bar, Tag } from '../parts/tag.tsx'
import { useFrame } from './words.ts'
import { Fault } from '../api/client.ts'

/** How far a task is, in words: done, rate, time left. */
export function TaskProgress({ task }: { task: Task }) {
  const t = useFrame()
  const f = useFormat()
  const amount = (n: number) => {
    switch (task.unit) {
      case 'bytes':
        return t('unit_bytes', { n: f.bytes(n) })
      case 'files':
        return t('unit_files', { n: f.n(Math.round(n)) })
      case 'customers':
        return t('unit_customers', { n: f.n(Math.round(n)) })
      case 'rows':
        return t('unit_rows', { n: f.n(Math.round(n)) })
      default:
        return f.n(Math.round(n))
    }
  }
  const parts = [
    task.done > 0 ? (task.total ? `${amount(task.done)} / ${amount(task.total)}` : amount(task.done)) : undefined,
    task.rate && task.rate >= 1 ? t('taskRate', { rate: amount(task.rate) }) : undefined,
    task.secondsLeft !== undefined && task.secondsLeft > 0
      ? t('taskLeft', { time: f.duration(task.secondsLeft) })
      : undefined,
  ].filter(Boolean)
  return (
    <div className="stack tight">
      <div className="row between small">
        <span>{f.text(task.step)}</span>
        <span className="muted num">{parts.join(' · ')}</span>
      </div>
      <Bar
        share={task.total ? task.done / task.total : task.done > 0 ? 0.5 : 0.05}
        label={f.text(task.step ?? task.name)}
        running
      />
    </div>
  )
}

export function TaskTray() {
  const t = useFrame()
  const f = useFormat()
  const faultText = useFaultText()
  const { tasks, cancel } = useTasks()
  const running = tasks.filter((task) => task.state === 'running').length
  const label = running ? t('tasksRunning', { count: running }) : t('tasks')
  return (
    <Flyout
      tray
      align="end"
      label={label}
      button={
        <>
          <ThunderboltOutlined aria-hidden />
          <span className="hide-narrow">{t('tasks')}</span>
          {running > 0 && <span className="count num">{running}</span>}
        </>
      }
    >
      <div className="tasks">
        {tasks.length === 0 && <p className="muted">{t('tasksNone')}</p>}
        {tasks.slice(0, 12).map((task) => (
          <div className="task stack tight" key={task.id}>
            <div className="row between">
              <strong className="ellipsis grow">{f.text(task.name)}</strong>
              {task.state === 'running' && (
                <button type="button" className="link-button" onClick={() => void cancel(task.id)}>
                  {t('taskCancel')}
                </button>
              )}
              {task.state === 'done' && (
                <Tag tone="good" icon>
                  {t('taskDone', { ago: f.ago(task.endedAt) })}
                </Tag>
              )}
              {task.state === 'failed' && (
                <Tag tone="bad" icon>
                  {t('taskFailed')}
                </Tag>
              )}
              {task.state === 'cancelled' && <Tag icon>{t('taskCancelled')}</Tag>}
            </div>
            {task.state === 'running' && <TaskProgress task={task} />}
            {task.state === 'failed' && task.error && (
              <p className="small bad prewrap">{faultText(new Fault(500, task.error))}</p>
            )}
          </div>
        ))}
      </div>
    </Flyout>
  )
}
