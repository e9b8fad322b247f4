import { BarChartOutlined, FileImageOutlined, TableOutlined } from '@ant-design/icons'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useFormat, WorkspaceContext, type Format } from '../i18n/format.ts'
import { usePreferences } from '../i18n/preferences.tsx'
import { useCommon } from '../parts/words.ts'
import { chartFont, inks, type Ink } from './ink.ts'

export interface Pick {
  name: string
  seriesName?: string
  dataIndex: number
  value: unknown
}

/**
 * A chart with what every chart needs: a text summary, the same numbers as a table, and the picture as a file.
 * The chart library loads when the first chart is drawn.
 */
export function Chart({
  name,
  option,
  height = 280,
  summary,
  table,
  onPick,
  dated,
}: {
  name: string
  option: (ink: Ink, format: Format) => EChartsCoreOption
  height?: number
  summary?: string
  table: ReactNode
  onPick?: (pick: Pick) => void
  /** The chart has a time axis: its time zone is said. */
  dated?: boolean
}) {
  const t = useCommon()
  const f = useFormat()
  const { zone } = useContext(WorkspaceContext)
  const { mode, locale } = usePreferences()
  const [asTable, setAsTable] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)
  const pick = useRef(onPick)
  pick.current = onPick
  const made = useMemo(() => option(inks[mode], f), [option, mode, f])

  useEffect(() => {
    if (asTable || !box.current) return
    let gone = false
    let watcher: ResizeObserver | undefined
    void import('./echarts.ts').then(({ init }) => {
      if (gone || !box.current) return
      const instance = init(box.current, null, { renderer: 'svg', locale: locale === 'zh' ? 'ZH' : 'EN' })
      chart.current = instance
      instance.setOption(base(made, mode))
      instance.on('click', (event) =>
        pick.current?.({
          name: String(event.name),
          seriesName: event.seriesName,
          dataIndex: event.dataIndex,
          value: event.value,
        }),
      )
      watcher = new ResizeObserver(() => instance.resize())
      watcher.observe(box.current)
    })
    return () => {
      gone = true
      watcher?.disconnect()
      chart.current?.dispose()
      chart.current = null
    }
  }, [asTable, made, mode, locale])

  const saveSvg = () => {
    const url = chart.current?.getDataURL({ type: 'svg' })
    if (!url) return
    const link = document.createElement('a')
    link.href = url
    link.download = `${name}.svg`
    link.click()
  }
  return (
    <div>
      <div className="chart-tools">
        <button type="button" className="icon-button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? <BarChartOutlined aria-hidden /> : <TableOutlined aria-hidden />}
          {asTable ? t('showChart') : t('showTable')}
        </button>
        {!asTable && (
          <button
            type="button"
            className="icon-button"
            onClick={saveSvg}
            title={t('saveSvg')}
            aria-label={`${t('saveSvg')}: ${name}`}
          >
            <FileImageOutlined aria-hidden />
            SVG
          </button>
        )}
      </div>
      {asTable ? (
        table
      ) : (
        <div
          ref={box}
          className="chart-box"
          role="img"
          aria-label={summary ? `${name}. ${summary}` : name}
          style={{ height, cursor: onPick ? 'pointer' : undefined }}
        />
      )}
      {(summary || (dated && zone)) && (
        <p className="chart-summary">
          {summary} {dated && zone && t('zone', { zone })}
        </p>
      )}
    </div>
  )
}

function base(option: EChartsCoreOption, mode: 'light' | 'dark'): EChartsCoreOption {
  const ink = inks[mode]
  return {
    animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 250,
    color: ink.palette,
    textStyle: { fontFamily: chartFont, color: ink.text },
    // Our own label names the picture (it is one for screen readers); the library's text is for its parts.
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
    ...option,
    tooltip: {
      confine: true,
      backgroundColor: ink.surface,
      borderColor: ink.line,
      textStyle: { color: ink.text, fontSize: 12.5 },
      extraCssText: 'box-shadow: var(--shadow-2); border-radius: 8px',
      ...(option.tooltip as object | undefined),
    },
  }
}
