import type { ReactNode } from 'react'
import { PageHead, SubNav } from '../../parts/page.tsx'
import { useInsight } from './words.ts'

export function InsightHead({ actions }: { actions?: ReactNode }) {
  const t = useInsight()
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={actions} />
      <SubNav
        label={t('parts')}
        links={[
          { to: '/insight', text: t('analyses'), exact: true },
          { to: '/insight/reports', text: t('reports') },
        ]}
      />
    </>
  )
}
