import { sql, type Row, type Warehouse } from '../../warehouse/index.ts'

/** What was taken and what became of it; rows. rows_read = stored + duplicate + quarantined + skipped. */
export interface IntakeFigures {
  readonly rows_read: number
  readonly stored: number
  readonly duplicate: number
  readonly quarantined: number
  readonly skipped: number
  /** Exact copies inside one file, stored and marked. */
  readonly copies: number
  /** Of the rows stored or held: those that name no customer_id. */
  readonly rows_without_customer: number
}

export async function intakeFigures(warehouse: Pick<Warehouse, 'query'>, source?: string): Promise<IntakeFigures> {
  const [r] =
    await warehouse.query<Row>(sql`select coalesce(sum(rows_read), 0) as rows_read, coalesce(sum(stored), 0) as stored,
  coalesce(sum(duplicate), 0) as duplicate, coalesce(sum(quarantined), 0) as quarantined, coalesce(sum(skipped), 0) as skipped,
  coalesce(sum(copies), 0) as copies, coalesce(sum(without_customer), 0) as rows_without_customer
from batch
where undone_at is null ${source === undefined ? sql`` : sql`and source = ${source}`}`)
  return Object.fromEntries(Object.entries(r!).map(([name, n]) => [name, Number(n)])) as unknown as IntakeFigures
}
