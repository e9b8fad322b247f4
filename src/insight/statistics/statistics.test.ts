import { describe, expect, it } from 'vitest'
import { normalTail, twoSided } from './normal.ts'
import { logRank, medianTime, type Observed } from './survival.ts'
import { mannKendall, proportionTrend, twoProportions } from './trend.ts'

const one = (duration: number, event = true): Observed => ({ duration, event, count: 1 })

describe('tests behind the conclusions', () => {
  it('has the normal tail of the tables', () => {
    expect(normalTail(1.959964)).toBeCloseTo(0.025, 7)
    expect(normalTail(3)).toBeCloseTo(0.0013499, 7)
    expect(twoSided(-1.644854)).toBeCloseTo(0.1, 6)
  })

  it('finds a monotone trend and none in a constant', () => {
    // n = 5, s = 10, variance 50 / 3: z = 9 / 4.0825 = 2.2045
    expect(mannKendall([1, 2, 3, 4, 5])).toEqual({ slope: 1, p: expect.closeTo(0.02749, 4) as number })
    expect(mannKendall([5, 4, 4, 2, 1]).slope).toBe(-1)
    expect(mannKendall([3, 3, 3, 3]).p).toBe(1)
    expect(mannKendall([]).slope).toBe(0)
  })

  it('tests proportions as Armitage does', () => {
    // 10, 20, 30 of 100: overall 0.2, covariance 20, spread 200, z = 20 / sqrt(0.16 × 200) = 3.5355
    const trend = proportionTrend([10, 20, 30], [100, 100, 100])
    expect(trend).toMatchObject({
      slope: expect.closeTo(0.1, 12),
      first: expect.closeTo(0.1, 12),
      last: expect.closeTo(0.3, 12),
    })
    expect(trend.p).toBeCloseTo(0.000407, 6)
    expect(proportionTrend([0, 0], [5, 5]).p).toBe(1)
    // 15 and 25 of 100: z = 1.7678
    expect(twoProportions({ hits: 15, of: 100 }, { hits: 25, of: 100 })).toBeCloseTo(0.0771, 4)
  })

  it('takes the median of censored times, and compares two groups', () => {
    // Freireich 1963, 6-MP against placebo: medians 23 and 8 weeks, log-rank chi-square 16.79.
    const treated = [
      ...[6, 6, 6, 7, 10, 13, 16, 22, 23].map((t) => one(t)),
      ...[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((t) => one(t, false)),
    ]
    const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23].map((t) => one(t))
    expect(medianTime(treated)).toMatchObject({ median: 23, low: 13, high: null })
    expect(medianTime(placebo).median).toBe(8)
    expect(logRank(treated, placebo)).toBeCloseTo(twoSided(Math.sqrt(16.793)), 6)
    expect(medianTime([one(3, false)])).toEqual({ median: null, low: null, high: null })
  })
})
