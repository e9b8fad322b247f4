import type { Text } from '../base/text.ts'

/** How far a customer's silence may go, in multiples of the cycle; a versioned definition (`setting` / `lifecycle`). */
export interface LifecycleSettings {
  /** First purchase at most this many days ago: new. */
  readonly newDays: number
  /** Orders at least this many, and in rhythm: loyal. */
  readonly loyalOrders: number
  readonly slipping: number
  readonly dormant: number
  readonly lost: number
  /** A cycle is never taken shorter than this: daily buyers are not lost after a week. */
  readonly minCycleDays: number
  /** Used when nobody has bought on two days yet. */
  readonly defaultCycleDays: number
}

export const defaultLifecycle: LifecycleSettings = {
  newDays: 60,
  loyalOrders: 4,
  slipping: 1.5,
  dormant: 3,
  lost: 6,
  minCycleDays: 14,
  defaultCycleDays: 90,
}

export interface LifecycleStage {
  readonly id: string
  readonly text: Text
  readonly definition: Text
  readonly advice: Text
}

/**
 * In this order the first that holds is the stage. The cycle is the median number of days between the customer's own
 * purchase days when at least three such days are known, else the median of all customers' gaps.
 */
export const lifecycleStages: readonly LifecycleStage[] = [
  {
    id: 'prospect',
    text: { zh: '潜在客户', en: 'Prospect' },
    definition: { zh: '尚无有效消费', en: 'No valid purchase yet' },
    advice: { zh: '用首单礼促成第一次购买。', en: 'Lead to the first purchase with a welcome offer.' },
  },
  {
    id: 'lost',
    text: { zh: '流失', en: 'Lost' },
    definition: { zh: '沉默超过 {lost} 个购买周期', en: 'Silent for more than {lost} purchase cycles' },
    advice: {
      zh: '只在大促时低成本触达，不再投入专门预算。',
      en: 'Contact only in big campaigns; spend no budget of their own.',
    },
  },
  {
    id: 'dormant',
    text: { zh: '沉睡', en: 'Dormant' },
    definition: { zh: '沉默 {dormant}–{lost} 个购买周期', en: 'Silent for {dormant}–{lost} purchase cycles' },
    advice: { zh: '发起唤醒：问卷加回归礼。', en: 'Wake them: a survey with a come-back gift.' },
  },
  {
    id: 'slipping',
    text: { zh: '渐远', en: 'Slipping' },
    definition: { zh: '沉默 {slipping}–{dormant} 个购买周期', en: 'Silent for {slipping}–{dormant} purchase cycles' },
    advice: {
      zh: '在其常购品类上提醒，一次小额券即可。',
      en: 'Remind them of what they usually buy; a small coupon is enough.',
    },
  },
  {
    id: 'new',
    text: { zh: '新客', en: 'New' },
    definition: { zh: '首次消费不超过 {newDays} 天', en: 'First purchase at most {newDays} days ago' },
    advice: { zh: '讲清会员权益，引导第二单。', en: 'Explain the benefits and lead to the second order.' },
  },
  {
    id: 'loyal',
    text: { zh: '忠诚', en: 'Loyal' },
    definition: {
      zh: '至少 {loyalOrders} 单且沉默不超过 {slipping} 个购买周期',
      en: 'At least {loyalOrders} orders, silent for at most {slipping} purchase cycles',
    },
    advice: { zh: '邀请推荐好友，提供新品优先购。', en: 'Invite them to recommend you; offer early access.' },
  },
  {
    id: 'active',
    text: { zh: '活跃', en: 'Active' },
    definition: { zh: '沉默不超过 {slipping} 个购买周期', en: 'Silent for at most {slipping} purchase cycles' },
    advice: { zh: '用搭配推荐提升频次。', en: 'Raise the frequency with matching suggestions.' },
  },
]

/** Stage by id, or by its name in either language. */
export function stageOf(name: string): LifecycleStage | undefined {
  const folded = name.trim().toLowerCase()
  return lifecycleStages.find((s) => s.id === folded || s.text.zh === folded || s.text.en.toLowerCase() === folded)
}
