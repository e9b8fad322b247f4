import { Link } from '@tanstack/react-router'
import type { CustomerRow } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { DataTable, type Col } from '../../parts/table.tsx'
import { useLevelNames } from '../profiles/names.ts'
import { useProfiles } from '../profiles/words.ts'

/** A short list of people, each a link to their profile. */
export function PeopleTable({
  people,
  name,
  brief = false,
}: {
  people: readonly CustomerRow[]
  name: string
  brief?: boolean
}) {
  const t = useProfiles()
  const f = useFormat()
  const { nameOf } = useLevelNames()
  return (
    <DataTable
      caption={name}
      rows={people}
      rowKey={(p) => p.personId}
      cols={(
        [
          {
            key: 'name',
            head: t('col_name'),
            nowrap: true,
            cell: (p) => (
              <Link to="/profiles/$id" params={{ id: p.personId }}>
                {p.name ?? t('unnamed')}
              </Link>
            ),
          },
          { key: 'region', head: t('col_region'), nowrap: true, cell: (p) => p.region ?? '–' },
          {
            key: 'level',
            head: t('col_rfmLevel'),
            nowrap: true,
            cell: (p) => (p.rfmLevel ? nameOf('level', p.rfmLevel) : '–'),
          },
          { key: 'orders', head: t('col_orders'), num: true, cell: (p) => f.n(p.orders) },
          { key: 'amount', head: t('col_amount'), num: true, cell: (p) => f.money(p.amount) },
          { key: 'last', head: t('col_lastOrderAt'), nowrap: true, cell: (p) => f.day(p.lastOrderAt) },
        ] as Col<CustomerRow>[]
      ).filter((col) => !brief || !['level', 'last'].includes(col.key))}
    />
  )
}
