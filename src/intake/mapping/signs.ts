import type { DomainName } from '../contract.ts'

/**
 * What tells the domains apart when a file is suggested one. `needs`: of each group at least one field must be there,
 * else the file is not of this domain. `telling` fields count half as much again: they occur in few domains.
 */
export interface Signs {
  readonly needs: readonly (readonly string[])[]
  readonly telling: readonly string[]
}

export const signs: Readonly<Record<DomainName, Signs>> = {
  customer: {
    needs: [['customer_id', 'name', 'phone', 'email', 'member_no', 'openid', 'unionid']],
    telling: [
      'name',
      'gender',
      'birth_date',
      'age',
      'id_card',
      'industry',
      'contact_role',
      'registered_at',
      'total_spent',
      'favourite_category',
      'level',
    ],
  },
  household: { needs: [['household_id']], telling: ['household_id'] },
  organisation: {
    needs: [
      ['name', 'organisation_id'],
      ['industry', 'size', 'website', 'parent_id', 'uscc'],
    ],
    telling: ['name', 'size', 'website', 'parent_id', 'organisation_id'],
  },
  contact_role: {
    needs: [['customer_id'], ['organisation_id'], ['role', 'title', 'department']],
    telling: ['organisation_id', 'department'],
  },
  identity: { needs: [['customer_id'], ['key_type'], ['key_value']], telling: ['key_type', 'key_value'] },
  event: {
    needs: [['event'], ['occurred_at'], ['event_id', 'customer_id', 'anonymous_id', 'page']],
    telling: ['event', 'anonymous_id', 'page', 'event_id', 'properties'],
  },
  order: {
    needs: [
      ['order_id', 'customer_id', 'phone', 'email'],
      ['ordered_at', 'status'],
      ['amount', 'order_id'],
    ],
    telling: ['ordered_at', 'amount', 'payment_method', 'receiver', 'coupon', 'status'],
  },
  order_line: {
    needs: [
      ['order_id', 'ordered_at'],
      ['sku', 'product_name'],
      ['quantity', 'unit_price', 'amount', 'line_no'],
    ],
    telling: ['sku', 'quantity', 'unit_price', 'line_no', 'product_name'],
  },
  payment: {
    needs: [['order_id', 'payment_id'], ['amount'], ['payment_id', 'method', 'paid_at']],
    telling: ['payment_id', 'method', 'paid_at', 'amount'],
  },
  refund: {
    needs: [
      ['refund_id', 'refunded_at', 'reason'],
      ['order_id', 'refund_id'],
      ['amount', 'quantity', 'refunded_at'],
    ],
    telling: ['refund_id', 'refunded_at', 'reason', 'amount'],
  },
  product: {
    needs: [
      ['sku', 'product_name'],
      ['price', 'category', 'brand', 'cost'],
    ],
    telling: ['product_name', 'price', 'brand', 'cost', 'launched_at', 'limited', 'category'],
  },
  interaction: {
    needs: [
      ['interaction_id', 'content', 'subject', 'type'],
      ['occurred_at', 'status', 'interaction_id'],
      ['content', 'subject', 'agent', 'satisfaction', 'duration_s', 'type'],
    ],
    telling: ['interaction_id', 'subject', 'content', 'agent', 'duration_s', 'satisfaction', 'type'],
  },
  feedback: {
    needs: [
      ['rating', 'content'],
      ['feedback_id', 'rating', 'occurred_at', 'order_id', 'sku', 'customer_id'],
    ],
    telling: ['feedback_id', 'rating', 'content'],
  },
  consent: {
    needs: [['customer_id'], ['purpose'], ['status', 'given_at']],
    telling: ['purpose', 'given_at', 'withdrawn_at', 'text_version'],
  },
  loyalty: {
    needs: [
      ['member_no', 'customer_id'],
      ['points', 'change'],
    ],
    telling: ['points', 'change'],
  },
  device: {
    needs: [['device_id'], ['platform', 'model', 'first_seen_at', 'customer_id']],
    telling: ['device_id', 'platform', 'model'],
  },
  location: {
    needs: [
      ['location_id', 'name', 'lon'],
      ['city', 'address', 'lon', 'region'],
      ['location_id', 'lon', 'lat', 'kind'],
    ],
    telling: ['location_id', 'lon', 'lat', 'kind'],
  },
  campaign_touch: {
    needs: [
      ['campaign', 'touch_id', 'variant'],
      ['action', 'touch_id', 'occurred_at'],
      ['customer_id', 'phone', 'email', 'touch_id'],
    ],
    telling: ['touch_id', 'campaign', 'action', 'variant'],
  },
  campaign_cost: {
    needs: [['cost'], ['channel', 'campaign'], ['day', 'impressions', 'clicks']],
    telling: ['cost', 'impressions', 'clicks', 'day'],
  },
  delivery: {
    needs: [
      ['delivery_id', 'carrier'],
      ['order_id', 'delivery_id'],
      ['carrier', 'shipped_at', 'delivered_at', 'status'],
    ],
    telling: ['delivery_id', 'carrier', 'shipped_at', 'delivered_at', 'receiver'],
  },
}
