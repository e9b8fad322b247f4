import type { SegmentPreview } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Banner, Bar } from '../../parts/tag.tsx'
import { PeopleTable } from './people-table.tsx'
import { useSegmentWords } from './words.ts'

/** The count as it stands, what each condition takes away, and five people to check it against. */
export function Preview({ preview, busy }: { preview: SegmentPreview | undefined; busy: boolean }) {
  const t = useSegmentWords()
  const f = useFormat()
  if (!preview)
    return (
      <Panel title={t('count')}>
        <p className="muted">{busy ? t('counting') : t('empty')}</p>
      </Panel>
    )
  return (
    <>
      <Panel
        title={t('count')}
        extra={
          <span className="muted small num">
            {busy ? t('counting') : t('countTook', { ms: f.n(Math.round(preview.ms)) })}
          </span>
        }
      >
        <div aria-live="polite">
          <div className="big-count">{f.n(preview.size)}</div>
          <p className="muted">
            {t('sizeOf', { n: f.n(preview.size), total: f.n(preview.of) })} ·{' '}
            {f.pct(preview.of ? preview.size / preview.of : 0)}
          </p>
        </div>
        {preview.warnings.length > 0 && (
          <div style={{ marginTop: 10 }}>
            <Banner tone="warn">
              {preview.warnings.map((warning, i) => (
                <div key={i}>{f.text(warning)}</div>
              ))}
            </Banner>
          </div>
        )}
      </Panel>
      {preview.waterfall.length > 0 && (
        <Panel title={t('waterfall')}>
          <ol className="waterfall">
            <li>
              <div className="row between small">
                <span>{t('everyone')}</span>
                <span className="num">{f.n(preview.of)}</span>
              </div>
              <Bar share={1} />
            </li>
            {preview.waterfall.map((step, i) => (
              <li key={i}>
                <div className="row between small" style={{ flexWrap: 'nowrap', alignItems: 'flex-start' }}>
                  <code style={{ overflowWrap: 'anywhere' }}>{step.condition}</code>
                  <span className="num" style={{ whiteSpace: 'nowrap' }}>
                    <span className="muted">{t('alone', { n: f.n(step.alone) })}</span>{' '}
                    <strong>{f.n(step.left)}</strong>
                  </span>
                </div>
                <Bar share={preview.of ? step.left / preview.of : 0} />
              </li>
            ))}
          </ol>
        </Panel>
      )}
      <Panel title={t('examples')} flush>
        {preview.examples.length ? (
          <PeopleTable people={preview.examples.slice(0, 5)} name={t('examples')} brief />
        ) : (
          <p className="panel-body muted">{t('noExamples')}</p>
        )}
      </Panel>
    </>
  )
}
