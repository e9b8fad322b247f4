import { PlusOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { PageHead, SubNav } from '../../parts/page.tsx'
import { useSegmentWords } from './words.ts'

export function SegmentsHead({ lead, actions }: { lead: ReactNode; actions?: ReactNode }) {
  const t = useSegmentWords()
  const navigate = useNavigate()
  return (
    <>
      <PageHead
        title={t('title')}
        lead={lead}
        actions={
          <>
            {actions}
            <Button
              type="primary"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => void navigate({ to: '/segments/new' })}
            >
              {t('create')}
            </Button>
          </>
        }
      />
      <SubNav
        label={t('parts')}
        links={[
          { to: '/segments', text: t('list'), exact: true },
          { to: '/segments/rfm', text: t('rfm') },
        ]}
      />
    </>
  )
}
