import { table, type Table } from '../warehouse/index.ts'

// The trail grows with every run and every look, a rebuild included: it is no part of what a rebuild must give again.
export const lineageRun = table({
  name: 'lineage_run',
  owner: 'governance',
  text: { zh: '运行血缘', en: 'Runs and what they read and wrote' },
  columns: {
    run: { type: 'text', text: { zh: '运行编号', en: 'Run' }, class: 'non_sensitive' },
    stage: { type: 'text', text: { zh: '阶段', en: 'Stage' }, class: 'non_sensitive' },
    started_at: { type: 'timestamp', text: { zh: '开始时间', en: 'Started at' }, class: 'non_sensitive' },
    ended_at: { type: 'timestamp', text: { zh: '结束时间', en: 'Ended at' }, class: 'non_sensitive' },
    inputs: { type: 'text[]', text: { zh: '输入', en: 'Inputs' }, class: 'non_sensitive' },
    outputs: { type: 'text[]', text: { zh: '输出', en: 'Outputs' }, class: 'non_sensitive' },
    mapping_version: { type: 'int', text: { zh: '映射版本', en: 'Mapping version' }, class: 'non_sensitive' },
    status: { type: 'text', text: { zh: '状态', en: 'Status' }, class: 'non_sensitive' },
  },
  key: ['run'],
  scratch: true,
})

export const auditEntry = table({
  name: 'audit_entry',
  owner: 'governance',
  text: { zh: '审计记录', en: 'Audit entries' },
  columns: {
    position: { type: 'bigint', text: { zh: '日志位置', en: 'Journal position' }, class: 'non_sensitive' },
    at: { type: 'timestamp', text: { zh: '时间', en: 'Time' }, class: 'non_sensitive' },
    actor: { type: 'text', text: { zh: '操作者', en: 'Actor' }, class: 'sensitive', mask: 'name' },
    action: { type: 'text', text: { zh: '操作', en: 'Action' }, class: 'non_sensitive' },
    what: { type: 'text', text: { zh: '对象', en: 'What' }, class: 'sensitive' },
    purpose: { type: 'text', text: { zh: '用途', en: 'Purpose' }, class: 'non_sensitive' },
    detail: { type: 'json', text: { zh: '详情', en: 'Detail' }, class: 'sensitive' },
  },
  key: ['position'],
  scratch: true,
})

export const governanceTables: readonly Table[] = [lineageRun, auditEntry]
