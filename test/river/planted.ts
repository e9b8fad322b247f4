import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FaultClass } from '../../examples/shop/faults.ts'
import type { ShopSummary } from '../../examples/shop/generate.ts'

/** One line of `truth/faults.csv`. `at` names a row of a file: `crm/members.xlsx:17`. */
export interface Planted {
  readonly at: string
  readonly record: string
  readonly field: string
  readonly class: FaultClass
  readonly written: string
  readonly trueValue: string
}

/** One line of `truth/customers.csv`: every record that stands for one person. */
export interface TruePerson {
  readonly person: string
  readonly kind: string
  readonly mall: string
  readonly cards: readonly string[]
  readonly arm: string
}

export interface Truth {
  readonly summary: ShopSummary
  readonly faults: readonly Planted[]
  readonly persons: readonly TruePerson[]
  /** Reference (`mall:M…`, `crm:C…`) → number of the person. */
  readonly personOf: ReadonlyMap<string, string>
}

/** What the generator keeps apart under `truth/`. */
export function readTruth(dir: string): Truth {
  const read = (file: string): string => readFileSync(join(dir, 'truth', file), 'utf8')
  const rows = (file: string) => table(read(file))
  const persons = rows('customers.csv').map((r) => ({
    person: r.person!,
    kind: r.kind!,
    mall: r.mall!,
    cards: r.cards!.split(';').filter(Boolean),
    arm: r.test_arm!,
  }))
  return {
    summary: JSON.parse(read('summary.json')) as ShopSummary,
    faults: rows('faults.csv').map((r) => ({
      at: `${r.file!.split('/').at(-1)}:${r.row}`,
      record: r.record!,
      field: r.field!,
      class: r.class as FaultClass,
      written: r.written!,
      trueValue: r.true_value!,
    })),
    persons,
    personOf: new Map(
      persons.flatMap((p) => [
        ...(p.mall ? [[`mall:${p.mall}`, p.person] as const] : []),
        ...p.cards.map((card) => [`crm:${card}`, p.person] as const),
      ]),
    ),
  }
}

/** Rows of a CSV text under the names of its header line; the generator quotes a cell where it must. */
function table(text: string): Record<string, string>[] {
  const [header, ...rows] = text
    .trim()
    .split('\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? ''),
    )
  return rows.map((row) => Object.fromEntries(header!.map((name, i) => [name, row[i] ?? ''])))
}
