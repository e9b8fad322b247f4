import { Link } from '@tanstack/react-router'
import { Empty } from '../parts/states.tsx'
import { useFrame } from './words.ts'

export function NotFound() {
  const t = useFrame()
  return (
    <Empty title={t('notFound')} actions={<Link to="/">{t('toHome')}</Link>}>
      {t('notFoundText')}
    </Empty>
  )
}
