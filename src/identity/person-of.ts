import { id, join, sql, type Sql } from '../warehouse/index.ts'

/** Joins that give a row of another domain its person: by number first, else by a phone or e-mail that one person alone has. */
export function personOf(row: { ref?: Sql; phone?: Sql; email?: Sql }, name = 'pk'): { joins: Sql; person: Sql } {
  const parts = [
    ...(row.ref ? [['ref', row.ref] as const] : []),
    ...(row.phone ? [['phone', row.phone] as const] : []),
    ...(row.email ? [['email', row.email] as const] : []),
  ]
  const joins = parts.map(([type, value]) => {
    const k = id(`${name}_${type}`)
    return sql`left join person_key ${k} on ${k}.key_type = ${type} and ${k}.key_value = ${value}`
  })
  return {
    joins: join(joins, '\n'),
    person: sql`coalesce(${join(parts.map(([type]) => sql`${id(`${name}_${type}`)}.person_id`))}, null)`,
  }
}
