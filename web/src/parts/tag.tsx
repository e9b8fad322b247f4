import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  InfoCircleOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'

export type Tone = 'good' | 'warn' | 'bad' | 'primary' | 'plain'

const icons = {
  good: CheckCircleOutlined,
  warn: ExclamationCircleOutlined,
  bad: CloseCircleOutlined,
  primary: InfoCircleOutlined,
  plain: MinusCircleOutlined,
}

/** A word with a colour; with `icon` also a mark, so that colour never speaks alone. */
export function Tag({
  tone = 'plain',
  icon,
  children,
  title,
}: {
  tone?: Tone
  icon?: boolean
  children: ReactNode
  title?: string
}) {
  const Icon = icons[tone]
  return (
    <span className={`tag ${tone}`} title={title}>
      {icon && <Icon aria-hidden />}
      {children}
    </span>
  )
}

export function Banner({
  tone = 'primary',
  children,
  actions,
}: {
  tone?: Exclude<Tone, 'plain'>
  children: ReactNode
  actions?: ReactNode
}) {
  const Icon = icons[tone]
  return (
    <div className={`banner ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon aria-hidden />
      <div className="grow">{children}</div>
      {actions && <div className="actions">{actions}</div>}
    </div>
  )
}

export function Bar({
  share,
  tone,
  label,
  running,
}: {
  share: number
  tone?: Tone
  label?: string
  running?: boolean
}) {
  const width = Math.max(0, Math.min(1, Number.isFinite(share) ? share : 0))
  return (
    <div
      className={`bar ${tone ?? ''}${running ? ' running' : ''}`}
      role={label ? 'progressbar' : undefined}
      aria-label={label}
      aria-valuenow={label ? Math.round(width * 100) : undefined}
      aria-valuemin={label ? 0 : undefined}
      aria-valuemax={label ? 100 : undefined}
    >
      <i style={{ width: `${width * 100}%` }} />
    </div>
  )
}
