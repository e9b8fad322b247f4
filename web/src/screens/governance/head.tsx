import type { ReactNode } from 'react'
import { PageHead, SubNav } from '../../parts/page.tsx'
import { useGovernance } from './words.ts'

export function GovernanceHead({ lead, actions }: { lead: string; actions?: ReactNode }) {
  const t = useGovernance()
  return (
    <>
      <PageHead title={t('title')} lead={lead} actions={actions} />
      <SubNav
        label={t('parts')}
        links={[
          { to: '/governance', text: t('catalogue'), exact: true },
          { to: '/governance/runs', text: t('runs') },
          { to: '/governance/audit', text: t('audit') },
        ]}
      />
    </>
  )
}
