import { InputError } from '../../base/errors.ts'
import type { Domain, DomainName } from '../contract.ts'
import { campaignCost } from './campaign_cost.ts'
import { campaignTouch } from './campaign_touch.ts'
import { consent } from './consent.ts'
import { contactRole } from './contact_role.ts'
import { customer } from './customer.ts'
import { delivery } from './delivery.ts'
import { device } from './device.ts'
import { event } from './event.ts'
import { feedback } from './feedback.ts'
import { household } from './household.ts'
import { identity } from './identity.ts'
import { interaction } from './interaction.ts'
import { location } from './location.ts'
import { loyalty } from './loyalty.ts'
import { order } from './order.ts'
import { orderLine } from './order_line.ts'
import { organisation } from './organisation.ts'
import { payment } from './payment.ts'
import { product } from './product.ts'
import { refund } from './refund.ts'

/** Every data domain of the unified schema, in the order in which menus show them. */
export const domains: { readonly [N in DomainName]: Domain } = {
  customer,
  household,
  organisation,
  contact_role: contactRole,
  identity,
  event,
  order,
  order_line: orderLine,
  payment,
  refund,
  product,
  interaction,
  feedback,
  consent,
  loyalty,
  device,
  location,
  campaign_touch: campaignTouch,
  campaign_cost: campaignCost,
  delivery,
}

export const domainNames = Object.keys(domains) as DomainName[]

/** @throws InputError unknown_dataset with the names there are */
export function domainOf(name: string): Domain {
  const found = Object.hasOwn(domains, name) ? domains[name as DomainName] : undefined
  if (!found) throw new InputError('unknown_dataset', { name, known: domainNames.join(', ') })
  return found
}
