import type { Text } from '../base/text.ts'

/**
 * The second scheme: ten segments from the 1–5 quintiles of recency and frequency, as widely used in retail
 * (hibernating … champions). Each rule: inclusive ranges of r5 and f5; together they cover all 25 cells once.
 */
export const quintileSegments: readonly { id: string; text: Text; r: [number, number]; f: [number, number] }[] = [
  { id: 'hibernating', text: { zh: '沉睡', en: 'Hibernating' }, r: [1, 2], f: [1, 2] },
  { id: 'at_risk', text: { zh: '有流失风险', en: 'At risk' }, r: [1, 2], f: [3, 4] },
  { id: 'cant_lose', text: { zh: '不可流失', en: "Can't lose" }, r: [1, 2], f: [5, 5] },
  { id: 'about_to_sleep', text: { zh: '即将沉睡', en: 'About to sleep' }, r: [3, 3], f: [1, 2] },
  { id: 'need_attention', text: { zh: '需关注', en: 'Need attention' }, r: [3, 3], f: [3, 3] },
  { id: 'loyal', text: { zh: '忠诚', en: 'Loyal' }, r: [3, 4], f: [4, 5] },
  { id: 'promising', text: { zh: '有希望', en: 'Promising' }, r: [4, 4], f: [1, 1] },
  { id: 'new', text: { zh: '新客', en: 'New' }, r: [5, 5], f: [1, 1] },
  { id: 'potential_loyalist', text: { zh: '潜在忠诚', en: 'Potential loyalist' }, r: [4, 5], f: [2, 3] },
  { id: 'champions', text: { zh: '冠军', en: 'Champions' }, r: [5, 5], f: [4, 5] },
]
