import type { Domain } from '../contract.ts'
import { customerId, field } from './field.ts'

/** Loyalty. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const loyalty: Domain = {
  name: 'loyalty',
  text: { zh: '会员积分', en: 'Loyalty' },
  naturalKey: [],
  keyFields: ['member_no', 'level', 'points'],
  fields: {
    member_no: field(
      'text',
      '会员卡号',
      'Membership number',
      '会员号 会员编号 卡号 会员卡 memberno membershipno cardno cardnumber loyaltyid memberid loyaltynumber',
      { class: 'sensitive', mask: 'redact' },
    ),
    customer_id: customerId,
    level: field('text', '会员等级', 'Level', '等级 会员级别 tier grade memberlevel membershiplevel loyaltytier'),
    points: field('int', '积分余额', 'Points', '积分 当前积分 可用积分 剩余积分 pointsbalance balance pointbalance'),
    occurred_at: field(
      'timestamp',
      '变动时间',
      'Occurred at',
      '变动日期 积分时间 积分变动时间 发生时间 时间 日期 changedat date transactiondate',
    ),
    change: field(
      'int',
      '积分变动',
      'Change',
      '变动积分 变动值 积分变化 本次积分 pointschange pointsearned earned delta pointsdelta',
    ),
    reason: field('text', '变动原因', 'Reason', '原因 变动类型 积分来源 积分类型 changereason changetype'),
  },
}
