import { useCallback } from 'react'
import type { Home } from '../../api/types.ts'
import { categoryAxis, valueAxis } from '../../chart/axis.ts'
import { Chart } from '../../chart/chart.tsx'
import type { Ink } from '../../chart/ink.ts'
import { useFormat, type Format } from '../../i18n/format.ts'
import { DataTable } from '../../parts/table.tsx'
import { useCommon } from '../../parts/words.ts'
import { useHome } from './words.ts'

type Month = Home['revenueByMonth'][number]

export function RevenueChart({ months }: { months: readonly Month[] }) {
  const t = useHome()
  const common = useCommon()
  const f = useFormat()
  const option = useCallback(
    (ink: Ink, format: Format) => ({
      tooltip: { trigger: 'axis' },
      legend: { top: 0, left: 0, textStyle: { color: ink.faint } },
      grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
      xAxis: categoryAxis(
        ink,
        months.map((m) => format.month(m.month)),
      ),
      yAxis: [valueAxis(ink, format.shortMoney), { ...valueAxis(ink, format.short), splitLine: { show: false } }],
      series: [
        {
          type: 'bar',
          name: t('revenue'),
          data: months.map((m) => m.revenue),
          barMaxWidth: 28,
          itemStyle: { borderRadius: [4, 4, 0, 0] },
          tooltip: { valueFormatter: (v: number) => format.money(v) },
        },
        {
          type: 'line',
          name: t('orders'),
          yAxisIndex: 1,
          data: months.map((m) => m.orders),
          symbolSize: 6,
          lineStyle: { width: 2.2 },
          tooltip: { valueFormatter: (v: number) => format.n(v) },
        },
      ],
    }),
    [months, t],
  )
  const low = months.reduce<Month | undefined>((a, b) => (!a || b.revenue < a.revenue ? b : a), undefined)
  const high = months.reduce<Month | undefined>((a, b) => (!a || b.revenue > a.revenue ? b : a), undefined)
  return (
    <Chart
      name={t('revenueByMonth')}
      option={option}
      height={310}
      dated
      summary={
        low &&
        high &&
        common('chartSummary', {
          name: t('revenue'),
          n: months.length,
          min: f.shortMoney(low.revenue),
          minAt: f.month(low.month),
          max: f.shortMoney(high.revenue),
          maxAt: f.month(high.month),
        })
      }
      table={
        <DataTable
          caption={t('revenueByMonth')}
          maxHeight={310}
          rows={months}
          rowKey={(m) => m.month}
          cols={[
            { key: 'month', head: t('month'), cell: (m) => f.month(m.month) },
            { key: 'revenue', head: t('revenue'), num: true, cell: (m) => f.money(m.revenue) },
            { key: 'orders', head: t('orders'), num: true, cell: (m) => f.n(m.orders) },
          ]}
        />
      }
    />
  )
}
