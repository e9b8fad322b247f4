import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { api } from '../../api/client.ts'
import type { BatchView, Page } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Banner } from '../../parts/tag.tsx'
import { useUndoImport } from '../sources/batches.tsx'
import { useIntake } from './words.ts'

/** The balance of each file: read = stored + taken before + quarantine + skipped. */
export function ImportResult({ batches: result, again }: { batches: readonly BatchView[]; again: ReactNode }) {
  const t = useIntake()
  const f = useFormat()
  const navigate = useNavigate()
  const { ask, dialog } = useUndoImport()
  const source = result[0]?.source
  // The task's result is a snapshot; the list knows of an undo since.
  const now = useQuery({
    queryKey: ['/batches', { source, limit: 200 }, 'once'],
    enabled: !!source,
    queryFn: ({ signal }) => api.get<Page<BatchView>>('/batches', { source, limit: 200 }, signal),
  })
  const batches = result.map((batch) => now.data?.items.find((one) => one.batch === batch.batch) ?? batch)
  const quarantined = batches.reduce((sum, b) => sum + b.quarantined, 0)
  return (
    <>
      <Banner tone="good">
        <strong>{t('resultTitle')}</strong> {t('resultText')}
      </Banner>
      {batches.map((b) => (
        <Panel
          key={b.batch}
          title={b.path.split('/').at(-1)}
          extra={
            b.undoneAt ? (
              <span className="muted">{t('undoneNow')}</span>
            ) : (
              <Button size="small" onClick={() => ask(b)}>
                {t('undo')}
              </Button>
            )
          }
        >
          <div className="balance">
            <span>
              <b>{f.n(b.rowsRead)}</b>
              {t('read')}
            </span>
            <span className="op">=</span>
            <span className="good">
              <b>{f.n(b.stored)}</b>
              {t('stored')}
            </span>
            <span className="op">+</span>
            <span>
              <b>{f.n(b.duplicate)}</b>
              {t('duplicate')}
            </span>
            <span className="op">+</span>
            <span className={b.quarantined ? 'bad' : undefined}>
              <b>{f.n(b.quarantined)}</b>
              {t('quarantined')}
            </span>
            <span className="op">+</span>
            <span>
              <b>{f.n(b.skipped)}</b>
              {t('skipped')}
            </span>
          </div>
          {b.copies > 0 && <p className="muted small">{t('copiesNote', { n: f.n(b.copies) })}</p>}
        </Panel>
      ))}
      <div className="row">
        <Button type="primary" onClick={() => void navigate({ to: '/profiles' })}>
          {t('seeCustomers')}
        </Button>
        <Button onClick={() => void navigate({ to: '/' })}>{t('seeHome')}</Button>
        {again}
        {quarantined > 0 && source && (
          <Link to="/quality/quarantine" search={{ source }}>
            {t('seeQuarantine')} ({f.n(quarantined)})
          </Link>
        )}
      </div>
      {dialog}
    </>
  )
}
