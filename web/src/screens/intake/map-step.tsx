import { useNavigate } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { useTasks } from '../../api/tasks.tsx'
import type { DomainName, ImportRequest, InspectResponse, Mapping, Task } from '../../api/types.ts'
import { Field } from '../../frame/gate-card.tsx'
import { useFormat } from '../../i18n/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Banner } from '../../parts/tag.tsx'
import { useToast } from '../../parts/toast.tsx'
import { forgetDraft, type Draft } from './draft.ts'
import { MappingTable } from './mapping-table.tsx'
import { Validation } from './validation.tsx'
import { useIntake } from './words.ts'

/** Column → field, checked against the first hundred rows as it changes. */
export function MapStep({
  draft,
  file,
  response,
  mapping,
  onMapping,
  onSource,
  onBack,
  onFile,
}: {
  draft: Draft
  file: number
  response: InspectResponse
  mapping: Mapping
  onMapping(mapping: Mapping): void
  onSource(source: string): void
  onBack(): void
  onFile(index: number): void
}) {
  const t = useIntake()
  const f = useFormat()
  const toast = useToast()
  const navigate = useNavigate()
  const { add } = useTasks()
  const [busy, setBusy] = useState(false)
  const { inspection, suggestion, datasets } = response
  const dataset = datasets.find((d) => d.name === mapping.dataset)
  const missing = dataset?.fields.filter((field) => field.required && !(field.name in mapping.fields)) ?? []
  const empty = Object.keys(mapping.fields).length === 0
  const files = draft.upload.files
  // Files that nobody has looked at yet come first, before the import.
  const next = files.find((one) => one.index !== file && !draft.files[one.index]?.mapping)
  const ready = !missing.length && !empty && draft.source.trim() !== ''

  const setDataset = (name: DomainName) => {
    const target = datasets.find((d) => d.name === name)
    const kept = Object.entries(mapping.fields).filter(([field]) =>
      target?.fields.some((known) => known.name === field),
    )
    onMapping({ ...mapping, dataset: name, fields: Object.fromEntries(kept) })
  }
  const start = async () => {
    setBusy(true)
    try {
      const body: ImportRequest = {
        upload: draft.upload.id,
        source: draft.source.trim(),
        files: await Promise.all(
          files.map(async (one) => {
            if (one.index === file) return { file, plan: inspection.plan, mapping }
            const other = draft.files[one.index]
            const seen = await api.post<InspectResponse>('/imports/inspect', {
              upload: draft.upload.id,
              file: one.index,
              choice: other?.choice,
            })
            return { file: one.index, plan: seen.inspection.plan, mapping: other!.mapping! }
          }),
        ),
      }
      const task = await api.post<Task>('/imports', body)
      add(task)
      forgetDraft(draft.upload.id)
      void navigate({ to: '/intake', search: { step: 'run', task: task.id } })
    } catch (error) {
      toast.fail(error)
      setBusy(false)
    }
  }
  return (
    <>
      {suggestion.template && <Banner tone="good">{t('template')}</Banner>}
      <Panel>
        <div className="choice-grid">
          <div>
            <label htmlFor="dataset">
              {t('dataset')}{' '}
              {mapping.dataset === suggestion.dataset && (
                <span className="muted">· {t('datasetSure', { pct: f.pct(suggestion.datasetConfidence, 0) })}</span>
              )}
            </label>
            <Select
              id="dataset"
              aria-label={t('dataset')}
              style={{ width: '100%' }}
              showSearch={{ optionFilterProp: 'label' }}
              value={mapping.dataset}
              options={datasets.map((d) => ({ value: d.name, label: f.text(d.text) }))}
              onChange={setDataset}
            />
          </div>
          <Field
            id="source-name"
            label={t('source')}
            hint={t('sourceHint')}
            value={draft.source}
            onChange={(event) => onSource(event.target.value)}
          />
        </div>
        <details style={{ marginTop: 14 }}>
          <summary className="link-button">{t('advanced')}</summary>
          <div className="choice-grid" style={{ marginTop: 10 }}>
            <Field
              id="space"
              label={t('space')}
              hint={t('spaceHint')}
              value={mapping.space ?? ''}
              onChange={(event) => onMapping({ ...mapping, space: event.target.value.trim() || undefined })}
            />
            <Field
              id="currency"
              label={t('currency')}
              hint={t('currencyHint')}
              value={mapping.currency ?? ''}
              maxLength={3}
              onChange={(event) =>
                onMapping({ ...mapping, currency: event.target.value.trim().toUpperCase() || undefined })
              }
            />
          </div>
        </details>
      </Panel>
      <Panel
        title={t('step_map')}
        flush
        extra={
          <span className="muted small">
            {t('unmappedCount', {
              count: inspection.columns.length - Object.values(mapping.fields).filter((m) => m.column).length,
            })}
          </span>
        }
      >
        <MappingTable response={response} mapping={mapping} onMapping={onMapping} />
      </Panel>
      {missing.length > 0 && (
        <Banner tone="bad">
          {t('requiredMissing', {
            fields: missing.map((field) => f.text(field.text)).join(f.locale === 'zh' ? '、' : ', '),
          })}
        </Banner>
      )}
      {empty && <Banner tone="warn">{t('nothingMapped')}</Banner>}
      {!empty && (
        <Validation
          upload={draft.upload.id}
          file={file}
          plan={inspection.plan}
          mapping={mapping}
          texts={dataset?.fields ?? []}
        />
      )}
      <div className="wizard-foot">
        <Button size="large" onClick={onBack}>
          {t('back')}
        </Button>
        {next ? (
          <Button
            type="primary"
            size="large"
            disabled={!ready}
            onClick={() => {
              onMapping(mapping)
              onFile(next.index)
            }}
          >
            {t('nextFile', { name: next.name })}
          </Button>
        ) : (
          <Button type="primary" size="large" disabled={!ready} loading={busy} onClick={() => void start()}>
            {files.length > 1
              ? t('startFiles', { count: files.length })
              : inspection.estimatedRows
                ? t('start', { n: f.n(inspection.estimatedRows) })
                : t('startPlain')}
          </Button>
        )}
      </div>
    </>
  )
}
