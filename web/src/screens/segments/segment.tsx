import { DownloadOutlined, EditOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useCallback } from 'react'
import { api, apiUrl, isUnknown, seg } from '../../api/client.ts'
import type { CustomerRow, Page, SegmentView } from '../../api/types.ts'
import { categoryAxis, valueAxis } from '../../chart/axis.ts'
import { Chart } from '../../chart/chart.tsx'
import type { Ink } from '../../chart/ink.ts'
import { useFormat, type Format } from '../../i18n/format.ts'
import { PageHead, Panel } from '../../parts/page.tsx'
import { Empty, Failed, Loaded, Skeleton } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { Banner, Bar } from '../../parts/tag.tsx'
import { useToast } from '../../parts/toast.tsx'
import { PeopleTable } from './people-table.tsx'
import { useSegmentWords } from './words.ts'

const route = getRouteApi('/segments/$name')

export function Segment() {
  const t = useSegmentWords()
  const f = useFormat()
  const toast = useToast()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { name } = route.useParams()
  const query = useQuery({
    queryKey: ['/segments', name],
    queryFn: ({ signal }) => api.get<SegmentView>(`/segments/${seg(name)}`, {}, signal),
  })
  const members = useQuery({
    queryKey: ['/segments', name, 'members'],
    queryFn: ({ signal }) => api.get<Page<CustomerRow>>(`/segments/${seg(name)}/members`, { limit: 20 }, signal),
  })
  if (query.isError)
    return isUnknown(query.error) ? (
      <Empty title={t('notFound')} actions={<Link to="/segments">{t('list')}</Link>} />
    ) : (
      <Failed error={query.error} retry={() => void query.refetch()} />
    )
  if (!query.data) return <Skeleton lines={8} big />
  const segment = query.data
  const remove = async () => {
    try {
      await api.delete(`/segments/${seg(name)}`)
      await client.invalidateQueries({ queryKey: ['/segments'] })
      void navigate({ to: '/segments' })
      toast.say(t('removed', { name }), {
        undo: () =>
          void api
            .put(`/segments/${seg(name)}`, { rule: segment.rule, text: segment.text })
            .then(() => client.invalidateQueries({ queryKey: ['/segments'] }), toast.fail),
      })
    } catch (error) {
      toast.fail(error)
    }
  }
  return (
    <>
      <PageHead
        title={f.text(segment.text) || segment.name}
        lead={`${t(`kind_${segment.kind}`)} · ${t('asOf', { day: f.day(segment.asOf) })}`}
        actions={
          <>
            <Button icon={<DownloadOutlined aria-hidden />} href={apiUrl(`/segments/${seg(name)}/members.csv`)}>
              {t('downloadCsv')}
            </Button>
            {segment.builtIn ? (
              <Button
                icon={<EditOutlined aria-hidden />}
                onClick={() => void navigate({ to: '/segments/new', search: { rule: segment.rule } })}
              >
                {t('duplicate')}
              </Button>
            ) : (
              <>
                <Button
                  icon={<EditOutlined aria-hidden />}
                  onClick={() => void navigate({ to: '/segments/$name/edit', params: { name } })}
                >
                  {t('edit')}
                </Button>
                <Button danger type="text" onClick={() => void remove()}>
                  {t('remove')}
                </Button>
              </>
            )}
          </>
        }
      />
      <div className="stack">
        {segment.warnings.length > 0 && (
          <Banner tone="warn">
            {segment.warnings.map((warning, i) => (
              <div key={i}>{f.text(warning)}</div>
            ))}
          </Banner>
        )}
        <div className="grid">
          <div className="w4 stack">
            <Panel>
              <div className="figures plain">
                <div className="figure">
                  <div className="label">{t('size')}</div>
                  <div className="value">{f.n(segment.size)}</div>
                </div>
                <div className="figure">
                  <div className="label">{t('share')}</div>
                  <div className="value">{f.pct(segment.share)}</div>
                </div>
              </div>
              <Bar share={segment.share} />
            </Panel>
            <Panel title={t('rule')}>
              <pre className="raw wrap" tabIndex={0}>
                {segment.rule}
              </pre>
            </Panel>
          </div>
          <div className="w8">
            <Panel title={t('history')}>
              {segment.history.length > 1 ? (
                <History segment={segment} />
              ) : (
                <p className="muted">{t('historyShort')}</p>
              )}
            </Panel>
          </div>
        </div>
        <Panel
          title={t('members')}
          flush
          extra={
            <Link to="/profiles" search={{ segment: name }}>
              {t('seeMembers')}
            </Link>
          }
        >
          <Loaded query={members}>
            {(page) =>
              page.items.length ? (
                <PeopleTable people={page.items} name={t('members')} />
              ) : (
                <p className="panel-body muted">{t('noExamples')}</p>
              )
            }
          </Loaded>
        </Panel>
      </div>
    </>
  )
}

function History({ segment }: { segment: SegmentView }) {
  const t = useSegmentWords()
  const f = useFormat()
  const option = useCallback(
    (ink: Ink, format: Format) => ({
      tooltip: { trigger: 'axis', valueFormatter: (v: number) => format.n(v) },
      grid: { left: 8, right: 16, top: 14, bottom: 8, containLabel: true },
      xAxis: categoryAxis(
        ink,
        segment.history.map((h) => format.day(h.at)),
      ),
      yAxis: valueAxis(ink, format.short),
      series: [
        {
          type: 'line',
          name: t('size'),
          data: segment.history.map((h) => h.size),
          symbolSize: 6,
          lineStyle: { width: 2.2 },
          areaStyle: { opacity: 0.08 },
        },
      ],
    }),
    [segment, t],
  )
  return (
    <Chart
      name={t('history')}
      height={220}
      dated
      option={option}
      table={
        <DataTable
          caption={t('history')}
          maxHeight={220}
          rows={segment.history}
          rowKey={(h) => h.at}
          cols={[
            { key: 'at', head: t('asOf', { day: '' }), cell: (h) => f.day(h.at) },
            { key: 'size', head: t('size'), num: true, cell: (h) => f.n(h.size) },
          ]}
        />
      }
    />
  )
}
