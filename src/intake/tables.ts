import { table, type Column, type Table } from '../warehouse/index.ts'
import type { Domain, DomainName } from './contract.ts'
import { domainNames, domains } from './schema/index.ts'

const text = { zh: '', en: '' }
const plain = (type: Column['type'], zh: string, en: string, more: Partial<Column> = {}): Column => ({
  type,
  text: { ...text, zh, en },
  class: 'non_sensitive',
  mask: 'none',
  ...more,
})

/** Columns that every domain table has besides its fields; meaning in ARCHITECTURE.md. */
export const systemColumns = {
  record_key: plain('text', '记录键', 'Record key: the same record over its versions', { required: true }),
  source: plain('text', '来源', 'Source', { required: true }),
  space: plain('text', '标识空间', 'Id space of customer_id', { required: true }),
  batch: plain('bigint', '批次', 'Batch: journal position of the manifest', { required: true }),
  row: plain('bigint', '行号', 'Data row in the file, from 1', { required: true }),
  copy: plain('int', '副本序号', '1, 2 … among rows of one file with the same content or key', { required: true }),
  tags: plain('text', '规则标记', 'Ids of tagging rules, comma between; null when none'),
  content_hash: plain('text', '内容指纹', 'md5 of the row as it was in the file', { required: true }),
} as const

export type SystemColumn = keyof typeof systemColumns

function domainTable(domain: Domain): Table {
  const fields = Object.entries(domain.fields).map(([name, f]): [string, Column] => [
    name,
    {
      type: f.type,
      text: f.text,
      class: f.class,
      mask: f.mask ?? (f.class === 'non_sensitive' ? 'none' : 'redact'),
      unit: f.unit,
      subject: name === 'customer_id',
    },
  ])
  return table({
    name: domain.name,
    owner: 'intake',
    text: domain.text,
    columns: { ...systemColumns, ...Object.fromEntries(fields) },
    key: ['batch', 'row'],
  })
}

/** The domain tables by name: `domainTables.order_line`. A row is identified by (batch, row). */
export const domainTables = Object.fromEntries(
  domainNames.map((name) => [name, domainTable(domains[name])]),
) as Readonly<Record<DomainName, Table>>

export const batchTable = table<string>({
  name: 'batch',
  owner: 'intake',
  text: { zh: '导入批次', en: 'Batches' },
  key: ['batch'],
  columns: {
    batch: plain('bigint', '批次', 'Batch: journal position of the manifest', { required: true }),
    source: plain('text', '来源', 'Source', { required: true }),
    dataset: plain('text', '数据集', 'Data set', { required: true }),
    space: plain('text', '标识空间', 'Id space of the keys', { required: true }),
    path: plain('text', '文件', 'Path as the sender knows it', { required: true }),
    sha256: plain('text', '内容 SHA-256', 'SHA-256 of the file in the lake', { required: true }),
    bytes: plain('bigint', '字节数', 'Bytes', { unit: 'bytes' }),
    mapping_version: plain('int', '映射版本', 'Mapping version'),
    rows_read: plain('bigint', '读取行数', 'Rows read: stored + duplicate + quarantined + skipped', { unit: 'rows' }),
    stored: plain('bigint', '入库行数', 'Rows stored, also those replaced by a later version', { unit: 'rows' }),
    duplicate: plain('bigint', '重复行数', 'Rows that had been taken before', { unit: 'rows' }),
    quarantined: plain('bigint', '隔离行数', 'Rows in quarantine that were not mended yet', { unit: 'rows' }),
    skipped: plain('bigint', '跳过行数', 'Rows that are not of this data set (`where`) or were discarded', {
      unit: 'rows',
    }),
    copies: plain('bigint', '副本行数', 'Exact copies inside one file: stored and marked', { unit: 'rows' }),
    replaced: plain('bigint', '替换行数', 'Stored rows of earlier batches that these replaced', { unit: 'rows' }),
    without_customer: plain('bigint', '无客户编号行数', 'Rows stored or quarantined that name no customer_id', {
      unit: 'rows',
    }),
    taken_at: plain('timestamp', '接收时间', 'Taken at (UTC)'),
    undone_at: plain('timestamp', '撤销时间', 'Undone at (UTC)'),
  },
})

export const quarantineTable = table<string>({
  name: 'quarantine',
  owner: 'intake',
  text: { zh: '隔离区', en: 'Quarantine' },
  key: ['batch', 'row', 'rule', 'field'],
  columns: {
    batch: plain('bigint', '批次', 'Batch', { required: true }),
    row: plain('bigint', '行号', 'Data row in the file; 0 or less when the place is unknown', { required: true }),
    source: plain('text', '来源', 'Source', { required: true }),
    dataset: plain('text', '数据集', 'Data set', { required: true }),
    rule: plain('text', '规则', 'Rule that holds the row: `type`, `read`, or the id of a capture rule', {
      required: true,
    }),
    field: plain('text', '字段', 'Field'),
    value: plain('text', '值', 'Value as it was', { class: 'sensitive', mask: 'redact' }),
    code: plain('text', '代码', 'Message code', { required: true }),
    params: plain('json', '参数', 'Parameters of the message; never a value of the row'),
    record_key: plain('text', '记录键', 'Record key that the row had: when it comes again it is a duplicate'),
    content_hash: plain('text', '内容指纹', 'md5 of the row as it was in the file'),
    raw: plain(
      'text',
      '原始内容',
      'The row as it was: JSON of the source columns, or raw text when it could not be read; at most 10,000 characters',
      {
        class: 'core_sensitive',
        mask: 'redact',
      },
    ),
    state: plain('text', '状态', 'open, fixed, replayed or discarded', { required: true }),
  },
})

export const manifestTable = table<string>({
  name: 'batch_manifest',
  owner: 'intake',
  text: { zh: '批次清单', en: 'Manifests of the batches, to load a batch again' },
  key: ['batch'],
  columns: {
    batch: plain('bigint', '批次', 'Batch', { required: true }),
    stamp: plain('text', '文件戳', 'Size, time and inode of the file when it was taken'),
    member: plain('text', '归档成员', 'Member of an archive'),
    manifest: plain('json', '清单', 'Body of the record', { required: true }),
  },
})

export const mendTable = table<string>({
  name: 'row_mend',
  owner: 'intake',
  text: { zh: '隔离行处理', en: 'Rows of quarantine that were mended or discarded' },
  key: ['position'],
  columns: {
    position: plain('bigint', '日志位置', 'Journal position of the record', { required: true }),
    time: plain('bigint', '记录时间', 'Server time of the record, ms since the epoch', { required: true, unit: 'ms' }),
    batch: plain('bigint', '批次', 'Batch', { required: true }),
    row: plain('bigint', '行号', 'Data row', { required: true }),
    action: plain('text', '动作', 'fixed or discarded', { required: true }),
    values: plain('json', '值', 'Source column → new text', { class: 'core_sensitive', mask: 'redact' }),
  },
})

/** All tables that intake owns. */
export const intakeTables: readonly Table[] = [
  ...Object.values(domainTables),
  batchTable,
  quarantineTable,
  manifestTable,
  mendTable,
]
