import { Button } from 'antd'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Fault } from '../api/client.ts'
import { useFormat } from '../i18n/format.ts'
import { useCommon } from './words.ts'

function Art() {
  return (
    <svg
      className="art"
      viewBox="0 0 92 60"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden
    >
      <path d="M4 12c20 0 22 18 42 18s22 0 42 0" />
      <path d="M4 30h84" opacity=".55" />
      <path d="M4 48c20 0 22-18 42-18" opacity=".8" />
      <circle cx="4" cy="12" r="2.5" fill="currentColor" />
      <circle cx="4" cy="30" r="2.5" fill="currentColor" opacity=".55" />
      <circle cx="4" cy="48" r="2.5" fill="currentColor" opacity=".8" />
    </svg>
  )
}

/** Nothing here: why, and the one next step. */
export function Empty({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="state">
      <Art />
      <h2>{title}</h2>
      {children && <div>{children}</div>}
      {actions && <div className="row">{actions}</div>}
    </div>
  )
}

export function Skeleton({ lines = 5, big = false }: { lines?: number; big?: boolean }) {
  const t = useCommon()
  return (
    <div className="skeleton" role="status" aria-label={t('loading')}>
      {big && <i className="big" />}
      {Array.from({ length: lines }, (_, i) => (
        <i key={i} style={{ width: `${96 - ((i * 17) % 42)}%` }} />
      ))}
    </div>
  )
}

/** The message of any error in the chosen language. */
export function useFaultText(): (error: unknown) => string {
  const t = useCommon()
  const { locale } = useFormat()
  return (error) => {
    if (!(error instanceof Fault)) return error instanceof Error ? error.message : String(error)
    if (error.code === 'unreachable') return t('failedUnreachable')
    return error.text?.[locale] ?? error.message
  }
}

/** It went wrong: what, how to mend, retry; code and copyable details. */
export function Failed({ error, retry, title }: { error: unknown; retry?: () => void; title?: string }) {
  const t = useCommon()
  const text = useFaultText()
  const details =
    error instanceof Fault ? `${error.code} · HTTP ${error.status}\n${JSON.stringify(error.params)}` : String(error)
  return (
    <div className="state" role="alert">
      <h2>{title ?? t('failed')}</h2>
      <p className="prewrap">{text(error)}</p>
      {retry && (
        <div className="row">
          <Button onClick={retry}>{t('retry')}</Button>
        </div>
      )}
      <details>
        <summary>{t('details')}</summary>
        <pre className="raw wrap">{details}</pre>
        <button type="button" className="link-button" onClick={() => void navigator.clipboard?.writeText(details)}>
          {t('copy')}
        </button>
      </details>
    </div>
  )
}

/** The three waiting states of a query around its content. */
export function Loaded<T>({
  query,
  skeleton,
  children,
}: {
  query: UseQueryResult<T>
  skeleton?: ReactNode
  children: (data: T) => ReactNode
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />
  return <>{skeleton ?? <Skeleton />}</>
}
