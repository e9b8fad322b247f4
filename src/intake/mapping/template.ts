import { headerWord } from './header-word.ts'

/** The 客户信息分析模板: its columns in order, each with the field that takes it. */
export const templateColumns: readonly {
  readonly column: string
  readonly field: string
  readonly required?: boolean
}[] = [
  { column: '客户编号', field: 'customer_id' },
  { column: '客户名称', field: 'name', required: true },
  { column: '所属行业', field: 'industry' },
  { column: '所在区域', field: 'region' },
  { column: '联系人角色', field: 'contact_role' },
  { column: '首次接触时间', field: 'first_contact_at' },
  { column: '最近活跃时间', field: 'last_active_at' },
  { column: '互动频次', field: 'interaction_count' },
  { column: '累计消费金额', field: 'total_spent' },
  { column: '平均客单价', field: 'avg_order_value' },
  { column: '偏好品类', field: 'favourite_category' },
  { column: '来源渠道', field: 'channel' },
  { column: '客户等级', field: 'level' },
  { column: '特殊需求', field: 'special_needs' },
]

/** True when at least ten of the fourteen columns are there, 客户名称 among them. */
export function isTemplate(columns: readonly string[]): boolean {
  const words = new Set(columns.map(headerWord))
  const found = templateColumns.filter((t) => words.has(t.column))
  return found.length >= 10 && found.some((t) => t.required)
}
