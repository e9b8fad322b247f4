import { domainOf, type DomainName } from '../intake/index.ts'
import { id, join, sql, w, type Sql, type Warehouse } from '../warehouse/index.ts'

/** One line of the cleaning report. */
export interface CleaningLine {
  readonly step: CleaningStep
  readonly dataset: string
  /** Key, rule or field. */
  readonly item: string
  readonly groups?: number
  readonly rows: number
  readonly total: number
}
export type CleaningStep = 'duplicates' | 'missing' | 'outliers' | 'standardised' | 'grouped'

/** Keys by which the founding document joins records: phone, e-mail, company. */
export const duplicateKeys = ['phone', 'email', 'company'] as const
export type DuplicateKey = (typeof duplicateKeys)[number]

/** Keys that more than one customer record has, with how many: a table expression `key, records`. */
export function sharedKeys(key: DuplicateKey): Sql {
  return sql`select ${id(key)} as key, count(*) as records from customer where ${id(key)} is not null group by ${id(key)} having count(*) > 1`
}

/** 去重处理: records that share a key, for the identity stage to join. */
export async function duplicatesStep(
  warehouse: Pick<Warehouse, 'query'>,
  signal?: AbortSignal,
): Promise<CleaningLine[]> {
  const lines: CleaningLine[] = []
  for (const key of duplicateKeys) {
    const [row] = await warehouse.query(
      sql`select count(*) as groups, coalesce(sum(records), 0) as records, (select count(${id(key)}) from customer) as total from (${sharedKeys(key)}) as shared`,
      { signal, lane: 'heavy' },
    )
    lines.push({
      step: 'duplicates',
      dataset: 'customer',
      item: key,
      groups: Number(row?.groups ?? 0),
      rows: Number(row?.records ?? 0),
      total: Number(row?.total ?? 0),
    })
  }
  return lines
}

/** Exact copies inside one file: stored and marked, by data set. */
export async function copiesStep(
  warehouse: Pick<Warehouse, 'query'>,
  dataset: DomainName,
  signal?: AbortSignal,
): Promise<CleaningLine[]> {
  const [row] = await warehouse.query(
    sql`select ${w.countIf(sql`copy > 1`)} as copies, count(*) as total from ${id(dataset)}`,
    { signal, lane: 'heavy' },
  )
  const rows = Number(row?.copies ?? 0)
  return rows ? [{ step: 'duplicates', dataset, item: 'copy', rows, total: Number(row?.total ?? 0) }] : []
}

/** 缺失值处理: free-text gaps that are left empty, by field. */
export async function gapsStep(warehouse: Pick<Warehouse, 'query'>, signal?: AbortSignal): Promise<CleaningLine[]> {
  const fields = ['note', 'special_needs', 'customer_tags', 'address'].filter((f) =>
    Object.hasOwn(domainOf('customer').fields, f),
  )
  const [row] = await warehouse.query(
    sql`select count(*) as total, ${join(fields.map((f) => sql`count(*) - count(${id(f)}) as ${id(f)}`))} from customer`,
    { signal, lane: 'heavy' },
  )
  const total = Number(row?.total ?? 0)
  return total
    ? fields.map((f) => ({ step: 'missing', dataset: 'customer', item: f, rows: Number(row?.[f] ?? 0), total }))
    : []
}

/** 异常值处理: rows that intake holds in quarantine, by rule. */
export async function quarantinedStep(
  warehouse: Pick<Warehouse, 'query'>,
  signal?: AbortSignal,
): Promise<CleaningLine[]> {
  const rows = await warehouse.query(
    sql`select q.dataset, q.rule, count(*) as n, max(b.total) as total
from quarantine as q join (select dataset, sum(rows_read) as total from batch where undone_at is null group by dataset) as b on b.dataset = q.dataset
where q.state = 'open' group by q.dataset, q.rule order by q.dataset, q.rule`,
    { signal },
  )
  return rows.map((r) => ({
    step: 'outliers',
    dataset: String(r.dataset),
    item: String(r.rule),
    rows: Number(r.n),
    total: Number(r.total),
  }))
}

/** 标准化处理: cells that stand in a standard form after intake, and how many distinct values are left. */
export async function standardisedStep(
  warehouse: Pick<Warehouse, 'query'>,
  signal?: AbortSignal,
): Promise<CleaningLine[]> {
  const fields = ['birth_date', 'registered_at', 'phone', 'email', 'region', 'industry', 'gender'] as const
  const [row] = await warehouse.query(
    sql`select ${join(fields.flatMap((f) => [sql`count(${id(f)}) as ${id(f)}`, sql`count(distinct ${id(f)}) as ${id(`d_${f}`)}`]))}, count(*) as total from customer`,
    { signal, lane: 'heavy' },
  )
  const total = Number(row?.total ?? 0)
  return fields.flatMap((f): CleaningLine[] => {
    const rows = Number(row?.[f] ?? 0)
    return rows
      ? [{ step: 'standardised', dataset: 'customer', item: f, groups: Number(row?.[`d_${f}`] ?? 0), rows, total }]
      : []
  })
}

/** Text tags grouped (采购决策者 → 决策层): groups of roles and tags that are in use. */
export async function groupedStep(warehouse: Pick<Warehouse, 'query'>, signal?: AbortSignal): Promise<CleaningLine[]> {
  const fields = ['contact_role', 'customer_tags'] as const
  const [row] = await warehouse.query(
    sql`select ${join(fields.flatMap((f) => [sql`count(${id(f)}) as ${id(f)}`, sql`count(distinct ${id(f)}) as ${id(`d_${f}`)}`]))}, count(*) as total from customer`,
    { signal, lane: 'heavy' },
  )
  return fields.flatMap((f): CleaningLine[] => {
    const rows = Number(row?.[f] ?? 0)
    return rows
      ? [
          {
            step: 'grouped',
            dataset: 'customer',
            item: f,
            groups: Number(row?.[`d_${f}`] ?? 0),
            rows,
            total: Number(row?.total ?? 0),
          },
        ]
      : []
  })
}
