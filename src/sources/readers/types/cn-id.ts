const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** An 18-digit Chinese resident id with its check digit (GB 11643-1999). */
export function isCnId(v: string): boolean {
  if (!/^[1-8]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/.test(v)) return false
  let sum = 0
  for (let i = 0; i < 17; i++) sum += Number(v[i]) * weights[i]!
  return '10X98765432'[sum % 11] === v[17]!.toUpperCase()
}
