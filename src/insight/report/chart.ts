import type { EChartsCoreOption } from 'echarts/core'
import type { Locale } from '../../base/text.ts'
import type { AnalysisResult, ChartSpec, ResultColumn } from '../contract.ts'
import { short, show } from '../format.ts'

/** Colours of a chart; `palette` was checked for colour-blind readers on both backgrounds. */
export interface Ink {
  readonly text: string
  readonly faint: string
  readonly line: string
  readonly palette: readonly string[]
  /** Low to high, for heat maps. */
  readonly scale: readonly [string, string]
}

export const lightInk: Ink = {
  text: '#243042',
  faint: '#667085',
  line: '#e4e7ec',
  palette: [
    '#2f6fde',
    '#0f9d94',
    '#e08a1e',
    '#8b5cc9',
    '#d9486a',
    '#5b8c2a',
    '#4a9fd8',
    '#a8713a',
    '#6b7280',
    '#c2527f',
  ],
  scale: ['#eaf1fd', '#1f4fae'],
}

const font = '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'

/** The ECharts option of a result's chart, from its rows; undefined when there is nothing to draw. */
export function chartOption(
  result: AnalysisResult,
  locale: Locale,
  ink: Ink = lightInk,
): EChartsCoreOption | undefined {
  const spec = result.chart
  if (!spec || !result.rows.length) return undefined
  const column = (name: string): ResultColumn =>
    result.columns.find((c) => c.name === name) ?? {
      name,
      text: { zh: name, en: name },
      type: 'text',
      class: 'non_sensitive',
    }
  const draw = { result, spec, locale, ink, column }
  const own =
    spec.kind === 'pie'
      ? pie(draw)
      : spec.kind === 'heat'
        ? heat(draw)
        : spec.kind === 'scatter'
          ? scatter(draw)
          : bars(draw)
  return { animation: false, color: [...ink.palette], textStyle: { fontFamily: font, color: ink.text }, ...own }
}

/** Labels and axis names stay inside of the picture. */
const inside = { outerBoundsMode: 'same', outerBoundsContain: 'all' } as const

/** Height that gives lying bars room; `usual` for every other chart. */
export function chartHeight(result: AnalysisResult, locale: Locale, usual = 340): number {
  const spec = result.chart
  if (!spec || spec.kind === 'pie' || spec.kind === 'heat' || spec.kind === 'scatter') return usual
  const d: Draw = {
    result,
    spec,
    locale,
    ink: lightInk,
    column: (name) => result.columns.find((c) => c.name === name)!,
  }
  const categories = [...new Set(result.rows.map((row) => label(d, spec.x, row[spec.x])))]
  return isFlat(d, categories)
    ? Math.max(220, 90 + categories.length * (spec.series ? 26 : 14 + 16 * spec.y.length))
    : usual
}

interface Draw {
  readonly result: AnalysisResult
  readonly spec: ChartSpec
  readonly locale: Locale
  readonly ink: Ink
  readonly column: (name: string) => ResultColumn
}

const label = (d: Draw, name: string, value: unknown): string => show(value, d.column(name), d.locale)
const number = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value))

function axisText(d: Draw, name: string): (value: number) => string {
  const type = d.column(name).type
  return (value) => (type === 'percent' ? show(value, { type }, d.locale) : short(value, d.locale))
}

function axes(d: Draw, categories: readonly string[], valueColumn: string, flat: boolean, named = true) {
  const column = d.column(valueColumn)
  const category = {
    type: 'category',
    data: categories,
    inverse: flat,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: d.ink.line } },
    axisLabel: { color: d.ink.faint, fontSize: 12, width: flat ? 150 : 90, overflow: 'truncate', hideOverlap: true },
  }
  const value = {
    type: 'value',
    // With several series the legend names them.
    name: named ? column.text[d.locale] : '',
    nameLocation: flat ? 'middle' : 'end',
    nameGap: flat ? 28 : 14,
    nameTextStyle: { color: d.ink.faint, align: flat ? 'center' : 'left' },
    axisLabel: { color: d.ink.faint, fontSize: 12, formatter: axisText(d, valueColumn) },
    splitLine: { lineStyle: { color: d.ink.line } },
  }
  return flat ? { xAxis: value, yAxis: category } : { xAxis: category, yAxis: value }
}

/** Long names read better beside lying bars. */
function isFlat(d: Draw, categories: readonly string[]): boolean {
  const wide = (text: string): number => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? 2 : 1), 0)
  return d.spec.kind === 'bar' && categories.some((c) => wide(c) > (categories.length > 6 ? 9 : 18))
}

/** Bars and lines: a series per `y` column, or per value of the `series` column. */
function bars(d: Draw): EChartsCoreOption {
  const { rows } = d.result
  const xs = [...new Set(rows.map((row) => row[d.spec.x]))]
  const line = d.spec.kind === 'line'
  const first = d.spec.y[0]!
  const groups = d.spec.series
    ? [...new Set(rows.map((row) => row[d.spec.series!]))].slice(0, 12).map((key) => ({
        name: label(d, d.spec.series!, key),
        data: xs.map((x) => number(rows.find((row) => row[d.spec.x] === x && row[d.spec.series!] === key)?.[first])),
      }))
    : d.spec.y.map((y) => ({ name: d.column(y).text[d.locale], data: rows.map((row) => number(row[y])) }))
  const categories = xs.map((x) => label(d, d.spec.x, x))
  const flat = isFlat(d, categories)
  const few = groups.length * categories.length <= 24
  return {
    grid: {
      left: 12,
      right: flat ? 70 : 24,
      top: groups.length > 1 ? 40 : flat ? 12 : 36,
      bottom: flat ? 36 : 12,
      ...inside,
    },
    ...(groups.length > 1
      ? { legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 8, textStyle: { color: d.ink.text } } }
      : {}),
    ...axes(d, categories, first, flat, groups.length === 1),
    series: groups.map((group) => ({
      type: line ? 'line' : 'bar',
      name: group.name,
      data: group.data,
      ...(d.spec.kind === 'stacked_bar' ? { stack: 'all' } : {}),
      ...(line
        ? {
            symbol: 'circle',
            symbolSize: 5,
            lineStyle: { width: 2.2 },
            connectNulls: false,
            ...(groups.length === 1 ? { areaStyle: { opacity: 0.1 } } : {}),
          }
        : {
            barMaxWidth: 38,
            itemStyle: { borderRadius: d.spec.kind === 'stacked_bar' ? 0 : flat ? [0, 4, 4, 0] : [4, 4, 0, 0] },
          }),
      ...(!line && few && d.spec.kind === 'bar'
        ? {
            label: {
              show: true,
              position: flat ? 'right' : 'top',
              color: d.ink.faint,
              fontSize: 11,
              formatter: (p: { value: number }) =>
                axisText(d, d.spec.series ? first : (d.spec.y[groups.indexOf(group)] ?? first))(p.value),
            },
          }
        : {}),
    })),
  }
}

function pie(d: Draw): EChartsCoreOption {
  const y = d.spec.y[0]!
  return {
    legend: {
      orient: 'vertical',
      left: '56%',
      top: 'middle',
      itemWidth: 12,
      itemHeight: 12,
      textStyle: { color: d.ink.text },
    },
    series: [
      {
        type: 'pie',
        center: ['28%', '50%'],
        radius: ['48%', '76%'],
        itemStyle: { borderColor: 'transparent', borderWidth: 2 },
        label: { show: false },
        data: d.result.rows.map((row) => ({
          name: `${label(d, d.spec.x, row[d.spec.x])}  ${label(d, y, row[y])}`,
          value: number(row[y]),
        })),
      },
    ],
  }
}

function heat(d: Draw): EChartsCoreOption {
  const y = d.spec.y[0]!
  const series = d.spec.series ?? d.spec.y[1]!
  const { rows } = d.result
  const xs = [...new Set(rows.map((row) => row[d.spec.x]))]
  const ys = [...new Set(rows.map((row) => row[series]))]
  const values = rows.map((row) => number(row[y]) ?? 0)
  const axis = (name: string, keys: readonly unknown[]) => ({
    type: 'category',
    name: d.column(name).text[d.locale],
    data: keys.map((key) => label(d, name, key)),
    axisLine: { show: false },
    axisTick: { show: false },
    nameTextStyle: { color: d.ink.faint },
    axisLabel: { color: d.ink.faint },
  })
  return {
    grid: { left: 12, right: 90, top: 40, bottom: 40, ...inside },
    xAxis: axis(d.spec.x, xs),
    yAxis: axis(series, ys),
    visualMap: {
      show: false,
      min: Math.min(...values),
      max: Math.max(...values),
      inRange: { color: [...d.ink.scale] },
    },
    series: [
      {
        type: 'heatmap',
        data: rows.map((row) => [xs.indexOf(row[d.spec.x]), ys.indexOf(row[series]), number(row[y]) ?? 0]),
        label: { show: rows.length <= 200, formatter: (p: { value: number[] }) => axisText(d, y)(p.value[2]!) },
        itemStyle: { borderWidth: 2, borderColor: 'transparent' },
      },
    ],
  }
}

function scatter(d: Draw): EChartsCoreOption {
  const y = d.spec.y[0]!
  const base = axes(d, [], y, false)
  return {
    grid: { left: 12, right: 60, top: 40, bottom: 24, ...inside },
    yAxis: base.yAxis,
    xAxis: {
      ...base.yAxis,
      name: d.column(d.spec.x).text[d.locale],
      axisLabel: { color: d.ink.faint, formatter: axisText(d, d.spec.x) },
    },
    series: [
      {
        type: 'scatter',
        symbolSize: 7,
        itemStyle: { opacity: 0.6 },
        data: d.result.rows.map((row) => [number(row[d.spec.x]), number(row[y])]),
      },
    ],
  }
}
