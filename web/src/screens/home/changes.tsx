import type { Home } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { useHome } from './words.ts'

export function Changes({ changes }: { changes: Home['changes'] }) {
  const t = useHome()
  const f = useFormat()
  if (!changes.length) return <p className="muted">{t('noChanges')}</p>
  return (
    <ol className="stack tight">
      {changes.map((change, i) => (
        <li key={i} className="row" style={{ flexWrap: 'nowrap', alignItems: 'flex-start' }}>
          <span className="tag primary num" aria-hidden>
            {i + 1}
          </span>
          <span>{f.text(change.text)}</span>
        </li>
      ))}
    </ol>
  )
}
