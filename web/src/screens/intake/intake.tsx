import { getRouteApi } from '@tanstack/react-router'
import { PageHead } from '../../parts/page.tsx'
import { DropStep } from './drop-step.tsx'
import './intake.css'
import { RunStep } from './run-step.tsx'
import { useIntake } from './words.ts'
import { Wizard } from './wizard.tsx'

const route = getRouteApi('/intake')
const order = ['drop', 'read', 'map', 'run'] as const

export function Intake() {
  const t = useIntake()
  const { upload, step, task } = route.useSearch()
  const now = task ? 'run' : upload ? (step ?? 'read') : 'drop'
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <ol className="steps" aria-label={t('steps')}>
        {order.map((name, i) => (
          <li
            key={name}
            aria-current={name === now ? 'step' : undefined}
            className={order.indexOf(now) > i ? 'done' : undefined}
          >
            <span className="dot num" aria-hidden>
              {order.indexOf(now) > i ? '✓' : i + 1}
            </span>
            {t(`step_${name}`)}
          </li>
        ))}
      </ol>
      {task ? (
        <RunStep task={task} />
      ) : upload ? (
        <Wizard key={upload} upload={upload} step={now === 'map' ? 'map' : 'read'} />
      ) : (
        <DropStep />
      )}
    </>
  )
}
