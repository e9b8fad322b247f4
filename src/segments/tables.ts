import { table } from '../warehouse/index.ts'

const person = {
  type: 'text',
  text: { zh: '客户', en: 'Person' },
  class: 'non_sensitive',
  mask: 'none',
  subject: true,
} as const
const plain = { class: 'non_sensitive', mask: 'none' } as const

export const rfmTable = table({
  name: 'rfm',
  owner: 'segments',
  text: { zh: 'RFM 得分与等级', en: 'RFM scores and levels' },
  columns: {
    person_id: person,
    recency_days: {
      ...plain,
      type: 'int',
      text: { zh: '最近消费距今天数', en: 'Days since the last purchase' },
      unit: 'day',
    },
    frequency: { ...plain, type: 'int', text: { zh: '窗口内订单数', en: 'Orders in the window' } },
    monetary: { ...plain, type: 'double', text: { zh: '窗口内消费金额', en: 'Amount in the window' }, unit: 'money' },
    r: { ...plain, type: 'double', text: { zh: 'R 分（0–100）', en: 'R score (0–100)' } },
    f: { ...plain, type: 'double', text: { zh: 'F 分（0–100）', en: 'F score (0–100)' } },
    m: { ...plain, type: 'double', text: { zh: 'M 分（0–100）', en: 'M score (0–100)' } },
    rfm: { ...plain, type: 'double', text: { zh: '综合分（三项平均）', en: 'RFM score (mean of the three)' } },
    level: { ...plain, type: 'text', text: { zh: 'RFM 等级', en: 'RFM level' } },
    r5: { ...plain, type: 'int', text: { zh: 'R 五分位', en: 'R quintile' } },
    f5: { ...plain, type: 'int', text: { zh: 'F 五分位', en: 'F quintile' } },
    m5: { ...plain, type: 'int', text: { zh: 'M 五分位', en: 'M quintile' } },
    quintile_segment: { ...plain, type: 'text', text: { zh: '五分位分群', en: 'Quintile segment' } },
    window_days: { ...plain, type: 'int', text: { zh: '窗口天数', en: 'Window in days' }, unit: 'day' },
    as_of: { ...plain, type: 'date', text: { zh: '统计日', en: 'As-of day' } },
  },
  key: ['person_id'],
})

export const lifecycleTable = table({
  name: 'lifecycle',
  owner: 'segments',
  text: { zh: '生命周期阶段', en: 'Life-cycle stages' },
  columns: {
    person_id: person,
    stage: { ...plain, type: 'text', text: { zh: '阶段', en: 'Stage' } },
    cycle_days: { ...plain, type: 'double', text: { zh: '购买周期', en: 'Purchase cycle' }, unit: 'day' },
    own_cycle: { ...plain, type: 'bool', text: { zh: '周期为客户自身', en: "The cycle is the customer's own" } },
    silent_days: { ...plain, type: 'int', text: { zh: '沉默天数', en: 'Days of silence' }, unit: 'day' },
    purchase_days: { ...plain, type: 'int', text: { zh: '有消费的天数', en: 'Days with a purchase' } },
  },
  key: ['person_id'],
})

export const segmentTable = table({
  name: 'segment',
  owner: 'segments',
  text: { zh: '分群', en: 'Segments' },
  columns: {
    name: { ...plain, type: 'text', text: { zh: '名称', en: 'Name' } },
    text_rule: { ...plain, type: 'text', text: { zh: '规则', en: 'Rule' } },
    size: { ...plain, type: 'bigint', text: { zh: '人数', en: 'Size' } },
    as_of: { ...plain, type: 'date', text: { zh: '统计日', en: 'As-of day' } },
  },
  key: ['name'],
})

export const segmentMemberTable = table({
  name: 'segment_member',
  owner: 'segments',
  text: {
    zh: '分群成员（内置分群的成员见 rfm 与 lifecycle）',
    en: 'Members of segments (those of built-in ones are in rfm and lifecycle)',
  },
  columns: { segment: { ...plain, type: 'text', text: { zh: '分群', en: 'Segment' } }, person_id: person },
  key: ['segment', 'person_id'],
})

export const segmentSizeTable = table({
  name: 'segment_size',
  owner: 'segments',
  text: { zh: '分群人数历史', en: 'Segment sizes over time' },
  columns: {
    segment: { ...plain, type: 'text', text: { zh: '分群', en: 'Segment' } },
    as_of: { ...plain, type: 'date', text: { zh: '统计日', en: 'As-of day' } },
    size: { ...plain, type: 'bigint', text: { zh: '人数', en: 'Size' } },
  },
  key: ['segment', 'as_of'],
})

/** Derived with the scores: sums and counts of orders without touching every line again. */
export const salesOrderTable = table({
  name: 'sales_order',
  owner: 'segments',
  text: { zh: '有效销售订单', en: 'Orders with valid sales' },
  columns: {
    person_id: person,
    ordered_at: { ...plain, type: 'timestamp', text: { zh: '下单时间', en: 'Ordered at' } },
    amount: { ...plain, type: 'decimal', text: { zh: '有效销售额', en: 'Valid sales' }, unit: 'money' },
  },
  key: [],
  scratch: true,
})

export const segmentTables = [
  salesOrderTable,
  rfmTable,
  lifecycleTable,
  segmentTable,
  segmentMemberTable,
  segmentSizeTable,
]
