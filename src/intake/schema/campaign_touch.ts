import type { Domain } from '../contract.ts'
import { campaign, channel, customerId, email, field, phone } from './field.ts'

/** Campaign touches. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const campaignTouch: Domain = {
  name: 'campaign_touch',
  text: { zh: '营销触达', en: 'Campaign touches' },
  naturalKey: ['touch_id'],
  keyFields: ['customer_id', 'occurred_at', 'campaign', 'channel'],
  fields: {
    touch_id: field(
      'text',
      '触达编号',
      'Touch ID',
      '触达id 发送编号 发送id 消息id 任务编号 touchid sendid messageid deliveryid mqlid leadid',
    ),
    customer_id: customerId,
    occurred_at: field(
      'timestamp',
      '触达时间',
      'Occurred at',
      '发送时间 推送时间 触达日期 发送日期 时间 日期 曝光时间 点击时间 sentat senddate sendtime touchdate timestamp date eventtime firstcontactdate',
    ),
    campaign,
    channel: {
      ...channel,
      synonyms: [...channel.synonyms, '触达渠道', '推送渠道', '投放渠道', 'medium', 'utmsource', 'utmmedium'],
    },
    action: field(
      'text',
      '触达动作',
      'Action',
      '动作 触达结果 触达状态 发送状态 行为 结果 event status response result eventtype',
    ),
    variant: field(
      'text',
      '实验分组',
      'Variant',
      '分组 版本 实验组 对照组 abgroup group testgroup arm variation treatment',
    ),
    phone,
    email,
  },
}
