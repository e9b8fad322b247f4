import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Text } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { useInsight } from './words.ts'

/** Conclusions with their advice; each can be turned into the people it speaks of. */
export function Findings({
  findings,
}: {
  findings: readonly { text: Text; advice?: Text; people?: string }[] | undefined
}) {
  const t = useInsight()
  const f = useFormat()
  const navigate = useNavigate()
  if (!findings?.length) return <p className="muted">{t('noFindings')}</p>
  return (
    <ol className="stack">
      {findings.map((finding, i) => (
        <li key={i} className="row" style={{ alignItems: 'flex-start', flexWrap: 'nowrap' }}>
          <span className="tag primary num" aria-hidden>
            {i + 1}
          </span>
          <div className="grow">
            <strong style={{ fontWeight: 600 }}>{f.text(finding.text)}</strong>
            {finding.advice && <p style={{ color: 'var(--text-2)' }}>{f.text(finding.advice)}</p>}
            {finding.people && (
              <div className="row" style={{ marginTop: 4 }}>
                <Button
                  size="small"
                  onClick={() => void navigate({ to: '/profiles', search: { rule: finding.people } })}
                >
                  {t('seePeople')}
                </Button>
                <Button
                  size="small"
                  type="text"
                  onClick={() => void navigate({ to: '/segments/new', search: { rule: finding.people } })}
                >
                  {t('saveSegment')}
                </Button>
              </div>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}
