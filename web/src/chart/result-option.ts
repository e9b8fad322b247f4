import type { EChartsCoreOption } from 'echarts/core'
import type { AnalysisResult, ResultColumn } from '../api/types.ts'
import type { Format } from '../i18n/format.ts'
import { categoryAxis, valueAxis } from './axis.ts'
import type { Ink } from './ink.ts'
import { show } from './show.ts'

const number = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value))

/** The chart a result asks for, drawn from its rows; more than 12 series are cut to 12. */
export function resultOption(result: AnalysisResult, ink: Ink, f: Format): EChartsCoreOption | undefined {
  const spec = result.chart
  if (!spec) return undefined
  const column = (name: string): ResultColumn | undefined => result.columns.find((c) => c.name === name)
  const axis = (name: string) => (value: number) =>
    column(name)?.type === 'percent' ? f.pct(value, 0) : f.short(value)
  const rows = result.rows
  const xs = [...new Set(rows.map((row) => row[spec.x]))]
  const y = spec.y[0]!
  const tip = { valueFormatter: (value: unknown) => show(f, column(y), Array.isArray(value) ? value.at(-1) : value) }

  if (spec.kind === 'pie') {
    return {
      tooltip: { trigger: 'item', ...tip },
      legend: { type: 'scroll', bottom: 0, textStyle: { color: ink.faint } },
      series: [
        {
          type: 'pie',
          radius: ['46%', '72%'],
          center: ['50%', '44%'],
          itemStyle: { borderColor: ink.surface, borderWidth: 2 },
          label: { color: ink.text, formatter: '{b}  {d}%' },
          data: rows.map((row) => ({ name: show(f, column(spec.x), row[spec.x]), value: number(row[y]) })),
        },
      ],
    }
  }
  if (spec.kind === 'heat') {
    const by = spec.series ?? spec.y[1] ?? y
    const ys = [...new Set(rows.map((row) => row[by]))]
    const values = rows.map((row) => number(row[y]) ?? 0)
    return {
      tooltip: { trigger: 'item', ...tip },
      grid: { left: 8, right: 16, top: 12, bottom: 8, containLabel: true },
      xAxis: {
        ...categoryAxis(
          ink,
          xs.map((x) => show(f, column(spec.x), x)),
        ),
        splitArea: { show: false },
      },
      yAxis: categoryAxis(
        ink,
        ys.map((v) => show(f, column(by), v)),
      ),
      visualMap: { show: false, min: Math.min(...values), max: Math.max(...values), inRange: { color: ink.scale } },
      series: [
        {
          type: 'heatmap',
          data: rows.map((row) => [xs.indexOf(row[spec.x]), ys.indexOf(row[by]), number(row[y])]),
          label: { show: rows.length <= 150, formatter: (p: { value: unknown[] }) => axis(y)(Number(p.value[2])) },
          itemStyle: { borderColor: ink.surface, borderWidth: 2 },
        },
      ],
    }
  }
  if (spec.kind === 'scatter') {
    return {
      tooltip: { trigger: 'item' },
      grid: { left: 8, right: 24, top: 28, bottom: 8, containLabel: true },
      xAxis: {
        ...valueAxis(ink, axis(spec.x)),
        name: f.text(column(spec.x)?.text),
        nameTextStyle: { color: ink.faint },
      },
      yAxis: { ...valueAxis(ink, axis(y)), name: f.text(column(y)?.text), nameTextStyle: { color: ink.faint } },
      series: [
        {
          type: 'scatter',
          symbolSize: 8,
          itemStyle: { opacity: 0.65 },
          data: rows.map((row) => [number(row[spec.x]), number(row[y])]),
        },
      ],
    }
  }

  const line = spec.kind === 'line'
  const groups = spec.series
    ? [...new Set(rows.map((row) => row[spec.series!]))].slice(0, 12).map((key) => ({
        column: y,
        name: show(f, column(spec.series!), key),
        data: xs.map((x) => number(rows.find((row) => row[spec.x] === x && row[spec.series!] === key)?.[y])),
      }))
    : spec.y.map((name) => ({
        column: name,
        name: f.text(column(name)?.text),
        data: rows.map((row) => number(row[name])),
      }))
  const names = xs.map((x) => show(f, column(spec.x), x))
  const flat = !line && column(spec.x)?.type === 'text' && names.some((n) => n.length > 7) && names.length > 3
  const category = { ...categoryAxis(ink, names), ...(flat ? { inverse: true } : {}) }
  if (flat)
    category.axisLabel = { ...category.axisLabel, width: 140, overflow: 'truncate' } as typeof category.axisLabel
  // Two measures of different kinds (money and count) need an axis each.
  const second =
    groups.length === 2 && !spec.series && column(groups[0]!.column)?.type !== column(groups[1]!.column)?.type
  const value = valueAxis(ink, axis(y))
  const values =
    second && !flat ? [value, { ...valueAxis(ink, axis(groups[1]!.column)), splitLine: { show: false } }] : value
  return {
    tooltip: { trigger: 'axis', axisPointer: { type: line ? 'line' : 'shadow' } },
    legend: groups.length > 1 ? { top: 0, left: 0, type: 'scroll', textStyle: { color: ink.faint } } : undefined,
    grid: { left: 8, right: 16, top: groups.length > 1 ? 36 : 14, bottom: 8, containLabel: true },
    xAxis: flat ? values : category,
    yAxis: flat ? category : values,
    series: groups.map((group, i) => ({
      type: line ? 'line' : 'bar',
      name: group.name,
      data: group.data,
      tooltip: { valueFormatter: (v: unknown) => show(f, column(group.column), v) },
      ...(second && !flat ? { yAxisIndex: i } : {}),
      ...(spec.kind === 'stacked_bar' ? { stack: 'all' } : {}),
      ...(line
        ? {
            symbolSize: 6,
            lineStyle: { width: 2.2 },
            connectNulls: false,
            areaStyle: groups.length === 1 ? { opacity: 0.08 } : undefined,
          }
        : {
            barMaxWidth: 34,
            itemStyle: { borderRadius: spec.kind === 'stacked_bar' ? 0 : flat ? [0, 4, 4, 0] : [4, 4, 0, 0] },
          }),
    })),
  }
}
