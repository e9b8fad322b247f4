import type { Locale } from '../../base/text.ts'
import type { AnalysisResult } from '../contract.ts'
import { chartHeight, chartOption, type Ink } from './chart.ts'

/** A result's chart as SVG text, drawn without a DOM; undefined when the result has no chart or no rows. */
export async function chartSvg(
  result: AnalysisResult,
  locale: Locale,
  size: { width?: number; height?: number; ink?: Ink; prefix?: string } = {},
): Promise<string | undefined> {
  const option = chartOption(result, locale, size.ink)
  if (!option) return undefined
  const chart = (await drawing()).init(null, null, {
    renderer: 'svg',
    ssr: true,
    width: size.width ?? 860,
    height: size.height ?? chartHeight(result, locale),
  })
  try {
    chart.setOption(option)
    // Ids of clip paths count up over the process: numbered anew, so that equal results give equal text;
    // charts on one page need prefixes of their own.
    const seen = new Map<string, string>()
    return chart.renderToSVGString().replace(/zr\d+-[\w-]+/g, (name) => {
      if (!seen.has(name)) seen.set(name, `${size.prefix ?? 'c'}${seen.size}`)
      return seen.get(name)!
    })
  } finally {
    chart.dispose()
  }
}

/** Loaded on use: starting the command line does not pay for it. */
async function drawing(): Promise<typeof import('echarts/core')> {
  const [core, charts, components, renderers] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ])
  core.use([
    charts.BarChart,
    charts.LineChart,
    charts.PieChart,
    charts.HeatmapChart,
    charts.ScatterChart,
    components.GridComponent,
    components.LegendComponent,
    components.VisualMapComponent,
    renderers.SVGRenderer,
  ])
  return core
}
