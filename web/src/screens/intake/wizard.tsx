import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api, seg } from '../../api/client.ts'
import type { InspectResponse, Mapping, Upload } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { Failed, Skeleton } from '../../parts/states.tsx'
import { Button } from 'antd'
import { useEffect } from 'react'
import { Fault } from '../../api/client.ts'
import { Banner } from '../../parts/tag.tsx'
import { forgetDraft, sourceName, useDraft, writeDraft, type FileDraft } from './draft.ts'
import { MapStep } from './map-step.tsx'
import { ReadStep } from './read-step.tsx'
import { useIntake } from './words.ts'

const route = getRouteApi('/intake')

/** The columns the server is willing to name, as a mapping. */
export function suggested(response: InspectResponse): Mapping {
  const fields: Record<string, { column: string }> = {}
  for (const { column, field } of response.suggestion.fields)
    if (field && !(field in fields)) fields[field] = { column }
  return { dataset: response.suggestion.dataset, fields }
}

export function Wizard({ upload, step }: { upload: string; step: 'read' | 'map' }) {
  const t = useIntake()
  const f = useFormat()
  const navigate = useNavigate()
  const { file = 0 } = route.useSearch()
  const { draft, change } = useDraft(upload)
  // A link opened in another browser has no draft: the server still knows the files.
  const known = useQuery({
    queryKey: ['/uploads', upload],
    queryFn: ({ signal }) => api.get<Upload>(`/uploads/${seg(upload)}`, {}, signal),
    retry: false,
  })
  useEffect(() => {
    if (!draft && known.data) {
      writeDraft({ upload: known.data, source: sourceName(known.data.files[0]?.name ?? ''), files: {} })
      window.location.reload()
    }
  }, [draft, known.data])

  const mine: FileDraft = draft?.files[file] ?? {}
  const inspect = useQuery({
    queryKey: ['/imports/inspect', upload, file, mine.choice],
    enabled: !!draft,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.post<InspectResponse>('/imports/inspect', { upload, file, choice: mine.choice }, signal),
  })

  if (known.isError && known.error instanceof Fault && known.error.status === 404) {
    return (
      <Banner
        tone="warn"
        actions={
          <Button
            size="small"
            onClick={() => {
              forgetDraft(upload)
              void navigate({ to: '/intake', search: {} })
            }}
          >
            {t('another')}
          </Button>
        }
      >
        {t('gone')}
      </Banner>
    )
  }
  if (!draft)
    return known.isError ? <Failed error={known.error} retry={() => void known.refetch()} /> : <Skeleton lines={6} />

  const setMine = (next: Partial<FileDraft>) =>
    change((d) => ({ ...d, files: { ...d.files, [file]: { ...d.files[file], ...next } } }))
  const go = (to: 'read' | 'map', index = file) =>
    void navigate({ to: '/intake', search: { upload, step: to, file: index || undefined } })
  return (
    <div className="stack">
      {draft.upload.files.length > 1 && (
        <nav className="file-tabs" aria-label={t('files')}>
          {draft.upload.files.map((one) => (
            <button
              key={one.index}
              type="button"
              aria-current={one.index === file ? 'true' : undefined}
              onClick={() => go(step, one.index)}
            >
              {draft.files[one.index]?.mapping ? '✓ ' : ''}
              {one.name} <span className="muted small">{f.bytes(one.bytes)}</span>
            </button>
          ))}
        </nav>
      )}
      {inspect.isError && !inspect.data ? (
        <Failed error={inspect.error} retry={() => void inspect.refetch()} />
      ) : !inspect.data ? (
        <div className="panel">
          <div className="panel-body only stack">
            <span className="muted">{t('inspecting')}</span>
            <Skeleton lines={8} />
          </div>
        </div>
      ) : step === 'read' ? (
        <ReadStep
          file={draft.upload.files[file]}
          response={inspect.data}
          choice={mine.choice}
          failed={inspect.error}
          onChoice={(choice) => setMine({ choice, mapping: undefined })}
          onNext={() => go('map')}
        />
      ) : (
        <MapStep
          key={file}
          draft={draft}
          file={file}
          response={inspect.data}
          mapping={mine.mapping ?? suggested(inspect.data)}
          onMapping={(mapping) => setMine({ mapping })}
          onSource={(source) => change((d) => ({ ...d, source }))}
          onBack={() => go('read')}
          onFile={(index) => go('read', index)}
        />
      )}
    </div>
  )
}
