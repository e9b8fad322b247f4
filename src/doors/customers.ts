import type { CustomerPage, CustomerQuery, CustomerRow, Profiles } from '../profiles/index.ts'
import type { Segments } from '../segments/index.ts'
import { sql, type Actor, type Warehouse } from '../warehouse/index.ts'
import type { ProfileDeps } from '../profiles/index.ts'

/** Filters of a customer list as the doors take them. */
export interface CustomerFilter {
  readonly q?: string
  readonly segment?: string
  /** Text of the segment language. */
  readonly rule?: string
  readonly level?: string
  readonly stage?: string
  readonly region?: string
  readonly sort?: 'amount' | 'orders' | 'lastOrderAt' | 'name'
  readonly dir?: 'asc' | 'desc'
  readonly limit?: number
  readonly cursor?: string
}

const sorts = { amount: 'amount', orders: 'orders', lastOrderAt: 'last_order_at', name: 'name_pinyin' } as const

/** A stage and a rule narrow the list by the people that the segment language finds. */
export function customerQuery(filter: CustomerFilter): CustomerQuery {
  const { rule, stage, sort, ...plain } = filter
  const parts = [...(rule?.trim() ? [`(${rule})`] : []), ...(stage ? [`stage = '${stage.replaceAll("'", "''")}'`] : [])]
  return { ...plain, sort: sort && sorts[sort], ...(parts.length ? { people: parts.join(' and ') } : {}) }
}

/** What profiles may know of the stages downstream of them. */
export function profileDeps(segments: () => Segments, warehouse: () => Warehouse): ProfileDeps {
  return {
    standing: sql`(
      select profile.person_id, coalesce(rfm.level, 'no_purchase') as rfm_level, lifecycle.stage
      from profile
      left join rfm on rfm.person_id = profile.person_id
      left join lifecycle on lifecycle.person_id = profile.person_id
    )`,
    members: (segment) => sql`(${segments().members(segment)})`,
    people: (rule) => segments().peopleSql(rule),
    segmentsOf: (person) => segments().of(person),
    rfmOf: async (person) => {
      const [row] = await warehouse().query<{
        recency_days: number
        frequency: number
        monetary: number
        r: number
        f: number
        m: number
        level: string
      }>(sql`select recency_days, frequency, monetary, r, f, m, level from rfm where person_id = ${person}`)
      return (
        row && {
          recencyDays: row.recency_days,
          frequency: row.frequency,
          monetary: row.monetary,
          r: row.r,
          f: row.f,
          m: row.m,
          level: row.level,
        }
      )
    },
  }
}

/** Rows of customers by their ids, in that order. */
export async function customersById(profiles: Profiles, ids: readonly string[], actor: Actor): Promise<CustomerRow[]> {
  const pages = await Promise.all(ids.map((id): Promise<CustomerPage> => profiles.list({ q: id, limit: 1 }, actor)))
  return pages.flatMap((page) => page.items.slice(0, 1))
}
