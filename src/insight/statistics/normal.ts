/** Upper tail of the standard normal, relative error below 1.2e-7 (Numerical Recipes erfc, Chebyshev). */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z)
  const x = z / Math.SQRT2
  const t = 1 / (1 + x / 2)
  const series =
    -1.26551223 +
    t *
      (1.00002368 +
        t *
          (0.37409196 +
            t *
              (0.09678418 +
                t *
                  (-0.18628806 +
                    t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))))
  return (t * Math.exp(-x * x + series)) / 2
}

/** Two-sided p of a standard normal statistic. */
export function twoSided(z: number): number {
  return Math.min(1, 2 * normalTail(Math.abs(z)))
}
