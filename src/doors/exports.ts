import { InputError } from '../base/errors.ts'
import type { Locale } from '../base/text.ts'
import { exportDefinitions, type Definitions } from '../governance/index.ts'
import {
  csv,
  templateCsv,
  templateIds,
  templateXlsx,
  xlsx,
  type AnalysisResult,
  type CsvOptions,
  type FileColumn,
} from '../insight/index.ts'
import { chartSvg } from '../insight/index.ts'
import type { Intake } from '../intake/index.ts'
import type { Profiles } from '../profiles/index.ts'
import type { Actor, Row } from '../warehouse/index.ts'
import { customerQuery, type CustomerFilter } from './customers.ts'

export interface ExportRequest extends CustomerFilter {
  readonly what: 'customers' | 'template' | 'quarantine' | 'definitions'
  readonly format: string
  readonly encoding: string
  readonly locale: Locale
  readonly source?: string
  readonly state?: string
}

const customerColumns: readonly FileColumn[] = [
  { name: 'personId', text: { zh: '客户编号', en: 'Person id' }, type: 'text' },
  { name: 'name', text: { zh: '姓名', en: 'Name' }, type: 'text' },
  { name: 'phone', text: { zh: '手机', en: 'Phone' }, type: 'text' },
  { name: 'email', text: { zh: '邮箱', en: 'E-mail' }, type: 'text' },
  { name: 'region', text: { zh: '省份', en: 'Region' }, type: 'text' },
  { name: 'city', text: { zh: '城市', en: 'City' }, type: 'text' },
  { name: 'level', text: { zh: '会员等级', en: 'Level' }, type: 'text' },
  { name: 'rfmLevel', text: { zh: 'RFM 等级', en: 'RFM level' }, type: 'text' },
  { name: 'stage', text: { zh: '生命周期', en: 'Life-cycle stage' }, type: 'text' },
  { name: 'orders', text: { zh: '订单数', en: 'Orders' }, type: 'int' },
  { name: 'amount', text: { zh: '消费金额', en: 'Amount' }, type: 'money' },
  { name: 'lastOrderAt', text: { zh: '最近下单', en: 'Last order' }, type: 'text' },
  { name: 'channel', text: { zh: '渠道', en: 'Channel' }, type: 'text' },
]

const quarantineColumns: readonly FileColumn[] = [
  { name: 'source', text: { zh: '来源', en: 'Source' }, type: 'text' },
  { name: 'path', text: { zh: '文件', en: 'File' }, type: 'text' },
  { name: 'batch', text: { zh: '批次', en: 'Batch' }, type: 'int' },
  { name: 'row', text: { zh: '行号', en: 'Row' }, type: 'int' },
  { name: 'rule', text: { zh: '规则', en: 'Rule' }, type: 'text' },
  { name: 'field', text: { zh: '字段', en: 'Field' }, type: 'text' },
  { name: 'value', text: { zh: '值', en: 'Value' }, type: 'text' },
  { name: 'reason', text: { zh: '原因', en: 'Reason' }, type: 'text' },
  { name: 'raw', text: { zh: '原始内容', en: 'Raw row' }, type: 'text' },
  { name: 'state', text: { zh: '状态', en: 'State' }, type: 'text' },
]

/** Chunks of a file for download. @throws InputError bad_request when the format does not fit */
export async function exportFile(
  request: ExportRequest,
  actor: Actor,
  from: { definitions: Definitions; intake: Intake; profiles: Profiles },
): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>> {
  const { what, locale } = request
  // Excel takes a CSV without a byte-order mark for the machine's old code page.
  const options: CsvOptions = { locale, encoding: request.encoding === 'gb18030' ? 'gb18030' : 'utf-8-bom' }
  const wrong = (): never => {
    throw new InputError('bad_request', { problem: `${what}.${request.format}` })
  }
  if (what === 'definitions') return [Buffer.from(exportDefinitions(from.definitions))]
  if (what === 'quarantine') {
    if (request.format !== 'csv') wrong()
    const { source, state } = request
    return csv(
      quarantineColumns,
      flat(from.intake.quarantineRows({ source, state } as never, actor), (q) => ({ ...q, reason: q.message[locale] })),
      options,
    )
  }
  const { what: _w, format: _f, encoding: _e, locale: _l, source: _s, state: _st, ...filter } = request
  const rows = from.profiles.export(customerQuery(filter), actor)
  if (what === 'template') {
    const number = templateIds()
    const full = flat(from.profiles.exportFull(customerQuery(filter), actor), (row) => ({
      ...row,
      customer_no: number(row),
    }))
    return request.format === 'xlsx'
      ? [await templateXlsx(full)]
      : request.format === 'csv'
        ? templateCsv(full, options)
        : wrong()
  }
  const plain = flat(rows, (row) => ({ ...row }))
  if (request.format === 'csv') return csv(customerColumns, plain, options)
  if (request.format !== 'xlsx') wrong()
  const all: Row[] = []
  for await (const row of plain) all.push(row)
  return [await xlsx([{ name: locale === 'zh' ? '客户' : 'Customers', columns: customerColumns, rows: all }], locale)]
}

/** An analysis as a file; the chart as SVG. */
export async function exportResult(
  result: AnalysisResult,
  format: 'csv' | 'xlsx' | 'svg',
  name: string,
  locale: Locale,
): Promise<Uint8Array | AsyncIterable<Uint8Array>> {
  if (format === 'csv') return csv(result.columns, result.rows, { locale, encoding: 'utf-8-bom' })
  if (format === 'xlsx') return xlsx([{ name, columns: result.columns, rows: result.rows }], locale)
  const svg = await chartSvg(result, { locale } as never)
  if (!svg) throw new InputError('not_found', { what: 'chart', name })
  return Buffer.from(svg as string)
}

async function* flat<T, R extends Row>(chunks: AsyncIterable<readonly T[]>, map: (row: T) => R): AsyncGenerator<R> {
  for await (const chunk of chunks) for (const row of chunk) yield map(row)
}
