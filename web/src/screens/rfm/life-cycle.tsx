import { Link } from '@tanstack/react-router'
import { useFormat } from '../../i18n/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { Bar } from '../../parts/tag.tsx'
import { useSegments } from '../profiles/names.ts'
import { useRfm } from './words.ts'

/** Life-cycle stages with their people. */
export function LifeCycle() {
  const t = useRfm()
  const f = useFormat()
  const segments = useSegments()
  return (
    <Panel title={t('lifecycle')}>
      <p className="muted small">{t('lifecycleLead')}</p>
      <Loaded query={segments}>
        {(all) => (
          <ul className="stack tight" style={{ marginTop: 10 }}>
            {all
              .filter((s) => s.kind === 'lifecycle')
              .map((stage) => (
                <li key={stage.name}>
                  <div className="row between small">
                    <Link to="/segments/$name" params={{ name: stage.name }}>
                      {f.text(stage.text)}
                    </Link>
                    <span className="num">
                      {f.n(stage.size)} <span className="muted">{f.pct(stage.share)}</span>
                    </span>
                  </div>
                  <Bar share={stage.share} />
                </li>
              ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  )
}
