/** Nodes are 0 … size-1. What is known of a node; 0 is "not known". Arrays are not changed. */
export interface NodeFacts {
  /** Equal numbers: equal values. Two different known values never meet in one cluster. */
  readonly exclusive: readonly Float64Array[]
  /** Code of the node's whole name: links that lean on a missing or masked name must not bridge two names. */
  readonly name: Float64Array
}

export interface Links {
  readonly a: Float64Array
  readonly b: Float64Array
  /** 1 where both ends carry whole names of their own that were compared, 0 where one end leans on the other. */
  readonly firm: Float64Array
}

/** Node sets that a person's decision keeps apart: no node of one side may meet a node of the other. */
export interface Apart {
  readonly left: readonly number[]
  readonly right: readonly number[]
}

export interface Partition {
  /** Smallest node of the cluster, per node. */
  readonly root: Int32Array
  /** Indices of links that were refused because they contradict what is known. */
  readonly refused: readonly number[]
}

/**
 * Connected components under constraints. Links are taken in the given order, so a link that comes first wins over a
 * contradicting later one: give them in an order that depends on the data alone.
 * @see Tarjan (1975), Efficiency of a good but not linear set union algorithm.
 */
export function components(size: number, links: Links, facts: NodeFacts, apart: readonly Apart[] = []): Partition {
  const parent = new Int32Array(size)
  for (let i = 0; i < size; i++) parent[i] = i
  const known = facts.exclusive.map((values) => Float64Array.from(values))
  const name = Float64Array.from(facts.name)
  const sides = sidesOf(apart)
  const refused: number[] = []

  const find = (x: number): number => {
    while (parent[x] !== x) {
      parent[x] = parent[parent[x]!]!
      x = parent[x]!
    }
    return x
  }

  for (let i = 0; i < links.a.length; i++) {
    const x = find(links.a[i]!)
    const y = find(links.b[i]!)
    if (x === y) continue
    const [low, high] = x < y ? [x, y] : [y, x]
    const clash =
      known.some((values) => values[low]! && values[high]! && values[low] !== values[high]) ||
      (!links.firm[i] && name[low]! && name[high]! && name[low] !== name[high]) ||
      sidesClash(sides.get(low), sides.get(high))
    if (clash) {
      refused.push(i)
      continue
    }
    parent[high] = low
    for (const values of known) values[low] ||= values[high]!
    name[low] ||= name[high]!
    const joined = sides.get(high)
    if (joined) sides.set(low, new Map([...(sides.get(low) ?? []), ...joined]))
  }

  for (let i = 0; i < size; i++) parent[i] = find(i)
  return { root: parent, refused }
}

type Sides = Map<number, 'left' | 'right'>

function sidesOf(apart: readonly Apart[]): Map<number, Sides> {
  const sides = new Map<number, Sides>()
  apart.forEach((cut, i) => {
    for (const side of ['left', 'right'] as const)
      for (const node of cut[side])
        sides.set(node, (sides.get(node) ?? new Map<number, 'left' | 'right'>()).set(i, side))
  })
  return sides
}

function sidesClash(a: Sides | undefined, b: Sides | undefined): boolean {
  if (!a || !b) return false
  for (const [cut, side] of a) if (b.has(cut) && b.get(cut) !== side) return true
  return false
}
