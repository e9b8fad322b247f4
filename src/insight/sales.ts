import { sql, w, type Sql } from '../warehouse/index.ts'
import { addDays, saleDefinition, validSale } from '../segments/index.ts'
import type { AnalysisTools, Scope } from './contract.ts'

export { addDays, allRfmLevels, lifecycleStages, rfmQuery, saleDefinition } from '../segments/index.ts'

/** UTC bounds of the scope's window; `back` windows of the same length earlier. */
export function bounds(scope: Scope, tools: AnalysisTools, back = 0): { from: Date; to: Date } {
  const to = addDays(scope.asOf, -back * scope.windowDays)
  return { from: tools.days.startOf(addDays(to, -scope.windowDays)), to: tools.days.startOf(to) }
}

/**
 * Valid sales lines of the people in scope: person_id, order_key, ordered_at, local_at (wall-clock time of the zone), amount, quantity,
 * sku, product_name, category, channel, store, region. `from` defaults to the beginning of the window.
 */
export function salesLines(scope: Scope, tools: AnalysisTools, from: Date | 'ever' = bounds(scope, tools).from): Sql {
  return sql`
    select p.person_id, ${orderKey} as order_key, p.ordered_at, ${tools.days.local(sql`p.ordered_at`)} as local_at,
      p.amount, coalesce(p.quantity, 1) as quantity, p.sku, p.product_name, p.category, p.channel, p.store, p.region
    from purchase p
    join ${tools.people} people on people.person_id = p.person_id
    where ${validSale(sql`p`)}
      and p.ordered_at < ${bounds(scope, tools).to}
      ${from === 'ever' ? sql`` : sql`and p.ordered_at >= ${from}`}`
}

/** Lines without an order id make one order a day. */
export const orderKey: Sql = w.concat(
  sql`p.space`,
  sql`'|'`,
  sql`coalesce(p.order_id, ${w.timeText(w.dateTrunc('day', sql`p.ordered_at`))})`,
)

export const salesNote = saleDefinition
