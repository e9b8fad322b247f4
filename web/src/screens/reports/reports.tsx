import { PlusOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { api, seg } from '../../api/client.ts'
import type { Page, Report } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { useToast } from '../../parts/toast.tsx'
import { InsightHead } from '../insight/head.tsx'
import { useReports } from './words.ts'

export type ReportSummary = Pick<Report, 'id' | 'spec' | 'createdAt' | 'runs'>

export function useReportList() {
  return useQuery({
    queryKey: ['/reports'],
    queryFn: async ({ signal }) => {
      const found = await api.get<ReportSummary[] | Page<ReportSummary>>('/reports', {}, signal)
      return Array.isArray(found) ? found : found.items
    },
  })
}

export function Reports() {
  const t = useReports()
  const f = useFormat()
  const toast = useToast()
  const client = useQueryClient()
  const navigate = useNavigate()
  const query = useReportList()
  const create = (
    <Button
      type="primary"
      icon={<PlusOutlined aria-hidden />}
      onClick={() => void navigate({ to: '/insight/reports/new' })}
    >
      {t('create')}
    </Button>
  )
  const remove = async (report: ReportSummary) => {
    try {
      await api.delete(`/reports/${seg(report.id)}`)
      await client.invalidateQueries({ queryKey: ['/reports'] })
      toast.say(t('removed', { name: report.spec.name }), {
        undo: () =>
          void api
            .post('/reports', report.spec)
            .then(() => client.invalidateQueries({ queryKey: ['/reports'] }), toast.fail),
      })
    } catch (error) {
      toast.fail(error)
    }
  }
  return (
    <>
      <InsightHead actions={create} />
      <Loaded query={query}>
        {(reports) => (
          <Panel flush>
            {reports.length === 0 ? (
              <Empty title={t('empty')} actions={create}>
                {t('emptyText')}
              </Empty>
            ) : (
              <DataTable
                caption={t('lead')}
                rows={reports}
                rowKey={(r) => r.id}
                onRow={(r) => void navigate({ to: '/insight/reports/$id', params: { id: r.id } })}
                cols={[
                  {
                    key: 'name',
                    head: t('name'),
                    cell: (r) => (
                      <Link
                        to="/insight/reports/$id"
                        params={{ id: r.id }}
                        onClick={(event) => event.stopPropagation()}
                      >
                        <strong>{r.spec.name}</strong>
                      </Link>
                    ),
                  },
                  { key: 'goal', head: t('goal'), cell: (r) => r.spec.goal },
                  {
                    key: 'runs',
                    head: t('lastRun'),
                    nowrap: true,
                    cell: (r) =>
                      r.runs[0] ? `${f.time(r.runs[0].at)} · ${t('runs', { count: r.runs.length })}` : t('never'),
                  },
                  {
                    key: 'remove',
                    head: <span className="sr-only">{t('remove')}</span>,
                    cell: (r) => (
                      <button
                        type="button"
                        className="link-button"
                        aria-label={`${t('remove')} ${r.spec.name}`}
                        onClick={(event) => {
                          event.stopPropagation()
                          void remove(r)
                        }}
                      >
                        {t('remove')}
                      </button>
                    ),
                  },
                ]}
              />
            )}
          </Panel>
        )}
      </Loaded>
    </>
  )
}
