import type { DomainName } from '../contract.ts'

/**
 * What several rows of one key inside one file mean. `last`: they are states of one thing, the last one holds (the
 * earlier ones count as stored and stay in the file). `beside`: they are separate happenings or parts; all are kept.
 * From file to file both behave alike: rows of a key with other content replace those that the new file lacks.
 */
export const sameKeyInFile: Readonly<Record<DomainName, 'last' | 'beside'>> = {
  customer: 'last',
  household: 'last',
  organisation: 'last',
  contact_role: 'last',
  identity: 'last',
  product: 'last',
  device: 'last',
  location: 'last',
  event: 'beside',
  order: 'beside',
  order_line: 'beside',
  payment: 'beside',
  refund: 'beside',
  interaction: 'beside',
  feedback: 'beside',
  consent: 'beside',
  loyalty: 'beside',
  campaign_touch: 'beside',
  campaign_cost: 'beside',
  delivery: 'beside',
}
