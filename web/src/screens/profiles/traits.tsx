import type { CustomerProfile } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCodeName } from '../../parts/code-name.ts'
import { Definition } from '../../parts/definition.tsx'
import { Flyout } from '../../parts/flyout.tsx'
import type { RowAt } from '../../parts/lineage-drawer.tsx'
import { Panel } from '../../parts/page.tsx'
import { DataTable } from '../../parts/table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useCommon } from '../../parts/words.ts'
import { useProfiles } from './words.ts'

/** A value as people read it: days without a midnight, times in the workspace's zone, named codes. */
function useShown() {
  const f = useFormat()
  const code = useCodeName()
  return (value: unknown, trait: string): string => {
    if (value === null || value === undefined || value === '') return '–'
    if (Array.isArray(value)) return value.join(' · ')
    if (typeof value === 'number') return f.n(value, 2)
    const text = String(value)
    if (trait === 'gender') return code('gender', text)
    if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return /T00:00:00/.test(text) ? text.slice(0, 10) : f.time(text)
    return text
  }
}

/** Each trait with its source, time, the rule that chose it, what other sources say, and its source row. */
export function Traits({ profile, onRow }: { profile: CustomerProfile; onRow(at: RowAt): void }) {
  const t = useProfiles()
  const common = useCommon()
  const shown = useShown()
  const f = useFormat()
  return (
    <Panel flush>
      <DataTable
        caption={t('traits')}
        rows={profile.traits}
        rowKey={(trait) => trait.name}
        cols={[
          {
            key: 'trait',
            head: t('trait'),
            nowrap: true,
            cell: (trait) => <span className="muted">{f.text(trait.text)}</span>,
          },
          {
            key: 'value',
            head: t('value'),
            cell: (trait) => (
              <span className="row">
                <strong style={{ fontWeight: 600 }}>{shown(trait.value, trait.name)}</strong>
                {trait.masked && <Tag icon>{common('masked')}</Tag>}
                {trait.others.length > 0 && (
                  <Flyout
                    className="link-button small"
                    label={t('others', { n: trait.others.length })}
                    button={t('others', { n: trait.others.length })}
                  >
                    <h3>{t('otherValues')}</h3>
                    <ul className="stack tight" style={{ marginTop: 6 }}>
                      {trait.others.map((other, i) => (
                        <li key={i}>
                          <strong>{shown(other.value, trait.name)}</strong>{' '}
                          <span className="muted">{[other.source, f.day(other.observedAt)].join(' · ')}</span>
                        </li>
                      ))}
                    </ul>
                  </Flyout>
                )}
              </span>
            ),
          },
          {
            key: 'from',
            head: t('from'),
            cell: (trait) => (
              <span className="row" style={{ gap: 2 }}>
                {trait.source}
                {(trait.rule.zh || trait.rule.en) && <Definition name={t('rule')}>{f.text(trait.rule)}</Definition>}
              </span>
            ),
          },
          { key: 'observed', head: t('observed'), nowrap: true, cell: (trait) => f.day(trait.observedAt) },
          {
            key: 'lineage',
            head: <span className="sr-only">{t('lineage')}</span>,
            nowrap: true,
            cell: (trait) =>
              trait.lineage && (
                <button
                  type="button"
                  className="link-button"
                  aria-label={t('lineageOf', { name: f.text(trait.text) })}
                  onClick={() => onRow(trait.lineage!)}
                >
                  {t('lineage')}
                </button>
              ),
          },
        ]}
      />
    </Panel>
  )
}
