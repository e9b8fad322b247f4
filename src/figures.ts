import type { Warehouse } from './warehouse/index.ts'
import { sql } from './warehouse/index.ts'

/** What a run prints; each definition stands in docs/figures.md. Totals are over all batches that are not undone. */
export interface RunFigures {
  /** Data rows of all files taken. */
  readonly rows_read: number
  readonly rows_stored: number
  /** Rows that had been taken before: not stored again. */
  readonly rows_duplicate: number
  readonly rows_quarantined: number
  readonly rows_skipped: number
  /** Rows of purchase data sets (order_line, order) that name no customer. */
  readonly rows_without_customer: number
  /** Exact copies inside a file: stored and marked. */
  readonly duplicates: number
  /** Purchase lines with a known customer, quantity and price above 0. */
  readonly valid_rows: number
  readonly valid_amount: number
  /** The same without exact copies. */
  readonly unique_valid_rows: number
  readonly unique_valid_amount: number
  /** Customers with at least one valid line. */
  readonly customers: number
  /** Distinct customer ids (id space and id) that occur in purchase data sets. */
  readonly customer_ids: number
  /** Persons after linkage. */
  readonly persons: number
}

/** Amounts are rounded to the cent at the end, never in between. */
export async function runFigures(warehouse: Warehouse): Promise<RunFigures> {
  const [intake] = await warehouse.query<Record<string, number>>(sql`
    select coalesce(sum(rows_read), 0) as rows_read, coalesce(sum(stored), 0) as stored, coalesce(sum(duplicate), 0) as duplicate,
           coalesce(sum(quarantined), 0) as quarantined, coalesce(sum(skipped), 0) as skipped, coalesce(sum(copies), 0) as copies
    from batch
    where undone_at is null`)
  const [ids] = await warehouse.query<Record<string, number>>(sql`
    with refs as (
      select space, customer_id, batch, row from order_line
      union all
      select space, customer_id, batch, row from "order"
    )
    select sum(case when customer_id is null then 1 else 0 end) as without_customer,
           count(distinct case when customer_id is not null then space || ':' || customer_id end) as customer_ids
    from refs`)
  const [sales] = await warehouse.query<Record<string, number>>(sql`
    with valid as (
      select person_id, amount, copy
      from purchase
      where kind = 'sale' and person_id is not null and quantity > 0 and unit_price > 0
    )
    select count(*) as rows_, coalesce(sum(amount), 0) as amount,
           sum(case when copy = 1 then 1 else 0 end) as unique_rows, coalesce(sum(case when copy = 1 then amount end), 0) as unique_amount,
           count(distinct person_id) as customers
    from valid`)
  const [people] = await warehouse.query<Record<string, number>>(sql`select count(*) as n from profile`)
  const cents = (x: number | undefined): number => Math.round((x ?? 0) * 100) / 100
  return {
    rows_read: intake!.rows_read!,
    rows_stored: intake!.stored!,
    rows_duplicate: intake!.duplicate!,
    rows_quarantined: intake!.quarantined!,
    rows_skipped: intake!.skipped!,
    rows_without_customer: ids!.without_customer ?? 0,
    duplicates: intake!.copies!,
    valid_rows: sales!.rows_!,
    valid_amount: cents(sales!.amount),
    unique_valid_rows: sales!.unique_rows ?? 0,
    unique_valid_amount: cents(sales!.unique_amount),
    customers: sales!.customers!,
    customer_ids: ids!.customer_ids!,
    persons: people!.n!,
  }
}
