/** z of a two-sided 95 % interval. */
const z95 = 1.959963984540054

/**
 * Wilson score interval of a share.
 * @returns bounds in 0 … 1; undefined when n is 0
 * @see Wilson (1927), JASA 22, 209–212
 */
export function wilson(
  successes: number,
  n: number,
  z = z95,
): { readonly low: number; readonly high: number } | undefined {
  if (n <= 0) return undefined
  const p = successes / n
  const z2 = z * z
  const centre = p + z2 / (2 * n)
  const spread = z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))
  const scale = 1 + z2 / n
  // At the ends the bound is exact; rounding would miss it by a hair.
  return { low: successes <= 0 ? 0 : (centre - spread) / scale, high: successes >= n ? 1 : (centre + spread) / scale }
}
