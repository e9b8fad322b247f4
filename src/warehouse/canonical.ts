import { canonicalJson, sha256 } from '../base/ids.ts'
import type { Warehouse } from './contract.ts'
import { w } from './dialect.ts'
import { id, sql, type Sql } from './sql.ts'
import { tableId, type Table } from './table.ts'

export interface CanonicalHash {
  /** By table name; scratch tables are left out. */
  readonly tables: Readonly<Record<string, { readonly rows: number; readonly hash: string }>>
  /** SHA-256 over all of them. */
  readonly hash: string
}

/**
 * A hash of the content of tables, whatever the physical order of their rows: per row the md5 of its canonical text
 * (each column as length and text, null told from empty), summed over the rows in two exact halves of 60 bits. Equal
 * tables give equal hashes on every engine; memory stays that of one aggregate. Finds accidents, not forgeries.
 */
export async function canonicalHash(
  warehouse: Pick<Warehouse, 'query'>,
  tables: readonly Table[],
): Promise<CanonicalHash> {
  const found: Record<string, { rows: number; hash: string }> = {}
  for (const t of tables.filter((t) => !t.scratch).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const rows = await warehouse.query<{ rows: number; upper: string | null; lower: string | null }>(hashOf(t))
    const { rows: count, upper, lower } = rows[0]!
    found[t.name] = { rows: count, hash: sha256(`${count}/${upper ?? 0}/${lower ?? 0}`) }
  }
  return { tables: found, hash: sha256(canonicalJson(found)) }
}

function hashOf(t: Table): Sql {
  const cells = Object.keys(t.columns).map((name) => {
    const text = w.cast(id(name), 'text')
    return sql`case when ${id(name)} is null then '~' else ${w.concat(w.cast(w.length(text), 'text'), sql`':'`, text)} end`
  })
  const half = (from: number): Sql =>
    sql`cast(sum(cast(${w.hexNumber(sql`substr(h, ${from}, 15)`)} as decimal(38, 0))) as varchar)`
  return sql`select count(*) as "rows", ${half(1)} as "upper", ${half(16)} as "lower"
from (select ${w.md5(w.concat(...cells))} as h from ${tableId(t)}) as hashed`
}
