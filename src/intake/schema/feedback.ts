import type { Domain } from '../contract.ts'
import { channel, customerId, field, orderId, sku } from './field.ts'

/** Feedback. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const feedback: Domain = {
  name: 'feedback',
  text: { zh: '评价反馈', en: 'Feedback' },
  naturalKey: ['feedback_id'],
  keyFields: ['occurred_at', 'rating', 'content'],
  fields: {
    feedback_id: field(
      'text',
      '评价编号',
      'Feedback ID',
      '评论id 评论编号 评价id 反馈编号 问卷编号 feedbackid reviewid commentid surveyid responseid',
    ),
    customer_id: {
      ...customerId,
      synonyms: [...customerId.synonyms, '评论人', 'reviewerid', 'authorid', 'respondentid'],
    },
    order_id: orderId,
    sku,
    occurred_at: field(
      'timestamp',
      '评价时间',
      'Occurred at',
      '评论时间 评价日期 评论日期 反馈时间 提交时间 时间 日期 创建时间 reviewdate reviewtime reviewcreationdate createdat submittedat date timestamp createtime',
    ),
    channel,
    rating: field(
      'double',
      '评分',
      'Rating',
      '星级 打分 分数 评价星级 评价等级 满意度 nps score stars reviewscore overall reviewrating starrating',
    ),
    content: field(
      'text',
      '评价内容',
      'Content',
      '评论 评论内容 评价 反馈内容 内容 意见 建议 文本 review reviewtext reviewcomment reviewcommentmessage reviewbody comment comments text message verifiedreviews feedback body',
    ),
  },
}
