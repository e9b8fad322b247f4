import type { AnalysisResult } from '../../api/types.ts'
import { show } from '../../chart/show.ts'
import { useFormat } from '../../i18n/format.ts'

/** Single figures of a result. */
export function Figures({ figures }: { figures: NonNullable<AnalysisResult['figures']> }) {
  const f = useFormat()
  return (
    <div className="figures left">
      {Object.entries(figures).map(([name, figure]) => {
        const type =
          figure.unit === 'money'
            ? 'money'
            : figure.unit === 'percent' || figure.unit === '%'
              ? 'percent'
              : typeof figure.value === 'number'
                ? 'number'
                : 'text'
        const unit = type === 'number' && figure.unit !== 'count' ? figure.unit : undefined
        return (
          <div className="figure" key={name}>
            <div className="label">{f.text(figure.text)}</div>
            <div className="value" style={{ fontSize: 21 }}>
              {show(f, { name, text: figure.text, type, class: 'non_sensitive', unit }, figure.value)}
            </div>
          </div>
        )
      })}
    </div>
  )
}
