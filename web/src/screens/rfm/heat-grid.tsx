import { Link } from '@tanstack/react-router'
import type { RfmView } from '../../api/types.ts'
import { inks } from '../../chart/ink.ts'
import { useFormat } from '../../i18n/format.ts'
import { usePreferences } from '../../i18n/preferences.tsx'
import { useRfm } from './words.ts'

/** 5 × 5 links, so that it works by keyboard and each cell can be opened in its own tab. */
export function HeatGrid({ rfm }: { rfm: RfmView }) {
  const t = useRfm()
  const f = useFormat()
  const { mode } = usePreferences()
  const { scale } = inks[mode]
  const most = Math.max(1, ...rfm.grid.map((cell) => cell.customers))
  return (
    <>
      <p className="muted small" style={{ marginBottom: 8 }}>
        {t('gridLead')}
      </p>
      <div className="heat">
        {[5, 4, 3, 2, 1].flatMap((frequency) => [
          <span key={`f${frequency}`} className="axis">
            F{frequency}
          </span>,
          ...[1, 2, 3, 4, 5].map((recency) => {
            const cell = rfm.grid.find((one) => one.r === recency && one.f === frequency)
            const customers = cell?.customers ?? 0
            // The root keeps small cells apart; four steps of the scale keep text readable.
            const step =
              customers === 0
                ? 0
                : Math.min(scale.length - 1, 1 + Math.floor(Math.sqrt(customers / most) * (scale.length - 1.01)))
            const dark = mode === 'light' ? step >= 2 : step < 3
            return (
              <Link
                key={`${recency}${frequency}`}
                to="/profiles"
                search={{ rule: `rfm.r5 = ${recency} and rfm.f5 = ${frequency}` }}
                aria-label={t('cell', {
                  r: recency,
                  f: frequency,
                  n: f.n(customers),
                  amount: f.money(cell?.amount ?? 0),
                })}
                title={t('cell', { r: recency, f: frequency, n: f.n(customers), amount: f.money(cell?.amount ?? 0) })}
                style={{
                  ['--cell' as string]: scale[step],
                  ['--cell-text' as string]:
                    mode === 'light'
                      ? dark
                        ? step === 2
                          ? '#06222b'
                          : '#ffffff'
                        : '#16242c'
                      : dark
                        ? '#ffffff'
                        : '#06191f',
                }}
              >
                {f.short(customers)}
              </Link>
            )
          }),
        ])}
        <span className="axis" />
        {[1, 2, 3, 4, 5].map((recency) => (
          <span key={recency} className="axis">
            R{recency}
          </span>
        ))}
      </div>
      <p className="muted small" style={{ marginTop: 6 }}>
        R: {t('recent')} F: {t('frequent')}
      </p>
    </>
  )
}
