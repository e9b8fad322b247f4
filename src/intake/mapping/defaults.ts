import { id, join, raw, sql, w, type Sql } from '../../warehouse/index.ts'
import type { Domain, FieldMapping, Mapping } from '../contract.ts'
import { standardWords } from '../standards/words.ts'
import { lookupKey } from './fields.ts'

const kinds = new Set(['order', 'order_line'])

/** The mapping's fields, and those that follow from others although no column holds them: kind, line amount, currency. */
export function withDefaults(domain: Domain, mapping: Mapping): Readonly<Record<string, FieldMapping>> {
  const has = (f: string): boolean => Object.hasOwn(mapping.fields, f)
  const more: Record<string, FieldMapping> = {}
  if (kinds.has(domain.name) && !has('kind')) more.kind = {}
  if (domain.name === 'order_line' && !has('amount') && has('quantity') && has('unit_price')) more.amount = {}
  if (mapping.currency && domain.fields.currency && !has('currency')) more.currency = { value: mapping.currency }
  return { ...mapping.fields, ...more }
}

/**
 * A field over the typed row, with what follows from others filled in. Order lines without an amount get quantity ×
 * unit price; an order whose kind is not told is a return when its quantity or amount is negative, else a sale.
 */
export function derived(domain: Domain, field: string, fields: readonly string[], mapping: Mapping): Sql {
  const has = (f: string): boolean => fields.includes(f)
  const own = id(field)
  if (field === 'currency' && mapping.currency) return sql`coalesce(${own}, ${mapping.currency})`
  if (field === 'amount' && domain.name === 'order_line' && has('quantity') && has('unit_price'))
    return sql`coalesce(${own}, ${w.tryCast(sql`quantity * unit_price`, 'decimal')})`
  if (field === 'kind' && kinds.has(domain.name)) {
    const signs = ['quantity', 'amount'].filter(has).map((f) => sql`${id(f)} < 0`)
    const bySign = signs.length ? sql`case when ${join(signs, ' or ')} then 'return' else 'sale' end` : raw("'sale'")
    return sql`coalesce(${own}, ${has('status') ? sql`${byStatus()}, ` : raw('')}${bySign})`
  }
  return own
}

/** A cancelled or returned status says so when no kind is mapped. */
function byStatus(): Sql {
  const of = (kind: string): Sql =>
    join(
      standardWords(['order_kind'])
        .filter((w) => w.standard === kind)
        .map((w) => sql`${w.word}`),
    )
  const key = lookupKey(sql`status`, 'order_kind')
  return sql`case when ${key} in (${of('cancellation')}) then 'cancellation' when ${key} in (${of('return')}) then 'return' end`
}
