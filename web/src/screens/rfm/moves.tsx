import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api } from '../../api/client.ts'
import type { RfmView } from '../../api/types.ts'
import { DayInput } from '../../parts/day-input.tsx'
import { Panel } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { Migration } from './migration.tsx'
import { useRfm } from './words.ts'

const route = getRouteApi('/segments/rfm')
const quarterMs = 90 * 86_400_000

/** Moves between the levels of an earlier day and this one; a quarter earlier unless another day is chosen. */
export function Moves({ rfm }: { rfm: RfmView }) {
  const t = useRfm()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const asOf = rfm.asOf.slice(0, 10)
  const compareWith =
    search.compareWith ?? new Date(Date.parse(`${asOf}T00:00:00Z`) - quarterMs).toISOString().slice(0, 10)
  const query = useQuery({
    queryKey: ['/rfm', { asOf, windowDays: rfm.windowDays, compareWith }],
    queryFn: ({ signal }) => api.get<RfmView>('/rfm', { asOf, windowDays: rfm.windowDays, compareWith }, signal),
  })
  return (
    <Panel
      title={t('migration')}
      extra={
        <DayInput
          label={t('compareWith')}
          clearable={false}
          value={compareWith}
          onChange={(day) => void navigate({ search: { ...search, compareWith: day }, resetScroll: false })}
        />
      }
    >
      <Loaded query={query}>
        {(compared) =>
          compared.migration?.length ? <Migration rfm={compared} /> : <p className="muted">{t('noMigration')}</p>
        }
      </Loaded>
    </Panel>
  )
}
