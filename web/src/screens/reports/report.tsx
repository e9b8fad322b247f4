import { DownloadOutlined, EditOutlined, SyncOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { api, apiUrl, isUnknown, seg } from '../../api/client.ts'
import { useTasks } from '../../api/tasks.tsx'
import type { Report, Task } from '../../api/types.ts'
import { ResultChart } from '../../chart/result.tsx'
import { useFormat } from '../../i18n/format.ts'
import { Definition } from '../../parts/definition.tsx'
import { Flyout } from '../../parts/flyout.tsx'
import { useNames } from '../../parts/names.ts'
import { PageHead, Panel } from '../../parts/page.tsx'
import { Empty, Failed, Skeleton } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { useToast } from '../../parts/toast.tsx'
import { useCommon } from '../../parts/words.ts'
import { Figures } from '../insight/figures.tsx'
import { Findings } from '../insight/findings.tsx'
import { Comparison, MetricCards } from './report-figures.tsx'
import './report.css'
import { useReports } from './words.ts'

const route = getRouteApi('/insight/reports/$id')

export function ReportView() {
  const t = useReports()
  const common = useCommon()
  const f = useFormat()
  const { tableName } = useNames()
  const toast = useToast()
  const navigate = useNavigate()
  const { add } = useTasks()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['/reports', id],
    queryFn: ({ signal }) => api.get<Report>(`/reports/${seg(id)}`, {}, signal),
  })
  if (query.isError)
    return isUnknown(query.error) ? (
      <Empty title={t('notFound')} actions={<Link to="/insight/reports">{t('list')}</Link>} />
    ) : (
      <Failed error={query.error} retry={() => void query.refetch()} />
    )
  if (!query.data) return <Skeleton lines={10} big />
  const report = query.data
  const { spec } = report
  const rerun = async () => {
    try {
      add(await api.post<Task>(`/reports/${seg(id)}/run`))
      toast.say(t('rerunStarted'))
    } catch (error) {
      toast.fail(error)
    }
  }
  const at = report.runs[0]?.at
  return (
    <>
      <PageHead
        title={spec.name}
        lead={
          <>
            {spec.goal && (
              <>
                {spec.goal}
                <br />
              </>
            )}
            <span className="muted">
              {t('period', { days: spec.period.windowDays, asOf: f.day(spec.period.asOf) })}
              {at && ` · ${t('made', { at: f.time(at) })}`}
            </span>
          </>
        }
        actions={
          <>
            <Button
              icon={<EditOutlined aria-hidden />}
              onClick={() => void navigate({ to: '/insight/reports/new', search: { from: id } })}
            >
              {t('edit')}
            </Button>
            <Button icon={<SyncOutlined aria-hidden />} onClick={() => void rerun()}>
              {t('rerun')}
            </Button>
            <Flyout
              align="end"
              className="icon-button outlined"
              label={common('download')}
              button={
                <>
                  <DownloadOutlined aria-hidden />
                  {common('download')}
                </>
              }
            >
              {(close) => (
                <div className="stack tight">
                  {(
                    [
                      ['html', t('html')],
                      ['xlsx', t('excel')],
                      ['pdf', t('pdf')],
                    ] as const
                  ).map(([format, text]) => (
                    <a
                      key={format}
                      href={apiUrl(`/reports/${seg(id)}/${format}`, { locale: f.locale })}
                      download={`${spec.name}.${format}`}
                      onClick={close}
                    >
                      {text}
                    </a>
                  ))}
                </div>
              )}
            </Flyout>
          </>
        }
      />
      <div className="report">
        <nav className="contents" aria-label={t('contents')}>
          <a href="#conclusions">{t('conclusions')}</a>
          <a href="#data">{t('data')}</a>
          {report.sections.map((section) => (
            <a key={section.id} href={`#section-${section.id}`}>
              {f.text(section.title)}
            </a>
          ))}
        </nav>
        <div className="stack">
          <MetricCards report={report} />
          <section id="conclusions">
            <Panel title={t('conclusions')}>
              <Findings findings={report.conclusions} />
            </Panel>
          </section>
          {report.comparison && <Comparison comparison={report.comparison} />}
          <section id="data" className="grid">
            <div className="w6">
              <Panel title={t('data')} flush>
                <div className="panel-body" style={{ paddingBottom: 6 }}>
                  <div className="figures plain">
                    {(
                      [
                        [t('peopleCount'), f.n(report.data.people)],
                        [t('ordersCount'), f.n(report.data.orders)],
                        [t('amount'), f.shortMoney(report.data.amount)],
                      ] as const
                    ).map(([label, value]) => (
                      <div className="figure" key={label}>
                        <div className="label">{label}</div>
                        <div className="value">{value}</div>
                      </div>
                    ))}
                  </div>
                </div>
                <DataTable
                  caption={t('data')}
                  maxHeight={260}
                  rows={report.data.sources}
                  rowKey={(s) => `${s.source}/${s.dataset}`}
                  cols={[
                    { key: 'source', head: common('source'), cell: (s) => s.source },
                    { key: 'dataset', head: common('dataset'), cell: (s) => tableName(s.dataset) },
                    { key: 'rows', head: common('rows'), num: true, cell: (s) => f.n(s.rows) },
                  ]}
                />
              </Panel>
            </div>
            <div className="w6">
              <Panel title={t('cleaning')} flush>
                <DataTable
                  caption={t('cleaning')}
                  maxHeight={360}
                  rows={report.cleaning}
                  rowKey={(_, i) => String(i)}
                  cols={[
                    { key: 'step', head: t('step'), cell: (s) => f.text(s.step) },
                    { key: 'rows', head: t('runRows'), num: true, cell: (s) => f.n(s.rows) },
                  ]}
                />
              </Panel>
            </div>
          </section>
          {report.sections.map((section) => (
            <Section key={section.id} section={section} />
          ))}
        </div>
      </div>
    </>
  )
}

function Section({ section }: { section: Report['sections'][number] & { problem?: { zh: string; en: string } } }) {
  const t = useReports()
  const f = useFormat()
  const name = f.text(section.title)
  const { result } = section
  return (
    <section id={`section-${section.id}`}>
      <Panel title={name} extra={<Definition name={name}>{f.text(section.definition)}</Definition>}>
        {section.problem ? (
          <p className="muted">
            {t('problem')}: {f.text(section.problem)}
          </p>
        ) : (
          <div className="stack">
            {result.figures && Object.keys(result.figures).length > 0 && <Figures figures={result.figures} />}
            <ResultChart result={result} name={name} />
            {result.findings && result.findings.length > 0 && <Findings findings={result.findings} />}
          </div>
        )}
      </Panel>
    </section>
  )
}
