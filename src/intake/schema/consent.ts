import type { Domain } from '../contract.ts'
import { channel, customerId, field } from './field.ts'

/** Consents. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const consent: Domain = {
  name: 'consent',
  text: { zh: '授权同意', en: 'Consents' },
  naturalKey: ['customer_id', 'purpose', 'channel', 'given_at'],
  keyFields: ['customer_id', 'purpose', 'status', 'given_at'],
  fields: {
    customer_id: customerId,
    purpose: field('text', '用途', 'Purpose', '授权用途 授权目的 同意项 同意内容 处理目的 consentpurpose consenttype'),
    status: field('text', '授权状态', 'Status', '状态 是否同意 同意状态 consentstatus consent optin agreed granted'),
    channel: { ...channel, synonyms: [...channel.synonyms, '授权渠道'] },
    text_version: field(
      'text',
      '协议版本',
      'Text version',
      '版本 条款版本 隐私协议版本 policyversion termsversion consentversion version',
    ),
    given_at: field(
      'timestamp',
      '同意时间',
      'Given at',
      '授权时间 同意日期 授权日期 consentdate consentedat givenat optindate grantedat',
    ),
    withdrawn_at: field(
      'timestamp',
      '撤回时间',
      'Withdrawn at',
      '撤回日期 撤销时间 取消时间 withdrawnat withdrawaldate optoutdate revokedat',
    ),
  },
}
