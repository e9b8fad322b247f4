export type JsonRecord = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Deeper objects stay JSON text. */
const maxDepth = 6

/** Whether an object at this depth is entered; an empty one is a cell. */
export function nests(value: unknown, depth: number): boolean {
  return isRecord(value) && depth < maxDepth && Object.keys(value).length > 0
}

/** One record as `a.b` → text: nested objects flattened, arrays and too deep objects as JSON text, null kept. */
export function flatten(record: JsonRecord, deep = true): Map<string, string | null> {
  const cells = new Map<string, string | null>()
  const enter = (value: JsonRecord, prefix: string, depth: number): void => {
    for (const [key, v] of Object.entries(value)) {
      const name = prefix + key
      if (deep && nests(v, depth)) enter(v as JsonRecord, `${name}.`, depth + 1)
      else cells.set(name, cellText(v))
    }
  }
  enter(record, '', 0)
  return cells
}

export function cellText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'string') return value
  if (typeof value === 'object') return Object.keys(value).length || Array.isArray(value) ? JSON.stringify(value) : null
  return String(value)
}

/** Which keys a plan's column names stand for, in order; names made unique by case are found again. */
export function columnOfKey(columns: readonly string[]): (key: string) => number | undefined {
  const exact = new Map(columns.map((c, i) => [c, i]))
  const known = new Map<string, number | undefined>()
  return (key) => {
    if (known.has(key)) return known.get(key)
    const clean = key.replaceAll(/\s+/g, ' ').trim()
    let at = exact.get(clean)
    for (let n = 2; at === undefined && n < 20; n++) {
      const candidate = exact.get(`${clean}_${n}`)
      if (candidate === undefined) continue
      at = candidate
    }
    known.set(key, at)
    return at
  }
}
