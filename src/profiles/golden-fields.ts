import type { Text } from '../base/text.ts'
import { domainTables } from '../intake/index.ts'
import type { Column } from '../warehouse/index.ts'

/** How one value is chosen where a person's records differ. Nulls never win. */
export type SurvivorshipRule = 'most_recent' | 'most_trusted' | 'most_frequent' | 'longest' | 'min' | 'max'

export const survivorshipRules: Readonly<Record<SurvivorshipRule, Text>> = {
  most_recent: { zh: '取最近一条记录的值', en: 'the value of the most recent record' },
  most_trusted: {
    zh: '取最可信来源的值，同一来源取最近',
    en: 'the value of the most trusted source, the most recent within it',
  },
  most_frequent: { zh: '取出现最多的值，相同时取较小者', en: 'the value most records carry, the lower one when equal' },
  longest: { zh: '取最长的值，等长取最近', en: 'the longest value, the most recent when equal' },
  min: { zh: '取最小（最早）的值', en: 'the smallest (earliest) value' },
  max: { zh: '取最大（最晚）的值', en: 'the largest (latest) value' },
}

export interface GoldenField {
  /** Column of `profile`. */
  readonly name: string
  /** Column of `customer`. */
  readonly from: string
  readonly rule: SurvivorshipRule
  readonly column: Column
}

const customer = domainTables.customer.columns
const field = (name: string, rule: SurvivorshipRule, from = name, text?: Text): GoldenField => {
  const column = customer[from]!
  return { name, from, rule, column: { ...column, subject: false, required: false, ...(text ? { text } : {}) } }
}

/** The golden record and its default survivorship; `survivorship` definitions override the rule per field. */
export const goldenFields: readonly GoldenField[] = [
  field('name', 'most_frequent'),
  field('phone', 'most_recent'),
  field('email', 'most_recent'),
  field('gender', 'most_frequent'),
  field('birth_date', 'most_frequent'),
  field('age', 'most_recent'),
  field('company', 'most_recent'),
  field('uscc', 'most_recent'),
  field('industry', 'most_recent'),
  field('contact_role', 'most_recent'),
  field('region', 'most_recent'),
  field('city', 'most_recent'),
  field('district', 'most_recent'),
  field('address', 'most_recent'),
  field('postcode', 'most_recent'),
  field('country', 'most_recent'),
  field('registered_at', 'min'),
  field('first_contact_at', 'min'),
  field('last_active_at', 'max'),
  field('level', 'most_trusted'),
  field('channel', 'most_trusted'),
  field('member_no', 'most_recent'),
  field('special_needs', 'longest'),
  field('customer_tags', 'longest'),
  field('stated_interactions', 'max', 'interaction_count', {
    zh: '来源所报互动次数',
    en: 'Interactions, as the source states',
  }),
  field('stated_spent', 'max', 'total_spent', { zh: '来源所报累计消费', en: 'Total spent, as the source states' }),
  field('stated_order_value', 'most_recent', 'avg_order_value', {
    zh: '来源所报客单价',
    en: 'Average order value, as the source states',
  }),
  field('stated_category', 'most_recent', 'favourite_category', {
    zh: '来源所报偏好品类',
    en: 'Favourite category, as the source states',
  }),
]
