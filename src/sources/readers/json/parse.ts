/** A number literal too long for a double outside a string; strings are matched first, so that they stay as they are. */
const longNumber = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?:\.\d+)?(?:[eE][-+]?\d+)?/g
const maybeLong = /[[:,\s]-?\d{16}/

/** JSON.parse that keeps integers of 16 and more digits (order numbers, open ids) as text instead of rounding them. */
export function parseJson(text: string): unknown {
  const safe = maybeLong.test(text)
    ? text.replace(longNumber, (m) => (m[0] === '"' || m.includes('.') || /e/i.test(m) ? m : `"${m}"`))
    : text
  return JSON.parse(safe)
}
