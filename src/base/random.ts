/** A source of randomness is always an argument: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Integer in [0, n). */
  int(n: number): number
  pick<T>(items: readonly T[]): T
  chance(p: number): boolean
  /** Standard normal (Box–Muller). */
  normal(): number
  /** A stream of its own, so that adding a field does not disturb the others. */
  fork(label: string | number): Random
}

/** FNV-1a, 32 bit: only to derive seeds. */
function hash32(text: string, seed: number): number {
  let h = seed ^ 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i)
    h = Math.imul(h, 0x01000193)
  }
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  return h >>> 0
}

/** sfc32 (Doty-Humphrey, PractRand): 128 bit state, passes BigCrush; not for secrets. */
export function seeded(seed: number | string): Random {
  const base = typeof seed === 'number' ? hash32(String(seed), 1) : hash32(seed, 2)
  let a = hash32('a', base)
  let b = hash32('b', base)
  let c = hash32('c', base)
  let d = 1
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i++) next()
  const random: Random = {
    next,
    int: (n) => Math.floor(next() * n),
    pick: (items) => items[Math.floor(next() * items.length)]!,
    chance: (p) => next() < p,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    fork: (label) => seeded(`${base}/${label}`),
  }
  return random
}
