import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { useEffect, useState } from 'react'
import { api } from '../../api/client.ts'
import type { InspectResponse, Mapping, ReadPlan, ValidateRequest, ValidateResponse } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCodeName } from '../../parts/code-name.ts'
import { Panel } from '../../parts/page.tsx'
import { Failed, Skeleton } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { Banner, Tag } from '../../parts/tag.tsx'
import { useIntake } from './words.ts'

type DatasetField = InspectResponse['datasets'][number]['fields'][number]

/** A dry run over the first rows, after each change of the mapping; nothing is stored. */
export function Validation({
  upload,
  file,
  plan,
  mapping,
  texts,
}: {
  upload: string
  file: number
  plan: ReadPlan
  mapping: Mapping
  texts: readonly DatasetField[]
}) {
  const t = useIntake()
  const f = useFormat()
  const code = useCodeName()
  const [settled, setSettled] = useState(mapping)
  const [onlyIssues, setOnlyIssues] = useState(true)
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(mapping), 350)
    return () => window.clearTimeout(timer)
  }, [mapping])
  const check = useQuery({
    queryKey: ['/imports/validate', upload, file, plan, settled],
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      api.post<ValidateResponse>(
        '/imports/validate',
        { upload, file, plan, mapping: settled, rows: 100 } satisfies ValidateRequest,
        signal,
      ),
  })
  const nameOf = (field: string) => f.text(texts.find((one) => one.name === field)?.text) || field
  if (check.isError && !check.isFetching) {
    return (
      <Panel title={t('check')}>
        <Failed error={check.error} retry={() => void check.refetch()} />
      </Panel>
    )
  }
  const data = check.data
  if (!data) {
    return (
      <Panel title={t('check')}>
        <Skeleton lines={4} />
      </Panel>
    )
  }
  const flagged = data.rows.filter((row) => row.issues.length > 0)
  const shown = onlyIssues ? flagged : data.rows
  const columns = Object.keys(settled.fields)
  const count = (n: number, word: string, tone: string) => (
    <span className={n ? tone : 'muted'}>
      <b>{f.n(n)}</b> {word}
    </span>
  )
  return (
    <Panel
      title={t('check')}
      flush
      extra={
        <>
          {check.isFetching && <span className="muted small">{t('checking')}</span>}
          <Checkbox checked={onlyIssues} onChange={(event) => setOnlyIssues(event.target.checked)}>
            {t('onlyIssues', { n: flagged.length })}
          </Checkbox>
        </>
      }
    >
      <div className="panel-body" style={{ paddingBottom: 10 }} aria-live="polite">
        <p className="muted small">{t('checkLead', { n: f.n(data.counts.rows) })}</p>
        <div className="counts">
          {count(data.counts.ok, t('ok'), 'good')}
          {count(data.counts.tagged, t('tagged'), 'warn')}
          {count(data.counts.quarantined, t('quarantined'), 'bad')}
        </div>
        {data.problems.map((problem, i) => (
          <Banner key={i} tone="bad">
            {f.text(problem)}
          </Banner>
        ))}
      </div>
      {shown.length === 0 ? (
        <p className="panel-body muted">{t('noIssues')}</p>
      ) : (
        <DataTable
          caption={t('check')}
          maxHeight={380}
          rows={shown}
          rowKey={(row) => String(row.row)}
          cols={[
            { key: '_row', head: t('row'), num: true, cell: (row) => f.n(row.row) },
            {
              key: '_issues',
              head: t('remarks'),
              cell: (row) => (
                <div className="stack tight" style={{ minWidth: row.issues.length ? 240 : 0 }}>
                  {row.issues.map((issue, i) => (
                    <div key={i}>
                      <Tag tone={issue.outcome === 'quarantine' || issue.outcome === 'reject' ? 'bad' : 'warn'} icon>
                        {code('outcome', issue.outcome)}
                      </Tag>{' '}
                      {f.text(issue.message)}
                    </div>
                  ))}
                </div>
              ),
            },
            ...columns.map((field) => ({
              key: field,
              head: nameOf(field),
              nowrap: true,
              cell: (row: ValidateResponse['rows'][number]) => {
                const value = row.values[field]
                const bad = row.issues.some((issue) => issue.field === field)
                return (
                  <span className={bad ? 'bad' : undefined}>
                    {value === null || value === undefined || value === '' ? '–' : String(value)}
                  </span>
                )
              },
            })),
          ]}
        />
      )}
    </Panel>
  )
}
