import type { Domain } from '../contract.ts'
import { campaign, channel, currency, field } from './field.ts'

/** Campaign costs. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const campaignCost: Domain = {
  name: 'campaign_cost',
  text: { zh: '营销成本', en: 'Campaign costs' },
  naturalKey: ['campaign', 'channel', 'day'],
  keyFields: ['channel', 'day', 'cost'],
  fields: {
    campaign,
    channel: {
      ...channel,
      synonyms: [...channel.synonyms, '投放渠道', '媒体', '投放平台', 'media', 'adnetwork', 'utmsource'],
    },
    day: field('date', '日期', 'Day', '投放日期 统计日期 时间 date reportdate statdate'),
    cost: field(
      'decimal',
      '花费',
      'Cost',
      '费用 成本 投放费用 消耗 投放金额 广告花费 广告费 spend adspend amountspent budget',
      { semantic: 'money' },
    ),
    impressions: field('double', '曝光量', 'Impressions', '曝光 展现量 展示量 曝光次数 展现 impr views impression'),
    clicks: field('double', '点击量', 'Clicks', '点击 点击数 点击次数 click linkclicks'),
    currency,
  },
}
