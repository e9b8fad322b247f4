import { sql, w, type Sql } from '../warehouse/index.ts'

/** What counts as a sale everywhere in segments and insight, said once. */
export const saleDefinition = {
  zh: '有效销售行：类型为销售、金额与数量均大于 0、已知客户；同一文件中的完全重复行默认计入。',
  en: 'Valid sales line: kind sale, amount and quantity above 0, customer known; exact copies within a file count unless left out.',
}

/** The order within its id space; lines without an order id make one order a day. */
export function orderKey(alias: Sql): Sql {
  return sql`coalesce(${alias}.order_id, ${w.timeText(w.dateTrunc('day', sql`${alias}.ordered_at`))})`
}

/** Condition on rows of `purchase`: a valid sale. A line without a quantity is an order without lines. */
export function validSale(alias: Sql, withoutCopies = false): Sql {
  const copies = withoutCopies ? sql` and coalesce(${alias}.copy, 1) = 1` : sql``
  return sql`${alias}.kind = 'sale' and ${alias}.amount > 0 and coalesce(${alias}.quantity, 1) > 0 and ${alias}.person_id is not null${copies}`
}
