import { BarChart, HeatmapChart, LineChart, PieChart, SankeyChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { init, registerLocale, use, type EChartsCoreOption, type EChartsType } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
// @ts-expect-error the language files carry no types
import en from 'echarts/lib/i18n/langEN.js'
// @ts-expect-error the language files carry no types
import zh from 'echarts/lib/i18n/langZH.js'

use([
  BarChart,
  HeatmapChart,
  LineChart,
  PieChart,
  SankeyChart,
  ScatterChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  VisualMapComponent,
  LabelLayout,
  CanvasRenderer,
  SVGRenderer,
])
registerLocale('EN', en)
registerLocale('ZH', zh)

export { init, type EChartsCoreOption, type EChartsType }
