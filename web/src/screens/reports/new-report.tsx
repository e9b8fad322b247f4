import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { api, Fault, seg } from '../../api/client.ts'
import { useTask, useTasks } from '../../api/tasks.tsx'
import type { Home, Report, ReportSpec, Task } from '../../api/types.ts'
import { TaskProgress } from '../../frame/task-tray.tsx'
import { useFormat } from '../../i18n/format.ts'
import { PageHead, Panel } from '../../parts/page.tsx'
import { Failed, Skeleton } from '../../parts/states.tsx'
import { useToast } from '../../parts/toast.tsx'
import { useAnalyses } from '../insight/analyses.tsx'
import '../intake/intake.css'
import { keepSpec, newSpec, readSpec } from './spec-draft.ts'
import { DataStep, GoalStep, MethodsStep, MetricsStep, ScopeStep, SummaryStep } from './steps.tsx'
import { useReports } from './words.ts'

const route = getRouteApi('/insight/reports/new')
const count = 6

/** Goal → scope and period → metrics → data and cleaning → methods → run. */
export function NewReport() {
  const { from, task } = route.useSearch()
  const f = useFormat()
  const old = useQuery({
    queryKey: ['/reports', from],
    enabled: !!from,
    queryFn: ({ signal }) => api.get<Report>(`/reports/${seg(from!)}`, {}, signal),
  })
  const home = useQuery({ queryKey: ['/home', undefined], queryFn: ({ signal }) => api.get<Home>('/home', {}, signal) })
  const analyses = useAnalyses()
  if (task) return <Running task={task} />
  if ((from && !old.data && !old.isError) || (!home.data && !home.isError) || !analyses.data)
    return <Skeleton lines={8} />
  const start = old.data?.spec ??
    readSpec() ?? {
      ...newSpec(f.locale, home.data && !home.data.empty ? home.data.asOf.slice(0, 10) : undefined),
      analyses: analyses.data.map((a) => a.id),
    }
  return <Steps start={start} />
}

function Steps({ start }: { start: ReportSpec }) {
  const t = useReports()
  const toast = useToast()
  const { add } = useTasks()
  const { step = 1, ...search } = route.useSearch()
  const navigate = route.useNavigate()
  const [spec, setSpec] = useState(start)
  const [busy, setBusy] = useState(false)
  const change = (next: Partial<ReportSpec>) =>
    setSpec((now) => {
      const made = { ...now, ...next }
      keepSpec(made)
      return made
    })
  const at = Math.max(1, Math.min(count, step))
  const go = (to: number) => void navigate({ search: { ...search, step: to } })
  const ready = spec.name.trim() !== '' && spec.metrics.length > 0 && spec.analyses.length > 0
  const run = async () => {
    setBusy(true)
    try {
      const task = await api.post<Task>('/reports', spec)
      add(task)
      keepSpec(undefined)
      void navigate({ search: { task: task.id } })
    } catch (error) {
      toast.fail(error)
      setBusy(false)
    }
  }
  const names = ['step1', 'step2', 'step3', 'step4', 'step5', 'step6'] as const
  const blocked =
    (at === 1 && !spec.name.trim()) || (at === 3 && !spec.metrics.length) || (at === 5 && !spec.analyses.length)
  return (
    <>
      <PageHead title={t('newTitle')} lead={t('newLead')} />
      <ol className="steps" aria-label={t('steps')}>
        {names.map((name, i) => (
          <li key={name} aria-current={i + 1 === at ? 'step' : undefined} className={i + 1 < at ? 'done' : undefined}>
            <span className="dot num" aria-hidden>
              {i + 1 < at ? '✓' : i + 1}
            </span>
            {i + 1 < at ? (
              <button type="button" className="link-button" onClick={() => go(i + 1)}>
                {t(name)}
              </button>
            ) : (
              t(name)
            )}
          </li>
        ))}
      </ol>
      <div className="stack">
        <Panel title={t(names[at - 1]!)}>
          {at === 1 && <GoalStep spec={spec} onChange={change} />}
          {at === 2 && <ScopeStep spec={spec} onChange={change} />}
          {at === 3 && <MetricsStep spec={spec} onChange={change} />}
          {at === 4 && <DataStep />}
          {at === 5 && <MethodsStep spec={spec} onChange={change} />}
          {at === 6 && <SummaryStep spec={spec} />}
        </Panel>
        <div className="wizard-foot">
          {at > 1 ? (
            <Button size="large" onClick={() => go(at - 1)}>
              {t('back')}
            </Button>
          ) : (
            <span />
          )}
          {at < count ? (
            <Button type="primary" size="large" disabled={blocked} onClick={() => go(at + 1)}>
              {t('next')}
            </Button>
          ) : (
            <Button type="primary" size="large" disabled={!ready} loading={busy} onClick={() => void run()}>
              {t('run')}
            </Button>
          )}
        </div>
      </div>
    </>
  )
}

function Running({ task: id }: { task: string }) {
  const t = useReports()
  const navigate = useNavigate()
  const task = useTask(id)
  const made = task?.state === 'done' ? (task.result as { id?: string } | undefined)?.id : undefined
  useEffect(() => {
    if (made) void navigate({ to: '/insight/reports/$id', params: { id: made }, replace: true })
    else if (task?.state === 'done' || task?.state === 'cancelled')
      void navigate({ to: '/insight/reports', replace: true })
  }, [made, task?.state, navigate])
  return (
    <>
      <PageHead title={t('running')} lead={t('runningText')} />
      <Panel>
        {!task ? (
          <Skeleton lines={2} />
        ) : task.state === 'failed' ? (
          <Failed title={t('failed')} error={new Fault(500, task.error ?? {})} />
        ) : (
          <TaskProgress task={task} />
        )}
      </Panel>
    </>
  )
}
