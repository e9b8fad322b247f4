import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api, isUnknown, seg } from '../../api/client.ts'
import type { CustomerProfile } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { LineageDrawer } from '../../parts/lineage-drawer.tsx'
import { Panel } from '../../parts/page.tsx'
import { Empty, Failed, Skeleton } from '../../parts/states.tsx'
import { useLevelNames, useSegments } from './names.ts'
import { ProfileHead } from './profile-head.tsx'
import { IdentityRecords } from './identity-records.tsx'
import './profiles.css'
import { Timeline } from './timeline.tsx'
import { Traits } from './traits.tsx'
import { useProfiles } from './words.ts'
import { Definition } from '../../parts/definition.tsx'

const route = getRouteApi('/profiles/$id')
const tabs = ['timeline', 'traits', 'identity'] as const

export function Profile() {
  const t = useProfiles()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['/customers', id],
    queryFn: ({ signal }) => api.get<CustomerProfile>(`/customers/${seg(id)}`, {}, signal),
  })
  if (query.isError) {
    return isUnknown(query.error) ? (
      <Empty title={t('notFound')} actions={<Link to="/profiles">{t('back')}</Link>}>
        {t('notFoundText')}
      </Empty>
    ) : (
      <Failed error={query.error} retry={() => void query.refetch()} />
    )
  }
  if (!query.data) return <Skeleton lines={10} big />
  return <Whole profile={query.data} />
}

function Whole({ profile }: { profile: CustomerProfile }) {
  const t = useProfiles()
  const f = useFormat()
  const { tab = 'timeline', row } = route.useSearch()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const segments = useSegments()
  const { nameOf } = useLevelNames()
  const parts = row?.split(':')
  const at = parts?.length === 3 ? { dataset: parts[0]!, batch: Number(parts[1]), row: Number(parts[2]) } : undefined
  const openRow = (next: { dataset: string; batch: number; row: number } | undefined) =>
    void navigate({
      search: { ...search, row: next && `${next.dataset}:${next.batch}:${next.row}` },
      resetScroll: false,
    })
  return (
    <>
      <ProfileHead profile={profile} nameOf={nameOf} />
      <div className="grid">
        <div className="w8">
          <nav className="subnav" aria-label={t('tabs')}>
            {tabs.map((one) => (
              <Link
                key={one}
                to="/profiles/$id"
                params={{ id: profile.personId }}
                search={{ tab: one === 'timeline' ? undefined : one, type: undefined, row: undefined }}
                activeOptions={{ exact: true, includeSearch: true, explicitUndefined: true }}
                aria-current={one === tab ? 'page' : undefined}
                replace
                resetScroll={false}
              >
                {t(one)}
              </Link>
            ))}
          </nav>
          {tab === 'timeline' && <Timeline id={profile.personId} onRow={openRow} />}
          {tab === 'traits' && <Traits profile={profile} onRow={openRow} />}
          {tab === 'identity' && <IdentityRecords profile={profile} onRow={openRow} />}
        </div>
        <div className="w4 stack">
          <Panel title={t('figures')}>
            <dl className="pairs">
              {profile.figures.map((figure) => (
                <FigureRow key={figure.name} figure={figure} />
              ))}
            </dl>
          </Panel>
          {profile.rfm && (
            <Panel title={t('rfm')} extra={<Link to="/segments/rfm">{nameOf('level', profile.rfm.level)}</Link>}>
              <p>
                {t('rfmText', {
                  days: f.n(profile.rfm.recencyDays),
                  frequency: f.n(profile.rfm.frequency),
                  monetary: f.money(profile.rfm.monetary),
                })}
              </p>
              <p className="muted small">
                {t('rfmScores', { r: f.n(profile.rfm.r, 0), f: f.n(profile.rfm.f, 0), m: f.n(profile.rfm.m, 0) })}
              </p>
            </Panel>
          )}
          <Panel title={t('segments')}>
            {profile.segments.length === 0 ? (
              <p className="muted">{t('noSegments')}</p>
            ) : (
              <div className="chips">
                {profile.segments.map((name) => (
                  <Link key={name} to="/segments/$name" params={{ name }} className="tag primary">
                    {f.text(segments.data?.find((s) => s.name === name)?.text) || name}
                  </Link>
                ))}
              </div>
            )}
          </Panel>
        </div>
      </div>
      <LineageDrawer at={at} onClose={() => openRow(undefined)} />
    </>
  )
}

function FigureRow({ figure }: { figure: CustomerProfile['figures'][number] }) {
  const f = useFormat()
  const name = f.text(figure.text)
  const { value, unit } = figure
  const shown =
    typeof value === 'string'
      ? f.day(value)
      : unit === 'money'
        ? f.money(value)
        : unit === 'percent' || unit === 'share' || figure.name === 'completeness'
          ? f.pct(value)
          : value !== null && unit === 'days'
            ? f.days(value)
            : f.n(value, 2)
  return (
    <>
      <dt>
        {name} <Definition name={name}>{f.text(figure.definition)}</Definition>
      </dt>
      <dd className="num" style={{ paddingTop: 2 }}>
        {shown}
      </dd>
    </>
  )
}
