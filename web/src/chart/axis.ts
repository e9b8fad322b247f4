import type { Ink } from './ink.ts'

/** Axis pieces in our colours. */
export function categoryAxis(ink: Ink, data: readonly string[]) {
  return {
    type: 'category',
    data,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: ink.line } },
    axisLabel: { color: ink.faint, hideOverlap: true },
  }
}

export function valueAxis(ink: Ink, format: (value: number) => string) {
  return {
    type: 'value',
    splitLine: { lineStyle: { color: ink.line } },
    axisLabel: { color: ink.faint, formatter: format },
    splitNumber: 4,
  }
}
