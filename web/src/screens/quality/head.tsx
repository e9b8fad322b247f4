import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import type { QuarantineSummary } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { PageHead, SubNav } from '../../parts/page.tsx'
import { useQuality } from './words.ts'

export function useQuarantineSummary() {
  return useQuery({
    queryKey: ['/quality/quarantine/summary'],
    queryFn: ({ signal }) => api.get<QuarantineSummary>('/quality/quarantine/summary', {}, signal),
  })
}

export function QualityHead({ lead }: { lead: string }) {
  const t = useQuality()
  const f = useFormat()
  const summary = useQuarantineSummary()
  return (
    <>
      <PageHead title={t('title')} lead={lead} />
      <SubNav
        label={t('parts')}
        links={[
          { to: '/quality', text: t('scores'), exact: true },
          { to: '/quality/rules', text: t('rules') },
          {
            to: '/quality/quarantine',
            text: t('quarantine'),
            count: summary.data?.total ? f.short(summary.data.total) : undefined,
          },
          { to: '/quality/review', text: t('review') },
        ]}
      />
    </>
  )
}
