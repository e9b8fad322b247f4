import type { FaultClass } from '../../examples/shop/faults.ts'
import type { Platform } from '../../src/platform.ts'
import { domainNames } from '../../src/intake/index.ts'
import { id, sql } from '../../src/warehouse/index.ts'

/** What the product says about rows: the name of the finding → the rows (`file:row`) it is about. */
export interface Findings {
  readonly rows: ReadonlyMap<string, ReadonlySet<string>>
  /** The rows of the findings with these names. */
  of(...names: readonly string[]): Set<string>
}

/**
 * Every row that the product complains of, by what it says: `copy`, `quarantine:<rule>`, `review:<kind>`, and the id
 * of each rule that looks at what is stored.
 */
export async function findings(platform: Platform): Promise<Findings> {
  const { warehouse } = platform.ground
  const paths = new Map(
    (await warehouse.query<{ batch: number; path: string }>(sql`select batch, path from batch`)).map((b) => [
      Number(b.batch),
      b.path.split(/[/\\]/).at(-1)!,
    ]),
  )
  const rows = new Map<string, Set<string>>()
  const add = (name: string, of: { batch?: unknown; row?: unknown }): void => {
    const set = rows.get(name) ?? new Set<string>()
    rows.set(name, set.add(`${paths.get(Number(of.batch))}:${String(of.row)}`))
  }
  for (const r of await warehouse.query(sql`select batch, ${id('row')}, rule from quarantine where state = 'open'`))
    add(`quarantine:${String(r.rule)}`, r)
  for (const dataset of domainNames) {
    for (const r of await warehouse.query(sql`select batch, ${id('row')} from ${id(dataset)} where copy > 1`))
      add('copy', r)
    for (const r of await warehouse.query(
      sql`select d.batch, d.${id('row')}, r.kind from review r join ${id(dataset)} d on d.record_key = r.record_key where r.dataset = ${dataset}`,
    ))
      add(`review:${String(r.kind)}`, r)
  }
  for (const rule of await platform.quality.rules()) {
    if (!rule.last?.failed) continue
    for await (const some of platform.quality.failingRows(rule.dataset, rule.id, platform.operator))
      for (const r of some) add(rule.id, r)
  }
  return { rows, of: (...names) => new Set(names.flatMap((name) => [...(rows.get(name) ?? [])])) }
}

/** Which finding of the product answers which class of faults. */
export const answers: Partial<Readonly<Record<FaultClass, readonly string[]>>> = {
  exact_copy: ['copy'],
  missing_key_fields: ['incomplete'],
  phone_digits: ['phone_form'],
  email_no_at: ['email_form'],
  impossible_age: ['quarantine:age_impossible'],
  shared_value: ['phone_dummy', 'email_dummy', 'name_placeholder', 'phone_shared', 'email_shared'],
  level_mismatch: ['review:level_spend'],
  typo_city: ['city_unknown'],
  negative_amount: ['quarantine:amount_negative'],
  amount_outlier: ['review:order_outlier'],
  orphan_customer: ['customer_id_known', 'line_customer_known'],
  orphan_sku: ['sku_known', 'line_sku_known'],
  orphan_order: ['order_id_known', 'feedback_order_known'],
  delivered_before_shipped: ['delivered_before_shipped'],
}
