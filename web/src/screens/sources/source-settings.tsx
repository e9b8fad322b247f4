import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Switch } from 'antd'
import { useState } from 'react'
import { api, seg } from '../../api/client.ts'
import type { SourcePut, SourceView } from '../../api/types.ts'
import { Field } from '../../frame/gate-card.tsx'
import { useNames } from '../../parts/names.ts'
import { useToast } from '../../parts/toast.tsx'
import { useCommon } from '../../parts/words.ts'
import { useSources } from './words.ts'

export function SourceSettings({ source }: { source: SourceView }) {
  const t = useSources()
  const common = useCommon()
  const { tableName } = useNames()
  const toast = useToast()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [path, setPath] = useState(typeof source.config.path === 'string' ? source.config.path : '')
  const [watch, setWatch] = useState(source.watch)
  const [schedule, setSchedule] = useState(source.schedule ?? '')
  const body = (): SourcePut => ({
    connector: source.connector,
    config: path ? { ...source.config, path } : source.config,
    mapping: source.mapping,
    watch,
    schedule: schedule.trim() || undefined,
  })
  const refresh = () => client.invalidateQueries({ queryKey: ['/sources'] })
  const save = async () => {
    try {
      await api.put(`/sources/${seg(source.id)}`, body())
      await refresh()
      toast.say(t('saved'))
    } catch (error) {
      toast.fail(error)
    }
  }
  const remove = async () => {
    const before = body()
    try {
      await api.delete(`/sources/${seg(source.id)}`)
      await refresh()
      void navigate({ to: '/sources' })
      toast.say(t('removed', { name: source.id }), {
        undo: () => void api.put(`/sources/${seg(source.id)}`, before).then(refresh, toast.fail),
      })
    } catch (error) {
      toast.fail(error)
    }
  }
  return (
    <div className="form">
      <dl className="pairs">
        <dt>{t('connector')}</dt>
        <dd>{source.connector}</dd>
        {source.mapping && (
          <>
            <dt>{t('dataset')}</dt>
            <dd>{tableName(source.mapping.dataset)}</dd>
          </>
        )}
        {source.mappingVersion !== undefined && (
          <>
            <dt>{t('mappingVersion')}</dt>
            <dd className="num">{source.mappingVersion}</dd>
          </>
        )}
      </dl>
      {'path' in source.config && (
        <Field
          id="path"
          label={t('path')}
          hint={t('pathHint')}
          value={path}
          onChange={(event) => setPath(event.target.value)}
        />
      )}
      <div className="row">
        <Switch id="watch" checked={watch} onChange={setWatch} aria-label={t('watch')} />
        <div>
          <div>{t('watch')}</div>
          <div className="hint" style={{ margin: 0 }}>
            {t('watchHint')}
          </div>
        </div>
      </div>
      <Field
        id="schedule"
        label={t('schedule')}
        hint={t('scheduleHint')}
        value={schedule}
        onChange={(event) => setSchedule(event.target.value)}
        className="text-input mono"
      />
      <div className="row between">
        <Button type="primary" onClick={() => void save()}>
          {common('save')}
        </Button>
        <Button danger type="text" onClick={() => void remove()} title={t('removeNote')}>
          {t('remove')}
        </Button>
      </div>
    </div>
  )
}
