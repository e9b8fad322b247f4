import { SyncOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { api } from '../../api/client.ts'
import { useTasks } from '../../api/tasks.tsx'
import type { Home as HomeData, Task } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { PageHead, Panel } from '../../parts/page.tsx'
import { Loaded, Skeleton } from '../../parts/states.tsx'
import { useToast } from '../../parts/toast.tsx'
import { Changes } from './changes.tsx'
import { FirstSteps } from './first-steps.tsx'
import { KpiCard } from './kpi-card.tsx'
import { RevenueChart } from './revenue-chart.tsx'
import { useHome } from './words.ts'

const route = getRouteApi('/')

export function Home() {
  const t = useHome()
  const f = useFormat()
  const toast = useToast()
  const { add } = useTasks()
  const { asOf } = route.useSearch()
  const query = useQuery({
    queryKey: ['/home', asOf],
    queryFn: ({ signal }) => api.get<HomeData>('/home', { asOf }, signal),
  })
  const update = async () => {
    try {
      add(await api.post<Task>('/runs'))
      toast.say(t('updateStarted'))
    } catch (error) {
      toast.fail(error)
    }
  }
  return (
    <Loaded query={query} skeleton={<Skeleton lines={10} big />}>
      {(home) =>
        home.empty ? (
          <FirstSteps />
        ) : (
          <>
            <PageHead
              title={t('title')}
              lead={
                <>
                  {t('lead', { day: f.day(home.asOf) })}{' '}
                  {home.refreshedAt && (
                    <span className="muted">{t('refreshed', { ago: f.ago(home.refreshedAt) })}</span>
                  )}
                </>
              }
              actions={
                <Button icon={<SyncOutlined aria-hidden />} onClick={() => void update()}>
                  {t('update')}
                </Button>
              }
            />
            <div className="stack">
              <div className="figures six">
                {home.cards.map((card) => (
                  <KpiCard key={card.id} card={card} />
                ))}
              </div>
              <div className="grid">
                <div className="w8">
                  <Panel title={t('revenueByMonth')}>
                    <RevenueChart months={home.revenueByMonth} />
                  </Panel>
                </div>
                <div className="w4">
                  <Panel title={t('changes')}>
                    <Changes changes={home.changes} />
                  </Panel>
                </div>
              </div>
            </div>
          </>
        )
      }
    </Loaded>
  )
}
