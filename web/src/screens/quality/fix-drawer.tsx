import { useQueryClient } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { QuarantineRow } from '../../api/types.ts'
import { Field } from '../../frame/gate-card.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useNames } from '../../parts/names.ts'
import { useFaultText } from '../../parts/states.tsx'
import { Banner, Tag } from '../../parts/tag.tsx'
import { useToast } from '../../parts/toast.tsx'
import { useCommon } from '../../parts/words.ts'
import { stateTone } from './quarantine.tsx'
import { useQuality } from './words.ts'

export function FixDrawer({ row, onClose }: { row: QuarantineRow | undefined; onClose(): void }) {
  const t = useQuality()
  return (
    <Drawer
      open={!!row}
      onClose={onClose}
      size={520}
      title={row && t('rowTitle', { row: row.row, file: row.path.split('/').at(-1) ?? row.path })}
      destroyOnHidden
    >
      {row && <Fix key={`${row.batch}-${row.row}`} row={row} onDone={onClose} />}
    </Drawer>
  )
}

function Fix({ row, onDone }: { row: QuarantineRow; onDone(): void }) {
  const t = useQuality()
  const common = useCommon()
  const f = useFormat()
  const toast = useToast()
  const faultText = useFaultText()
  const { tableName, columnName } = useNames()
  const client = useQueryClient()
  const [values, setValues] = useState<[string, string][]>([[row.field ?? '', row.value ?? '']])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const refresh = () =>
    client.invalidateQueries({ predicate: (q) => String(q.queryKey[0]).startsWith('/quality/quarantine') })
  const act = async (work: () => Promise<unknown>, said: string) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await work()
      await refresh()
      toast.say(said)
      onDone()
    } catch (error) {
      setProblem(faultText(error))
    } finally {
      setBusy(false)
    }
  }
  const set = (i: number, next: [string, string]) => setValues(values.map((one, at) => (at === i ? next : one)))
  const given = values.filter(([field]) => field.trim())
  return (
    <div className="stack">
      <Banner tone="warn">
        <strong>{f.text(row.message)}</strong>
      </Banner>
      <dl className="pairs">
        <dt>{common('source')}</dt>
        <dd>
          {row.source} · {tableName(row.dataset)}
        </dd>
        <dt>{common('state')}</dt>
        <dd>
          <Tag tone={stateTone[row.state]} icon>
            {t(`state_${row.state}`)}
          </Tag>
        </dd>
      </dl>
      <div>
        <h3>{t('raw')}</h3>
        <pre className="raw wrap" tabIndex={0}>
          {row.raw}
        </pre>
      </div>
      {row.state === 'open' ? (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            void act(
              () => api.post(`/quality/quarantine/${row.batch}/${row.row}`, { values: Object.fromEntries(given) }),
              t('fixed', { row: row.row }),
            )
          }}
        >
          <p className="muted">{t('fixLead')}</p>
          {values.map(([field, value], i) =>
            i === 0 && row.field ? (
              <Field
                key={i}
                id={`fix-${i}`}
                label={t('newValue', { field: columnName(field, row.dataset) })}
                value={value}
                onChange={(event) => set(i, [field, event.target.value])}
              />
            ) : (
              <div key={i} className="row" style={{ flexWrap: 'nowrap', alignItems: 'flex-end' }}>
                <div className="grow">
                  <Field
                    id={`fix-field-${i}`}
                    label={t('field')}
                    value={field}
                    onChange={(event) => set(i, [event.target.value, value])}
                  />
                </div>
                <div className="grow">
                  <Field
                    id={`fix-value-${i}`}
                    label={t('newValue', { field: field || '…' })}
                    value={value}
                    onChange={(event) => set(i, [field, event.target.value])}
                  />
                </div>
              </div>
            ),
          )}
          <button type="button" className="link-button" onClick={() => setValues([...values, ['', '']])}>
            {t('addField')}
          </button>
          {problem && <Banner tone="bad">{problem}</Banner>}
          <div className="row between">
            <Button type="primary" htmlType="submit" loading={busy} disabled={!given.length}>
              {t('fix')}
            </Button>
            <Button
              danger
              type="text"
              disabled={busy}
              onClick={() =>
                void act(
                  () => api.post(`/quality/quarantine/${row.batch}/${row.row}/discard`),
                  t('discarded', { row: row.row }),
                )
              }
            >
              {t('discard')}
            </Button>
          </div>
        </form>
      ) : (
        <p className="muted">{t('readOnly', { state: t(`state_${row.state}`) })}</p>
      )}
    </div>
  )
}
