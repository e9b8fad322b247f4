import type { Text } from '../base/text.ts'

/** Scores (0–100) at which the levels part; a versioned definition (`setting` / `rfm`), editable. */
export interface RfmSettings {
  /** R, F and M of the best customers: at least this. */
  readonly high: number
  /** 潜力: buys often and much, but R is below this. */
  readonly potentialRecency: number
  /** 流失风险: R below this … */
  readonly riskRecency: number
  /** … and F and M below this. */
  readonly risk: number
  /** Exact copies of a row inside one file count as sales unless this is set. */
  readonly withoutCopies: boolean
}

export const defaultRfm: RfmSettings = {
  high: 80,
  potentialRecency: 60,
  riskRecency: 40,
  risk: 60,
  withoutCopies: false,
}

type Bound = Exclude<keyof RfmSettings, 'withoutCopies'>
type Range = { readonly from?: Bound; readonly below?: Bound }

/** Levels are read from the top: the first whose ranges hold gets the customer; the last has none and takes the rest. */
export interface RfmLevel {
  readonly id: string
  readonly text: Text
  readonly when: { readonly r?: Range; readonly f?: Range; readonly m?: Range }
  /** `{high}` … are filled from the settings. */
  readonly definition: Text
  readonly advice: Text
}

export const rfmLevels: readonly RfmLevel[] = [
  {
    id: 'high_value',
    text: { zh: '高价值', en: 'High value' },
    when: { r: { from: 'high' }, f: { from: 'high' }, m: { from: 'high' } },
    definition: { zh: 'R、F、M 均 ≥ {high}', en: 'R, F and M all ≥ {high}' },
    advice: {
      zh: '安排专属客户经理，提供定制化推荐与新品优先购买权。',
      en: 'Give them a personal account manager, tailored recommendations and early access to new products.',
    },
  },
  {
    id: 'potential',
    text: { zh: '潜力', en: 'Potential' },
    when: { r: { below: 'potentialRecency' }, f: { from: 'high' }, m: { from: 'high' } },
    definition: { zh: 'F、M ≥ {high} 且 R < {potentialRecency}', en: 'F and M ≥ {high}, R < {potentialRecency}' },
    advice: {
      zh: '发放优惠券或新品试用券，并在其复购周期前一周提醒，尽快唤回。',
      en: 'Send a coupon or a sample of something new, a week before their usual repurchase date, to bring them back.',
    },
  },
  {
    id: 'at_risk',
    text: { zh: '流失风险', en: 'At risk' },
    when: { r: { below: 'riskRecency' }, f: { below: 'risk' }, m: { below: 'risk' } },
    definition: { zh: 'R < {riskRecency} 且 F、M < {risk}', en: 'R < {riskRecency}, F and M < {risk}' },
    advice: {
      zh: '发送调研问卷了解流失原因，再做针对性挽回；控制单人挽回成本。',
      en: 'Ask with a short survey why they stay away, then answer that reason; keep the cost per head low.',
    },
  },
  {
    id: 'key_keep',
    text: { zh: '重要保持', en: 'Key, cooling' },
    when: { f: { from: 'high' }, m: { from: 'high' } },
    definition: {
      zh: 'F、M ≥ {high} 且 {potentialRecency} ≤ R < {high}',
      en: 'F and M ≥ {high}, {potentialRecency} ≤ R < {high}',
    },
    advice: {
      zh: '保持常规触达与会员权益，避免间隔继续拉长。',
      en: 'Keep in regular touch and keep their benefits visible, so that the gap does not grow.',
    },
  },
  {
    id: 'key_develop',
    text: { zh: '重要发展', en: 'Big spenders' },
    when: { m: { from: 'high' } },
    definition: { zh: 'M ≥ {high} 且 F < {high}', en: 'M ≥ {high}, F < {high}' },
    advice: {
      zh: '单次消费高而次数少：用搭配推荐与补货提醒提升频次。',
      en: 'They spend much but seldom: suggest matching items and remind of refills to raise the frequency.',
    },
  },
  {
    id: 'frequent',
    text: { zh: '高频小额', en: 'Frequent, small' },
    when: { f: { from: 'high' } },
    definition: { zh: 'F ≥ {high} 且 M < {high}', en: 'F ≥ {high}, M < {high}' },
    advice: {
      zh: '用满减、组合装与免邮门槛提升客单价。',
      en: 'Raise the basket with spend-and-save offers, bundles and a free-delivery threshold.',
    },
  },
  {
    id: 'growing',
    text: { zh: '一般发展', en: 'Growing' },
    when: { r: { from: 'potentialRecency' } },
    definition: { zh: 'R ≥ {potentialRecency}，F、M < {high}', en: 'R ≥ {potentialRecency}, F and M < {high}' },
    advice: {
      zh: '近期刚买过：在首购后 30 天内引导第二次购买。',
      en: 'They bought lately: lead them to the next purchase within 30 days.',
    },
  },
  {
    id: 'win_back',
    text: { zh: '一般挽留', en: 'Win back' },
    when: { r: { below: 'riskRecency' } },
    definition: {
      zh: 'R < {riskRecency}，F、M < {high} 且至少一项 ≥ {risk}',
      en: 'R < {riskRecency}, F and M < {high}, at least one ≥ {risk}',
    },
    advice: {
      zh: '曾有一定贡献但久未购买：用一次限时回归礼试探，未响应则转入低频触达。',
      en: 'They mattered once and have been away: try one limited come-back gift, then contact them seldom.',
    },
  },
  {
    id: 'ordinary',
    text: { zh: '一般保持', en: 'Ordinary' },
    when: {},
    definition: {
      zh: '{riskRecency} ≤ R < {potentialRecency}，F、M < {high}',
      en: '{riskRecency} ≤ R < {potentialRecency}, F and M < {high}',
    },
    advice: {
      zh: '以低成本的自动化触达维持联系。',
      en: 'Stay in touch at low cost with automated messages.',
    },
  },
]

/** People without any valid purchase have no scores; they are a level of their own wherever all people are shown. */
export const noPurchase: RfmLevel = {
  id: 'no_purchase',
  text: { zh: '未消费', en: 'No purchase' },
  when: {},
  definition: { zh: '截至统计日没有有效消费', en: 'No valid purchase up to the as-of day' },
  advice: {
    zh: '用首单礼转化，或核实数据来源。',
    en: 'Convert them with a first-order gift, or check the data source.',
  },
}

export const allRfmLevels: readonly RfmLevel[] = [...rfmLevels, noPurchase]

/** Level by id, or by its name in either language. */
export function rfmLevelOf(name: string): RfmLevel | undefined {
  const folded = name.trim().toLowerCase().replace(/客户$/u, '')
  return allRfmLevels.find((l) => l.id === folded || l.text.zh === folded || l.text.en.toLowerCase() === folded)
}

/** The level of one customer's scores: the same first-hit reading as the SQL. */
export function levelOf(scores: { r: number; f: number; m: number }, settings: RfmSettings): RfmLevel {
  const holds = (value: number, range: Range | undefined): boolean =>
    !range ||
    ((range.from === undefined || value >= settings[range.from]) &&
      (range.below === undefined || value < settings[range.below]))
  return rfmLevels.find((l) => (['r', 'f', 'm'] as const).every((k) => holds(scores[k], l.when[k])))!
}
