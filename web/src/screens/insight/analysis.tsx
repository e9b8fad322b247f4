import { DownloadOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api, apiUrl, seg } from '../../api/client.ts'
import type { AnalysisRequest, AnalysisResult } from '../../api/types.ts'
import { ResultChart, ResultTable } from '../../chart/result.tsx'
import { useFormat } from '../../i18n/format.ts'
import { Flyout } from '../../parts/flyout.tsx'
import { PageHead, Panel } from '../../parts/page.tsx'
import { Empty, Failed, Skeleton } from '../../parts/states.tsx'
import { useToast } from '../../parts/toast.tsx'
import { useAnalyses } from './analyses.tsx'
import { Figures } from './figures.tsx'
import { Findings } from './findings.tsx'
import { ParamsForm } from './params-form.tsx'
import { ScopeForm } from './scope-form.tsx'
import { useInsight } from './words.ts'

const route = getRouteApi('/insight/analyses/$id')

function parsed(params: string | undefined): Record<string, unknown> | undefined {
  try {
    return params ? (JSON.parse(params) as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Answers come as a POST, so the file is fetched and then handed to the browser. */
async function download(
  id: string,
  format: 'csv' | 'xlsx' | 'svg',
  body: AnalysisRequest,
  name: string,
): Promise<void> {
  const response = await fetch(apiUrl(`/insight/analyses/${seg(id)}`, { format }), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': document.documentElement.lang },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`HTTP ${response.status}`)
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = `${name}.${format}`
  link.click()
  URL.revokeObjectURL(url)
}

export function Analysis() {
  const t = useInsight()
  const f = useFormat()
  const toast = useToast()
  const { id } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const known = useAnalyses()
  const analysis = known.data?.find((a) => a.id === id)
  const { people, asOf, windowDays } = search
  const body: AnalysisRequest = { scope: { people, asOf, windowDays }, params: parsed(search.params) }
  const query = useQuery({
    queryKey: ['/insight/run', id, body],
    enabled: !!analysis,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: ({ signal }) => api.post<AnalysisResult>(`/insight/analyses/${seg(id)}`, body, signal),
  })
  if (known.isError) return <Failed error={known.error} retry={() => void known.refetch()} />
  if (!known.data) return <Skeleton lines={8} big />
  if (!analysis) return <Empty title={t('unknown')} actions={<Link to="/insight">{t('analyses')}</Link>} />
  const name = f.text(analysis.name)
  const result = query.data
  return (
    <>
      <PageHead
        title={name}
        lead={f.text(analysis.question)}
        actions={
          <Flyout
            align="end"
            className="icon-button outlined"
            label={t('export')}
            button={
              <>
                <DownloadOutlined aria-hidden />
                {t('export')}
              </>
            }
          >
            {(close) => (
              <div className="stack tight">
                {(['xlsx', 'csv', 'svg'] as const).map((format) => (
                  <button
                    key={format}
                    type="button"
                    className="link-button"
                    onClick={() => {
                      close()
                      download(id, format, body, name).catch(toast.fail)
                    }}
                  >
                    {format.toUpperCase()}
                  </button>
                ))}
              </div>
            )}
          </Flyout>
        }
      />
      <div className="stack">
        <div className="row">
          <ScopeForm
            value={{ people, asOf, windowDays }}
            onChange={(scope) => void navigate({ search: { ...search, ...scope } })}
          />
          <ParamsForm
            schema={analysis.params}
            value={body.params ?? {}}
            onChange={(params) =>
              void navigate({
                search: { ...search, params: Object.keys(params).length ? JSON.stringify(params) : undefined },
              })
            }
          />
          {query.isFetching && <span className="muted small">{t('running')}</span>}
        </div>
        {query.isError && !query.isFetching ? (
          <Panel>
            <Failed error={query.error} retry={() => void query.refetch()} />
          </Panel>
        ) : !result ? (
          <Panel>
            <Skeleton lines={6} big />
          </Panel>
        ) : result.rows.length === 0 ? (
          <Panel>
            <Empty title={t('empty')}>{t('emptyText')}</Empty>
          </Panel>
        ) : (
          <>
            {result.figures && Object.keys(result.figures).length > 0 && <Figures figures={result.figures} />}
            <div className="grid">
              <div className="w8">
                <Panel title={t('result')}>
                  <ResultChart result={result} name={name} height={360} />
                </Panel>
              </div>
              <div className="w4 stack">
                <Panel title={t('findings')}>
                  <Findings findings={result.findings} />
                </Panel>
                <Panel title={t('definition')}>
                  <p style={{ color: 'var(--text-2)' }}>{f.text(analysis.definition)}</p>
                </Panel>
              </div>
            </div>
            {result.chart && (
              <Panel flush>
                <ResultTable result={result} name={name} />
              </Panel>
            )}
          </>
        )}
      </div>
    </>
  )
}
