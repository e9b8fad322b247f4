const value = /^[\s$¥￥€£]*[-+(]?[\d.,]+\s*%?\)?$|^\d{1,4}[-/.年]\d{1,2}|@.+\.|^(true|false|null|yes|no|是|否)$/i

/** Whether the first line names the columns: words without repetition that do not look like the values below them. */
export function looksLikeHeader(cells: readonly string[], rows: readonly (readonly string[])[]): boolean {
  // files that were put together repeat the whole line
  const below = rows.filter((r) => r.some((c, i) => c !== cells[i]))
  const filled = cells.map((c) => c.trim()).filter(Boolean)
  if (!filled.length) return false
  const values = filled.filter((c) => value.test(c)).length
  if (!below.length) return values === 0
  if (values * 4 > filled.length) {
    // years or numbered answers can be names: then no column may hold the same kind of value below
    return false
  }
  // a long sentence or a cell that comes again below is a value
  const repeated = cells.filter(
    (c, i) => c.trim() && below.filter((r) => r[i] === c).length > Math.max(1, below.length / 50),
  ).length
  if (repeated * 2 > filled.length) return false
  const different = cells.filter(
    (c, i) => !value.test(c.trim()) && below.some((r) => value.test((r[i] ?? '').trim())),
  ).length
  if (different > 0) return true
  const long = filled.filter((c) => c.length > 60).length
  return long * 2 <= filled.length
}
