import type { Text } from '../base/text.ts'
import type { Row } from '../warehouse/index.ts'
import { csv, type CsvOptions, type FileColumn } from './export/csv.ts'
import { xlsx } from './export/xlsx.ts'

/** A column of the 客户信息分析模板 and the profile field it is filled from (first that is there). */
interface TemplateColumn {
  readonly text: Text
  readonly from: readonly string[]
  readonly type: FileColumn['type']
}

/** The founding document's template, in its order and wording. */
export const templateColumns: readonly TemplateColumn[] = [
  { text: { zh: '客户编号', en: 'Customer id' }, from: ['customer_no', 'customer_id', 'person_id'], type: 'text' },
  { text: { zh: '客户名称*', en: 'Customer name*' }, from: ['name', 'company'], type: 'text' },
  { text: { zh: '所属行业', en: 'Industry' }, from: ['industry'], type: 'text' },
  { text: { zh: '所在区域', en: 'Region' }, from: ['region'], type: 'text' },
  { text: { zh: '联系人角色', en: 'Contact role' }, from: ['contact_role'], type: 'text' },
  {
    text: { zh: '首次接触时间', en: 'First contact' },
    from: ['first_contact_at', 'registered_at', 'first_order_at'],
    type: 'date',
  },
  { text: { zh: '最近活跃时间', en: 'Last active' }, from: ['last_active_at', 'last_order_at'], type: 'date' },
  {
    text: { zh: '互动频次', en: 'Interactions' },
    from: ['interactions', 'interaction_count', 'stated_interactions'],
    type: 'int',
  },
  { text: { zh: '累计消费金额', en: 'Total spent' }, from: ['amount', 'total_spent', 'stated_spent'], type: 'money' },
  {
    text: { zh: '平均客单价', en: 'Average order value' },
    from: ['average_order_value', 'avg_order_value', 'stated_order_value'],
    type: 'money',
  },
  { text: { zh: '偏好品类', en: 'Favourite category' }, from: ['favourite_category', 'stated_category'], type: 'text' },
  { text: { zh: '来源渠道', en: 'Channel' }, from: ['channel'], type: 'text' },
  { text: { zh: '客户等级', en: 'Level' }, from: ['level'], type: 'text' },
  { text: { zh: '特殊需求', en: 'Special needs' }, from: ['special_needs'], type: 'text' },
]

/** Ids like C202405001: the month of the first contact and a running number within it, in the order of the rows. */
export function templateIds(): (row: Row) => string {
  const counts = new Map<string, number>()
  return (row) => {
    const first = ['first_contact_at', 'registered_at', 'first_order_at'].map((f) => row[f]).find(Boolean)
    const month = first ? String(first).replaceAll('-', '').slice(0, 6) : '000000'
    const n = (counts.get(month) ?? 0) + 1
    counts.set(month, n)
    return `C${month}${String(n).padStart(3, '0')}`
  }
}

/** A profile row as a template row; `average_order_value` is derived from amount and orders when it is not there. */
export function templateRow(row: Row): Row {
  const orders = Number(row['orders'] ?? 0)
  const whole: Row = {
    avg_order_value: orders > 0 ? Math.round((Number(row['amount'] ?? 0) / orders) * 100) / 100 : null,
    ...withoutNulls(row),
  }
  return Object.fromEntries(
    templateColumns.map((c) => [
      c.text.zh,
      c.from.map((f) => whole[f]).find((v) => v !== null && v !== undefined) ?? null,
    ]),
  )
}

function withoutNulls(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined))
}

const fileColumns: readonly FileColumn[] = templateColumns.map((c) => ({ name: c.text.zh, text: c.text, type: c.type }))

async function* templateRows(rows: Iterable<Row> | AsyncIterable<Row>): AsyncGenerator<Row> {
  for await (const row of rows) yield templateRow(row)
}

/** Profile rows (already masked by the caller's read) as the template in CSV. */
export function templateCsv(rows: Iterable<Row> | AsyncIterable<Row>, options: CsvOptions): AsyncGenerator<Uint8Array> {
  return csv(fileColumns, templateRows(rows), options)
}

export async function templateXlsx(rows: Iterable<Row> | AsyncIterable<Row>): Promise<Uint8Array> {
  const all: Row[] = []
  for await (const row of templateRows(rows)) all.push(row)
  return xlsx([{ name: '客户信息分析模板', columns: fileColumns, rows: all }], 'zh')
}
