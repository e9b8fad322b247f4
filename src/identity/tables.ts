import { table, type Column, type DataClass, type MaskKind, type Table } from '../warehouse/index.ts'

const column = (type: Column['type'], zh: string, en: string, more: Partial<Column> = {}): Column => ({
  type,
  text: { zh, en },
  class: 'non_sensitive',
  mask: 'none',
  ...more,
})
const keyValue: { class: DataClass; mask: MaskKind } = { class: 'sensitive', mask: 'redact' }
const personId = column('text', '客户统一编号', 'Person id: minted once, never reused', {
  subject: true,
  required: true,
})

export const personKeyTable = table({
  name: 'person_key',
  owner: 'identity',
  text: { zh: '身份标识归属', en: 'Identity keys in use and whose they are' },
  key: ['key_type', 'key_value'],
  columns: {
    key_type: column('text', '标识类型', 'Key type: ref (space:customer_id), phone, email …', { required: true }),
    key_value: column('text', '标识值', 'Key value in comparable form', { ...keyValue, required: true }),
    person_id: personId,
  },
})

export const personTable = table({
  name: 'person',
  owner: 'identity',
  text: { zh: '客户编号台账', en: 'Ledger of person ids' },
  key: ['person_id'],
  columns: {
    person_id: personId,
    minted_run: column('bigint', '创建批次', 'Run that minted the id: the lower, the older', { required: true }),
    state: column('text', '状态', 'active, merged, or empty (all its records were undone)', { required: true }),
    merged_into: column('text', '并入', 'Person that it was merged into', { subject: true }),
    origin_ref: column('text', '起始标识', 'Smallest reference at minting: brings the id back after an undo', keyValue),
  },
})

export const identityDecisionTable = table({
  name: 'identity_decision',
  owner: 'identity',
  text: { zh: '身份决定', en: 'Identity decisions' },
  key: ['run', 'seq'],
  columns: {
    run: column('bigint', '批次', 'Run: journal position of its record', { required: true }),
    seq: column('bigint', '序号', 'Number within the run, from 1', { required: true }),
    kind: column('text', '类型', 'mint, attach, merge, split or detach', { required: true }),
    person_id: personId,
    other_id: column('text', '原编号', 'Person that the reference belonged to before', { subject: true }),
    key_type: column('text', '标识类型', 'Key type', { required: true }),
    key_value: column('text', '标识值', 'Key value', { ...keyValue, required: true }),
    reason: column('text', '依据', 'Evidence: key type and how the names agree, e.g. `phone+equal`'),
  },
})

export const identityConflictTable = table({
  name: 'identity_conflict',
  owner: 'identity',
  text: { zh: '身份冲突', en: 'Identity conflicts' },
  key: ['key_type', 'key_value'],
  columns: {
    key_type: column('text', '标识类型', 'Key type', { required: true }),
    key_value: column('text', '标识值', 'Shared value', { ...keyValue, required: true }),
    reason: column('text', '原因', 'Why it did not link: a code of `conflictReasons`', { required: true }),
    records: column('bigint', '记录数', 'References that carry the value', { unit: 'records' }),
    sample: column('text', '示例', 'Some of these references, blank between', keyValue),
  },
})

export const identityRunTable = table({
  name: 'identity_run',
  owner: 'identity',
  text: { zh: '身份批次', en: 'Identity runs that decided something' },
  key: ['run'],
  columns: {
    run: column('bigint', '批次', 'Journal position of its record', { required: true }),
    at: column('timestamp', '时间', 'Time of the run (UTC)', { required: true }),
    minted: column('bigint', '新建', 'Persons minted', { unit: 'persons' }),
    attached: column('bigint', '归入', 'References attached to a person', { unit: 'records' }),
    merged: column('bigint', '合并', 'Persons merged into another', { unit: 'persons' }),
    split: column('bigint', '拆分', 'References split off', { unit: 'records' }),
    detached: column('bigint', '移除', 'References that are gone', { unit: 'records' }),
  },
})

export const identityManualTable = table({
  name: 'identity_manual',
  owner: 'identity',
  text: { zh: '人工身份决定', en: 'Identity decisions by people' },
  key: ['decision', 'side', 'ref'],
  columns: {
    decision: column('bigint', '决定', 'Journal position', { required: true }),
    kind: column('text', '类型', 'merge or split', { required: true }),
    side: column('text', '侧', 'left (stays) or right (joins, or is split off)', { required: true }),
    ref: column('text', '标识', 'Reference', { ...keyValue, required: true }),
    actor: column('text', '操作人', 'Who decided'),
    why: column('text', '理由', 'Why', { class: 'sensitive', mask: 'redact' }),
  },
})

// ── Derived afresh by every run; not part of the canonical export ──

const node = column('bigint', '节点', 'Node: rank of the reference', { required: true })
const scratch = (name: string, zh: string, en: string, columns: Record<string, Column>): Table =>
  table({ name, owner: 'identity', text: { zh, en }, key: [], scratch: true, columns })

export const nameFormTable = table({
  name: 'name_form',
  owner: 'identity',
  text: { zh: '姓名形式', en: 'Comparable and searchable forms of names' },
  key: ['name'],
  scratch: true,
  columns: {
    name: column('text', '姓名', 'Name as stored', { class: 'sensitive', mask: 'name', required: true }),
    name_key: column('text', '姓名键', 'Folded name', { class: 'sensitive', mask: 'redact' }),
    kind: column('text', '类型', 'full, partial or none'),
    sound: column('text', '读音', 'Toneless pinyin, surname first', { class: 'sensitive', mask: 'redact' }),
    pinyin: column('text', '拼音', 'Pinyin for searching', { class: 'sensitive', mask: 'redact' }),
    initials: column('text', '首字母', 'Initials for searching', { class: 'sensitive', mask: 'redact' }),
  },
})

export const identityNodeTable = scratch('identity_node', '身份节点', 'References under comparison', {
  node,
  ref: column('text', '标识', 'Reference', keyValue),
  birth: column('date', '出生日期', 'Birth date when all rows agree', keyValue),
  id_card: column('text', '身份证摘要', 'Digest of the ID card when all rows agree', keyValue),
})

export const identityRecordTable = scratch('identity_record', '身份记录', 'Keys of each customer row', {
  node,
  name_key: column('text', '姓名键', 'Folded name', keyValue),
  kind: column('text', '类型', 'full, partial or none'),
  sound: column('text', '读音', 'Toneless pinyin', keyValue),
  phone: column('text', '手机号', 'Phone', keyValue),
  email: column('text', '邮箱', 'E-mail', keyValue),
  id_card: column('text', '身份证摘要', 'Digest of the ID card', keyValue),
  unionid: column('text', 'unionid', 'unionid', keyValue),
  openid: column('text', 'openid', 'openid', keyValue),
  member_no: column('text', '会员卡号', 'Membership number', keyValue),
  company: column('text', '公司', 'Company', keyValue),
})

/** Id spaces that give out the same membership numbers: numbers are compared within a realm. */
export const identityRealmTable = scratch(
  'identity_realm',
  '会员号范围',
  'Spaces whose membership numbers are the same',
  {
    space: column('text', '标识空间', 'Id space', { required: true }),
    realm: column('text', '范围', 'First of the spaces that share the numbers', { required: true }),
  },
)

/** Values that two or more references carry, with the name forms they come with. */
export const identitySharedTable = scratch('identity_shared', '共用值', 'Values on two or more references', {
  type: column('text', '类型', 'Key type'),
  value: column('text', '值', 'Key value', keyValue),
  node,
  name_key: column('text', '姓名键', 'Folded name', keyValue),
  kind: column('text', '类型', 'full, partial or none'),
  sound: column('text', '读音', 'Toneless pinyin', keyValue),
})

export const identityLinkTable = scratch('identity_link', '身份连线', 'Links between references', {
  a: node,
  b: node,
  type: column('text', '类型', 'Key type'),
  priority: column('int', '优先级', 'Priority of the key type'),
  agreement: column('text', '姓名', 'How the names agree'),
})

export const identityClusterTable = scratch('identity_cluster', '身份聚类', 'Cluster of each linked reference', {
  node,
  root: column('bigint', '根', 'Smallest node of its cluster'),
})

export const identityProposalTable = scratch('identity_proposal', '身份提案', 'Changes that a run proposes', {
  seq: column('bigint', '序号', 'Number'),
  kind: column('text', '类型', 'Kind of decision'),
  person_id: personId,
  other_id: column('text', '原编号', 'Person before'),
  key_type: column('text', '标识类型', 'Key type'),
  key_value: column('text', '标识值', 'Key value', keyValue),
  reason: column('text', '依据', 'Evidence'),
})

export const identityStateTable = scratch('identity_state', '身份状态', 'What the last run saw and counted', {
  stamp: column('text', '输入标记', 'Batches and decisions that were resolved'),
  summary: column('json', '汇总', 'Counts of the last run'),
})

export const identityTables: readonly Table[] = [
  personKeyTable,
  personTable,
  identityDecisionTable,
  identityConflictTable,
  identityRunTable,
  identityManualTable,
  nameFormTable,
  identityNodeTable,
  identityRecordTable,
  identityRealmTable,
  identitySharedTable,
  identityLinkTable,
  identityClusterTable,
  identityProposalTable,
  identityStateTable,
]
