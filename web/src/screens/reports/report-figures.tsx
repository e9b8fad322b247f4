import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import type { Report, Text } from '../../api/types.ts'
import { show } from '../../chart/show.ts'
import { useFormat } from '../../i18n/format.ts'
import { Panel } from '../../parts/page.tsx'
import { DataTable } from '../../parts/table.tsx'
import { useReports } from './words.ts'

type Type = 'int' | 'number' | 'money' | 'percent'
interface Metric {
  id: string
  text: Text
  value: number | null
  previous: number | null
  type: Type
}

/** The figures chosen for the report, each with the period before. */
export function MetricCards({ report }: { report: Report & { metrics?: readonly Metric[] } }) {
  const t = useReports()
  const f = useFormat()
  // The other figures are kept for comparing runs; they stand in their sections.
  const chosen = report.metrics?.filter((metric) => report.spec.metrics.includes(metric.id))
  if (!chosen?.length) return null
  return (
    <div className="figures">
      {chosen.map((metric) => {
        const column = { name: metric.id, text: metric.text, type: metric.type, class: 'non_sensitive' as const }
        return (
          <div className="figure" key={metric.id}>
            <div className="label">{f.text(metric.text)}</div>
            <div className="value">
              {metric.type === 'money' && Math.abs(metric.value ?? 0) >= 10_000
                ? f.shortMoney(metric.value)
                : show(f, column, metric.value)}
            </div>
            <div className="note">
              {metric.previous !== null &&
                t('previousPeriod', {
                  value:
                    metric.type === 'money' && Math.abs(metric.previous) >= 10_000
                      ? f.shortMoney(metric.previous)
                      : show(f, column, metric.previous),
                })}
            </div>
          </div>
        )
      })}
    </div>
  )
}

export function Comparison({ comparison }: { comparison: NonNullable<Report['comparison']> }) {
  const t = useReports()
  const f = useFormat()
  const changes = comparison.changes as readonly { metric: Text; before: number; after: number; type?: Type }[]
  const value = (change: (typeof changes)[number], n: number) =>
    change.type ? show(f, { name: '', text: change.metric, type: change.type, class: 'non_sensitive' }, n) : f.n(n, 2)
  return (
    <Panel title={t('comparison', { at: f.time(comparison.at) })} flush>
      <DataTable
        caption={t('comparison', { at: f.time(comparison.at) })}
        rows={changes}
        rowKey={(c) => c.metric.en}
        cols={[
          { key: 'metric', head: t('metric'), cell: (c) => f.text(c.metric) },
          { key: 'before', head: t('before'), num: true, cell: (c) => value(c, c.before) },
          { key: 'after', head: t('after'), num: true, cell: (c) => value(c, c.after) },
          {
            key: 'change',
            head: t('change'),
            num: true,
            cell: (c) =>
              c.before && c.after !== c.before ? (
                <>
                  {c.after > c.before ? <ArrowUpOutlined aria-hidden /> : <ArrowDownOutlined aria-hidden />}{' '}
                  {f.signedPct((c.after - c.before) / Math.abs(c.before))}
                </>
              ) : (
                '–'
              ),
          },
        ]}
      />
    </Panel>
  )
}
