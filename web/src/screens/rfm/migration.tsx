import { useCallback } from 'react'
import type { RfmView } from '../../api/types.ts'
import { Chart } from '../../chart/chart.tsx'
import type { Ink } from '../../chart/ink.ts'
import { useFormat, type Format } from '../../i18n/format.ts'
import { DataTable } from '../../parts/table.tsx'
import { useRfm } from './words.ts'

export function Migration({ rfm }: { rfm: RfmView }) {
  const t = useRfm()
  const f = useFormat()
  const moves = rfm.migration ?? []
  const nameOf = useCallback(
    (level: string, format: Format) => format.text(rfm.levels.find((l) => l.level === level)?.text) || level,
    [rfm],
  )
  const option = useCallback(
    (ink: Ink, format: Format) => ({
      tooltip: { trigger: 'item', valueFormatter: (v: number) => format.n(v) },
      series: [
        {
          type: 'sankey',
          left: 8,
          right: 120,
          top: 12,
          bottom: 12,
          nodeWidth: 14,
          nodeGap: 10,
          emphasis: { focus: 'adjacency' },
          label: { color: ink.text, fontSize: 12 },
          lineStyle: { color: 'gradient', opacity: 0.35 },
          data: [
            ...[...new Set(moves.map((m) => m.from))].map((level) => ({
              name: `0:${level}`,
              label: { formatter: nameOf(level, format) },
            })),
            ...[...new Set(moves.map((m) => m.to))].map((level) => ({
              name: `1:${level}`,
              label: { formatter: nameOf(level, format) },
            })),
          ],
          links: moves.map((m) => ({ source: `0:${m.from}`, target: `1:${m.to}`, value: m.customers })),
        },
      ],
    }),
    [moves, nameOf],
  )
  return (
    <Chart
      name={t('migration')}
      summary={t('migrationLead')}
      height={380}
      option={option}
      table={
        <DataTable
          caption={t('migration')}
          maxHeight={380}
          rows={[...moves].sort((a, b) => b.customers - a.customers)}
          rowKey={(m) => `${m.from}>${m.to}`}
          cols={[
            { key: 'from', head: t('from'), cell: (m) => nameOf(m.from, f) },
            { key: 'to', head: t('to'), cell: (m) => nameOf(m.to, f) },
            { key: 'customers', head: t('customers'), num: true, cell: (m) => f.n(m.customers) },
          ]}
        />
      }
    />
  )
}
