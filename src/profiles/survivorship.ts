import { ConfigError } from '../base/errors.ts'
import type { Ground } from '../governance/index.ts'
import { raw, sql, w, type Sql } from '../warehouse/index.ts'
import { goldenFields, survivorshipRules, type GoldenField, type SurvivorshipRule } from './golden-fields.ts'

/** A `survivorship` definition: the id is the field, or `sources` with the order of trust. */
export type SurvivorshipDefinition = { readonly rule: SurvivorshipRule } | { readonly sources: readonly string[] }

/** The rule in force for every golden field. @throws ConfigError survivorship_invalid */
export function rulesInForce({ definitions }: Pick<Ground, 'definitions'>): ReadonlyMap<string, SurvivorshipRule> {
  return new Map(
    goldenFields.map((f) => {
      const own = definitions.get<{ rule?: string }>('survivorship', f.name)?.value.rule
      if (own !== undefined && !(own in survivorshipRules))
        throw new ConfigError('survivorship_invalid', {
          field: f.name,
          rule: own,
          known: Object.keys(survivorshipRules).join(', '),
        })
      return [f.name, (own as SurvivorshipRule | undefined) ?? f.rule]
    }),
  )
}

/**
 * Value of a field over the records of a person. `recent` and `trust` are columns that number the records of a person
 * from the least to the most; as no two are equal, nothing is left to chance.
 */
export function survivor(field: Sql, rule: SurvivorshipRule, usable: Sql = sql`${field} is not null`): Sql {
  const value = sql`case when ${usable} then ${field} end`
  const best = (by: Sql): Sql => w.argMax(field, sql`case when ${usable} then ${by} end`)
  switch (rule) {
    case 'most_recent':
      return best(raw('recent'))
    case 'most_trusted':
      return best(raw('trust'))
    case 'longest':
      return best(sql`${w.length(sql`cast(${field} as varchar)`)} * 1000000 + recent`)
    case 'most_frequent':
      return w.mode(value)
    case 'min':
      return sql`min(${value})`
    case 'max':
      return sql`max(${value})`
  }
}

/** A name with something hidden in it wins only where no whole name is known. */
export function survivorOf(field: GoldenField, rule: SurvivorshipRule): Sql {
  const column = raw(field.name)
  if (field.name !== 'name') return survivor(column, rule)
  return sql`coalesce(${survivor(column, rule, sql`name is not null and name_kind = 'full'`)}, ${survivor(column, rule, sql`name is not null and name_kind = 'partial'`)})`
}

/** The twin of `survivor` for the few records of one person: index of the record whose value wins, -1 when none has one. */
export function survivorIndex(
  values: readonly unknown[],
  rule: SurvivorshipRule,
  order: { readonly recent: readonly number[]; readonly trust: readonly number[] },
): number {
  const filled = values.flatMap((v, i) => (v === null || v === undefined ? [] : [i]))
  if (!filled.length) return -1
  const pick = (better: (a: number, b: number) => boolean): number =>
    filled.reduce((best, i) => (better(i, best) ? i : best))
  const text = (i: number): string => String(values[i])
  const less = (a: number, b: number): boolean =>
    typeof values[a] === 'number' && typeof values[b] === 'number'
      ? (values[a] as number) < (values[b] as number)
      : text(a) < text(b)
  const newer = (a: number, b: number): boolean => order.recent[a]! > order.recent[b]!
  const same = (a: number, b: number): boolean => text(a) === text(b)
  switch (rule) {
    case 'most_recent':
      return pick(newer)
    case 'most_trusted':
      return pick((a, b) => order.trust[a]! > order.trust[b]!)
    case 'longest':
      return pick(
        (a, b) =>
          [...text(a)].length - [...text(b)].length > 0 || ([...text(a)].length === [...text(b)].length && newer(a, b)),
      )
    case 'min':
      return pick((a, b) => less(a, b) || (same(a, b) && newer(a, b)))
    case 'max':
      return pick((a, b) => less(b, a) || (same(a, b) && newer(a, b)))
    case 'most_frequent': {
      const count = (i: number): number => filled.filter((j) => same(i, j)).length
      return pick(
        (a, b) => count(a) > count(b) || (count(a) === count(b) && (less(a, b) || (same(a, b) && newer(a, b)))),
      )
    }
  }
}
