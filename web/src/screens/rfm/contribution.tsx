import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { RfmView } from '../../api/types.ts'
import { categoryAxis, valueAxis } from '../../chart/axis.ts'
import { Chart } from '../../chart/chart.tsx'
import type { Ink } from '../../chart/ink.ts'
import { useFormat, type Format } from '../../i18n/format.ts'
import { DataTable } from '../../parts/table.tsx'
import { useRfm } from './words.ts'

export function Contribution({ rfm }: { rfm: RfmView }) {
  const t = useRfm()
  const f = useFormat()
  const navigate = useNavigate()
  const option = useCallback(
    (ink: Ink, format: Format) => ({
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: (v: number) => format.pct(v) },
      legend: { top: 0, left: 0, textStyle: { color: ink.faint } },
      grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
      xAxis: valueAxis(ink, (v) => format.pct(v, 0)),
      yAxis: {
        ...categoryAxis(
          ink,
          rfm.levels.map((l) => format.text(l.text)),
        ),
        inverse: true,
      },
      series: [
        {
          type: 'bar',
          name: t('share'),
          data: rfm.levels.map((l) => l.share),
          barMaxWidth: 12,
          itemStyle: { borderRadius: [0, 4, 4, 0] },
        },
        {
          type: 'bar',
          name: t('amountShare'),
          data: rfm.levels.map((l) => l.amountShare),
          barMaxWidth: 12,
          itemStyle: { borderRadius: [0, 4, 4, 0] },
        },
      ],
    }),
    [rfm, t],
  )
  return (
    <Chart
      name={t('contribution')}
      summary={t('contributionLead')}
      height={320}
      option={option}
      onPick={(pick) => {
        const level = rfm.levels[pick.dataIndex]
        if (level) void navigate({ to: '/profiles', search: { level: level.level } })
      }}
      table={
        <DataTable
          caption={t('contribution')}
          rows={rfm.levels}
          rowKey={(l) => l.level}
          cols={[
            { key: 'level', head: t('level'), cell: (l) => f.text(l.text) },
            { key: 'share', head: t('share'), num: true, cell: (l) => f.pct(l.share) },
            { key: 'amountShare', head: t('amountShare'), num: true, cell: (l) => f.pct(l.amountShare) },
          ]}
        />
      }
    />
  )
}
