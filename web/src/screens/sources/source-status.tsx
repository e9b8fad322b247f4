import type { SourceView } from '../../api/types.ts'
import { Tag } from '../../parts/tag.tsx'
import { useSources } from './words.ts'

const tones = { ok: 'good', warn: 'warn', error: 'bad', empty: 'plain' } as const

export function SourceStatus({ source }: { source: SourceView }) {
  const t = useSources()
  if (source.paused) {
    return (
      <Tag tone="warn" icon>
        {source.pausedBy ? t('pausedBy', { name: source.pausedBy }) : t('paused')}
      </Tag>
    )
  }
  return (
    <Tag tone={tones[source.status]} icon>
      {t(`status_${source.status}`)}
    </Tag>
  )
}
