import { twoSided } from './normal.ts'

/** So many observations of this duration, ended by the event or censored. */
export interface Observed {
  readonly duration: number
  readonly event: boolean
  readonly count: number
}

interface Step {
  readonly at: number
  readonly events: number
  readonly atRisk: number
}

function stepsOf(observed: readonly Observed[]): Step[] {
  const times = [...new Set(observed.map((o) => o.duration))].sort((a, b) => a - b)
  let atRisk = observed.reduce((sum, o) => sum + o.count, 0)
  const byTime = new Map<number, { events: number; all: number }>()
  for (const o of observed) {
    const x = byTime.get(o.duration) ?? { events: 0, all: 0 }
    x.all += o.count
    if (o.event) x.events += o.count
    byTime.set(o.duration, x)
  }
  return times.map((at) => {
    const { events, all } = byTime.get(at)!
    const step = { at, events, atRisk }
    atRisk -= all
    return step
  })
}

/**
 * Kaplan–Meier median with its 95 % interval (Brookmeyer & Crowley 1982, Greenwood variance).
 * Null where the curve, or its bound, does not come down to one half.
 */
export function medianTime(observed: readonly Observed[]): {
  median: number | null
  low: number | null
  high: number | null
} {
  let survival = 1
  let greenwood = 0
  let median: number | null = null
  let low: number | null = null
  let high: number | null = null
  for (const { at, events, atRisk } of stepsOf(observed)) {
    if (!events) continue
    survival *= 1 - events / atRisk
    greenwood += atRisk > events ? events / (atRisk * (atRisk - events)) : 0
    const error = 1.959964 * survival * Math.sqrt(greenwood)
    if (low === null && survival - error <= 0.5) low = at
    if (median === null && survival <= 0.5) median = at
    if (high === null && survival + error <= 0.5) high = at
  }
  return { median, low, high }
}

/** Log-rank test of two groups (Mantel 1966): two-sided p. */
export function logRank(a: readonly Observed[], b: readonly Observed[]): number {
  const [x, y] = [stepsOf(a), stepsOf(b)]
  const times = [...new Set([...x, ...y].filter((s) => s.events).map((s) => s.at))].sort((m, n) => m - n)
  // At risk at a time: those of the first step at that time or later.
  const riskAt = (steps: readonly Step[]): ((at: number) => Step | undefined) => {
    let i = 0
    return (at) => {
      while (i < steps.length && steps[i]!.at < at) i++
      return steps[i]
    }
  }
  const [riskX, riskY] = [riskAt(x), riskAt(y)]
  let difference = 0
  let variance = 0
  for (const at of times) {
    const [sx, sy] = [riskX(at), riskY(at)]
    const [nx, ny] = [sx?.atRisk ?? 0, sy?.atRisk ?? 0]
    const n = nx + ny
    const dx = sx?.at === at ? sx.events : 0
    const d = dx + (sy?.at === at ? sy.events : 0)
    difference += dx - (d * nx) / n
    if (n > 1) variance += (d * (nx / n) * (ny / n) * (n - d)) / (n - 1)
  }
  return variance > 0 ? twoSided(difference / Math.sqrt(variance)) : 1
}
