import { useCallback } from 'react'
import type { AnalysisResult } from '../api/types.ts'
import { useFormat, type Format } from '../i18n/format.ts'
import { DataTable } from '../parts/table.tsx'
import { useCommon } from '../parts/words.ts'
import { Chart, type Pick } from './chart.tsx'
import { resultOption } from './result-option.ts'
import { show } from './show.ts'

export function ResultTable({
  result,
  name,
  maxHeight = 520,
}: {
  result: AnalysisResult
  name: string
  maxHeight?: number
}) {
  const f = useFormat()
  const t = useCommon()
  return (
    <DataTable
      caption={t('tableOf', { name })}
      maxHeight={maxHeight}
      rows={result.rows.slice(0, 500)}
      rowKey={(_, i) => String(i)}
      cols={result.columns.map((column) => ({
        key: column.name,
        head: f.text(column.text),
        num: column.type !== 'text' && column.type !== 'date',
        nowrap: column.type === 'date',
        cell: (row: AnalysisResult['rows'][number]) => show(f, column, row[column.name]),
      }))}
    />
  )
}

/** The chart of an analysis, with its table; a result without a chart is its table. */
export function ResultChart({
  result,
  name,
  height = 320,
  onPick,
}: {
  result: AnalysisResult
  name: string
  height?: number
  onPick?: (pick: Pick) => void
}) {
  const f = useFormat()
  const t = useCommon()
  const option = useCallback(
    (ink: Parameters<typeof resultOption>[1], format: Format) => resultOption(result, ink, format)!,
    [result],
  )
  if (!result.chart || !result.rows.length) return <ResultTable result={result} name={name} />
  const y = result.columns.find((c) => c.name === result.chart!.y[0])
  const x = result.columns.find((c) => c.name === result.chart!.x)
  const points = result.rows
    .filter((row) => row[y?.name ?? ''] !== null)
    .map((row) => ({ at: show(f, x, row[result.chart!.x]), value: Number(row[y?.name ?? '']) }))
  const low = points.reduce((a, b) => (b.value < a.value ? b : a), points[0]!)
  const high = points.reduce((a, b) => (b.value > a.value ? b : a), points[0]!)
  const summary =
    points.length && y
      ? t('chartSummary', {
          name: f.text(y.text),
          n: f.n(points.length),
          min: show(f, y, low.value),
          minAt: low.at,
          max: show(f, y, high.value),
          maxAt: high.at,
        })
      : undefined
  return (
    <Chart
      name={name}
      height={height}
      option={option}
      summary={summary}
      onPick={onPick}
      dated={x?.type === 'date'}
      table={<ResultTable result={result} name={name} />}
    />
  )
}
