import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import type { Home } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { Definition } from '../../parts/definition.tsx'
import { useHome } from './words.ts'

type Card = Home['cards'][number]

/** One figure: value, comparison in words and mark, definition, and the people behind it. */
export function KpiCard({ card }: { card: Card }) {
  const t = useHome()
  const f = useFormat()
  const name = t(`card_${card.id}`)
  const full = (value: number | null) =>
    card.unit === 'money' ? f.money(value) : card.unit === 'percent' ? f.pct(value) : f.n(value)
  const short = (value: number | null) =>
    card.unit === 'money' ? f.shortMoney(value) : card.unit === 'percent' ? f.pct(value) : f.short(value)
  const change =
    card.value !== null && card.previous
      ? card.unit === 'percent'
        ? card.value - card.previous
        : (card.value - card.previous) / Math.abs(card.previous)
      : undefined
  const value =
    card.value === null ? (
      <span className="muted" style={{ fontSize: 16 }}>
        {t('notMeasured')}
      </span>
    ) : (
      <span title={full(card.value)}>{short(card.value)}</span>
    )
  return (
    <div className="figure">
      <div className="label">
        <span>{name}</span>
        <Definition name={name}>{f.text(card.definition)}</Definition>
      </div>
      <div className="value">
        {card.people ? (
          <Link to="/profiles" search={{ rule: card.people }} title={t('seePeople')} style={{ color: 'inherit' }}>
            {value}
          </Link>
        ) : (
          value
        )}
      </div>
      <div className="note">
        {change !== undefined && Math.abs(change) >= 0.0005 && (
          <span
            style={{ color: 'var(--text-2)', marginRight: 8, fontWeight: 600, whiteSpace: 'nowrap' }}
            className="num"
          >
            {change > 0 ? <ArrowUpOutlined aria-label={t('up')} /> : <ArrowDownOutlined aria-label={t('down')} />}{' '}
            {card.unit === 'percent' ? t('points', { n: f.n(Math.abs(change) * 100, 1) }) : f.pct(Math.abs(change))}
          </span>
        )}
        <span style={{ whiteSpace: 'nowrap' }}>
          {card.previous === null ? t('noPrevious') : t('previous', { value: short(card.previous) })}
        </span>
      </div>
    </div>
  )
}
