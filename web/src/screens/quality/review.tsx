import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Select, Switch } from 'antd'
import { useState } from 'react'
import { api, seg } from '../../api/client.ts'
import type { ReviewItem } from '../../api/types.ts'
import { Field } from '../../frame/gate-card.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useNames } from '../../parts/names.ts'
import { Panel } from '../../parts/page.tsx'
import { useShortcuts } from '../../parts/shortcuts.ts'
import { Empty, Failed, Skeleton } from '../../parts/states.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useToast } from '../../parts/toast.tsx'
import { usePaged } from '../../parts/use-paged.ts'
import { useCommon } from '../../parts/words.ts'
import { difference } from './difference.ts'
import { QualityHead } from './head.tsx'
import { useQuality } from './words.ts'

const route = getRouteApi('/quality/review')

/** One card at a time; J/K move, A keeps, R mends. The keys can be switched off. */
export function Review() {
  const t = useQuality()
  const common = useCommon()
  const f = useFormat()
  const { tableName, columnName } = useNames()
  const toast = useToast()
  const client = useQueryClient()
  const { state = 'open' } = route.useSearch()
  const navigate = route.useNavigate()
  const list = usePaged<ReviewItem>('/quality/review', { state, limit: 100 })
  const [at, setAt] = useState(0)
  const [done, setDone] = useState<Record<string, 'keep' | 'fix'>>({})
  const [mending, setMending] = useState(false)
  const [value, setValue] = useState('')
  const [reason, setReason] = useState('')
  const [keys, setKeys] = useState(() => localStorage.getItem('tributary.review.keys') !== 'off')
  const items = list.items ?? []
  const item = items[Math.min(at, items.length - 1)]

  const move = (step: number) => {
    setMending(false)
    setAt((now) => Math.max(0, Math.min(items.length - 1, now + step)))
    if (step > 0 && at + 5 > items.length && list.hasNextPage) void list.fetchNextPage()
  }
  const decide = async (decision: 'keep' | 'fix') => {
    if (!item || item.state !== 'open' || done[item.id]) return
    try {
      await api.post(`/quality/review/${seg(item.id)}`, {
        decision,
        value: decision === 'fix' ? value : undefined,
        reason: reason.trim() || undefined,
      })
      setDone((all) => ({ ...all, [item.id]: decision }))
      setReason('')
      move(1)
      if (Object.keys(done).length + 1 >= items.length && !list.hasNextPage) {
        setDone({})
        setAt(0)
        await client.invalidateQueries({ queryKey: ['/quality/review'] })
      }
    } catch (error) {
      toast.fail(error)
    }
  }
  const startMending = () => {
    if (!item || item.state !== 'open' || done[item.id]) return
    // A bound ("≤ 11007.18") is no value to put in place.
    setValue(/^[≤≥<>]/.test(item.expected) ? item.value : item.expected || item.value)
    setMending(true)
    window.setTimeout(() => document.getElementById('review-value')?.focus(), 0)
  }
  useShortcuts({ j: () => move(1), k: () => move(-1), a: () => void decide('keep'), r: startMending }, keys && !!item)

  const diff = item && mending ? difference(item.value, value) : undefined
  const decided =
    item && (done[item.id] ?? (item.state === 'open' ? undefined : item.state === 'kept' ? 'keep' : 'fix'))
  return (
    <>
      <QualityHead lead={t('leadReview')} />
      <div className="stack">
        <div className="filters">
          <Select
            aria-label={common('state')}
            style={{ minWidth: 130 }}
            value={state}
            onChange={(next) => {
              setAt(0)
              void navigate({ search: { state: next === 'open' ? undefined : next } })
            }}
            options={(['open', 'kept', 'fixed'] as const).map((one) => ({
              value: one,
              label: t(`reviewState_${one}`),
            }))}
          />
          <span className="field" style={{ marginLeft: 'auto' }} title={t('shortcutsHint')}>
            <Switch
              size="small"
              checked={keys}
              aria-label={t('shortcuts')}
              onChange={(on) => {
                setKeys(on)
                localStorage.setItem('tributary.review.keys', on ? 'on' : 'off')
              }}
            />
            <span className="muted small">{t('shortcutsHint')}</span>
          </span>
        </div>
        {list.isError ? (
          <Panel>
            <Failed error={list.error} retry={() => void list.refetch()} />
          </Panel>
        ) : !list.items ? (
          <Panel>
            <Skeleton />
          </Panel>
        ) : !item ? (
          <Panel>
            <Empty title={t('reviewEmpty')}>{t('reviewEmptyText')}</Empty>
          </Panel>
        ) : (
          <Panel
            title={
              <span aria-live="polite">
                {t('reviewPosition', { n: Math.min(at + 1, items.length), total: f.n(list.total ?? items.length) })}
              </span>
            }
            extra={
              <>
                <Button size="small" onClick={() => move(-1)} disabled={at === 0}>
                  {t('previousCard')} <kbd>K</kbd>
                </Button>
                <Button size="small" onClick={() => move(1)} disabled={at >= items.length - 1}>
                  {t('nextCard')} <kbd>J</kbd>
                </Button>
              </>
            }
          >
            <div className="stack">
              <div>
                <h3>{t('why')}</h3>
                <p style={{ fontSize: 15 }}>{f.text(item.reason)}</p>
              </div>
              <div className="figures">
                <div className="figure">
                  <div className="label">{columnName(item.field, item.dataset)}</div>
                  <div className="value">
                    {diff ? (
                      <>
                        {diff.head}
                        <del>{diff.removed}</del>
                        {diff.tail}
                      </>
                    ) : (
                      item.value || '–'
                    )}
                  </div>
                  <div className="note">{t('now')}</div>
                </div>
                <div className="figure">
                  <div className="label">{mending ? t('after') : columnName(item.field, item.dataset)}</div>
                  <div className="value">
                    {diff ? (
                      <>
                        {diff.head}
                        <ins>{diff.added}</ins>
                        {diff.tail}
                      </>
                    ) : (
                      item.expected || '–'
                    )}
                  </div>
                  <div className="note">{mending ? t('mend') : t('expected')}</div>
                </div>
              </div>
              <div className="row muted">
                <span>{tableName(item.dataset)}</span>
                {item.personId && (
                  <Link to="/profiles/$id" params={{ id: item.personId }}>
                    {t('customer')} {item.personId}
                  </Link>
                )}
                {item.decidedBy && <span>{t('decidedBy', { name: item.decidedBy, ago: f.ago(item.decidedAt) })}</span>}
              </div>
              {decided ? (
                <div>
                  <Tag tone="good" icon>
                    {t('decided', { what: t(decided === 'keep' ? 'keep' : 'mend') })}
                  </Tag>
                </div>
              ) : mending ? (
                <form
                  className="form"
                  style={{ maxWidth: 460 }}
                  onSubmit={(event) => {
                    event.preventDefault()
                    void decide('fix')
                  }}
                >
                  <Field
                    id="review-value"
                    label={t('mendValue')}
                    value={value}
                    onChange={(event) => setValue(event.target.value)}
                  />
                  <Field
                    id="review-reason"
                    label={t('mendReason')}
                    value={reason}
                    onChange={(event) => setReason(event.target.value)}
                    maxLength={500}
                  />
                  <div className="row">
                    <Button type="primary" htmlType="submit">
                      {t('mend')}
                    </Button>
                    <Button onClick={() => setMending(false)}>{common('cancel')}</Button>
                  </div>
                </form>
              ) : (
                <div className="row">
                  <Button type="primary" onClick={() => void decide('keep')}>
                    {t('keep')} <kbd>A</kbd>
                  </Button>
                  <Button onClick={startMending}>
                    {t('mend')} <kbd>R</kbd>
                  </Button>
                </div>
              )}
            </div>
          </Panel>
        )}
      </div>
    </>
  )
}
