import type { Domain } from '../contract.ts'
import { channel, customerId, email, field, orderId, personal, phone } from './field.ts'

/** Interactions. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const interaction: Domain = {
  name: 'interaction',
  text: { zh: '互动', en: 'Interactions' },
  naturalKey: ['interaction_id'],
  keyFields: ['customer_id', 'occurred_at', 'channel', 'type'],
  fields: {
    interaction_id: field(
      'text',
      '互动编号',
      'Interaction ID',
      '工单号 工单编号 会话id 会话编号 来电编号 服务单号 记录编号 工单id interactionid ticketid ticketno ticketnumber caseid caseno casenumber conversationid callid sessionid tweetid',
    ),
    customer_id: customerId,
    occurred_at: field(
      'timestamp',
      '发生时间',
      'Occurred at',
      '创建时间 提交时间 互动时间 来电时间 进线时间 受理时间 工单创建时间 时间 日期 createdat opened openedat submittedat calltime contactdate datetime timestamp date createtime',
    ),
    channel: { ...channel, synonyms: [...channel.synonyms, '进线渠道', '服务渠道', '沟通方式', '接入渠道'] },
    type: field(
      'text',
      '互动类型',
      'Type',
      '工单类型 问题类型 类型 服务类型 投诉类型 问题分类 tickettype casetype contactreason category issuetype',
    ),
    subject: field('text', '主题', 'Subject', '标题 工单标题 问题标题 title topic summary'),
    content: field(
      'text',
      '内容',
      'Content',
      '描述 问题描述 工单内容 沟通内容 对话内容 投诉内容 聊天内容 详情 description message body text transcript details',
      personal.hidden,
    ),
    agent: field(
      'text',
      '处理人',
      'Agent',
      '客服 客服人员 坐席 受理人 责任人 处理客服 负责人 assignee owner handledby operator representative agentname',
    ),
    status: field('text', '状态', 'Status', '工单状态 处理状态 ticketstatus casestatus state'),
    duration_s: field(
      'double',
      '时长',
      'Duration',
      '通话时长 处理时长 会话时长 时长秒 持续时间 durationseconds duration callduration handletime talktime',
      { unit: 's' },
    ),
    satisfaction: field(
      'int',
      '满意度',
      'Satisfaction',
      '满意度评分 评价 服务评分 评分 csat satisfactionscore rating satisfactionrating',
    ),
    order_id: orderId,
    phone: { ...phone, synonyms: [...phone.synonyms, '来电号码', '主叫号码', 'caller', 'callerid', 'callernumber'] },
    email,
  },
}
