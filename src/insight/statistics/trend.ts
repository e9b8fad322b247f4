import { twoSided } from './normal.ts'

/**
 * Mann–Kendall test for a monotone trend with the correction for ties, and the Theil–Sen slope (median of all pairwise
 * slopes, per step). Mann 1945, Kendall 1975, Sen 1968. Fewer than four values give p = 1.
 */
export function mannKendall(values: readonly number[]): { slope: number; p: number } {
  const n = values.length
  const slopes: number[] = []
  let s = 0
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      slopes.push((values[j]! - values[i]!) / (j - i))
      s += Math.sign(values[j]! - values[i]!)
    }
  slopes.sort((a, b) => a - b)
  const middle = slopes.length >> 1
  const slope = !slopes.length ? 0 : slopes.length % 2 ? slopes[middle]! : (slopes[middle - 1]! + slopes[middle]!) / 2
  if (n < 4) return { slope, p: 1 }
  const ties = new Map<number, number>()
  for (const v of values) ties.set(v, (ties.get(v) ?? 0) + 1)
  let variance = n * (n - 1) * (2 * n + 5)
  for (const t of ties.values()) variance -= t * (t - 1) * (2 * t + 5)
  variance /= 18
  return { slope, p: variance > 0 ? twoSided((s - Math.sign(s)) / Math.sqrt(variance)) : 1 }
}

/**
 * Cochran–Armitage test for a linear trend in proportions over equally spaced groups (Armitage 1955).
 * `slope` is the change of the proportion per group by weighted least squares; `first` and `last` are fitted.
 */
export function proportionTrend(
  hits: readonly number[],
  totals: readonly number[],
): { slope: number; first: number; last: number; p: number } {
  const n = totals.reduce((a, b) => a + b, 0)
  if (!n) return { slope: 0, first: 0, last: 0, p: 1 }
  const overall = hits.reduce((a, b) => a + b, 0) / n
  const mean = totals.reduce((sum, t, i) => sum + t * i, 0) / n
  let covariance = 0
  let spread = 0
  totals.forEach((t, i) => {
    covariance += (hits[i]! - t * overall) * (i - mean)
    spread += t * (i - mean) ** 2
  })
  if (!spread || overall <= 0 || overall >= 1) return { slope: 0, first: overall, last: overall, p: 1 }
  const slope = covariance / spread
  const z = covariance / Math.sqrt(overall * (1 - overall) * spread)
  return { slope, first: overall - slope * mean, last: overall + slope * (totals.length - 1 - mean), p: twoSided(z) }
}

/** Two-sided z test of two proportions with the pooled variance. */
export function twoProportions(a: { hits: number; of: number }, b: { hits: number; of: number }): number {
  if (!a.of || !b.of) return 1
  const pooled = (a.hits + b.hits) / (a.of + b.of)
  const se = Math.sqrt(pooled * (1 - pooled) * (1 / a.of + 1 / b.of))
  return se > 0 ? twoSided((a.hits / a.of - b.hits / b.of) / se) : 1
}
