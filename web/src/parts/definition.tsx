import { QuestionCircleOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { Flyout } from './flyout.tsx'
import { useCommon } from './words.ts'

/** The exact meaning of a number, one click from it. */
export function Definition({ name, children }: { name: string; children: ReactNode }) {
  const t = useCommon()
  return (
    <Flyout className="help-button" label={t('definitionOf', { name })} button={<QuestionCircleOutlined aria-hidden />}>
      {children}
    </Flyout>
  )
}
