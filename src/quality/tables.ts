import { table, type Column, type Table } from '../warehouse/index.ts'

const plain = (type: Column['type'], zh: string, en: string, more: Partial<Column> = {}): Column => ({
  type,
  text: { zh, en },
  class: 'non_sensitive',
  mask: 'none',
  ...more,
})

export const qualityResultTable = table<string>({
  name: 'quality_result',
  owner: 'quality',
  text: { zh: '规则结果', en: 'Rule results' },
  key: ['run', 'dataset', 'source', 'rule'],
  scratch: true,
  columns: {
    run: plain('text', '运行', 'Run', { required: true }),
    at: plain('timestamp', '时间', 'When (UTC)', { required: true }),
    rule: plain('text', '规则', 'Rule id', { required: true }),
    rule_version: plain('int', '规则版本', 'Version of the rule', { required: true }),
    dataset: plain('text', '数据集', 'Data set', { required: true }),
    source: plain('text', '来源', 'Source', { required: true }),
    evaluated: plain('bigint', '评估行数', 'Rows that match `where` and can be judged', { unit: 'rows' }),
    failed: plain('bigint', '不合格行数', 'Rows that fail, always the true count', { unit: 'rows' }),
    failed_pct: plain('double', '不合格率', 'Failed in percent of evaluated', { unit: 'percent' }),
    status: plain('text', '状态', 'pass, warn, error, skipped or broken', { required: true }),
    problem: plain('text', '问题', 'Why a broken rule could not run'),
    ms: plain('double', '耗时', 'Share of the scan', { unit: 'ms' }),
  },
})

export const qualityScoreTable = table<string>({
  name: 'quality_score',
  owner: 'quality',
  text: { zh: '质量得分', en: 'Quality scores' },
  key: ['run', 'source', 'dataset', 'dimension'],
  scratch: true,
  columns: {
    run: plain('text', '运行', 'Run', { required: true }),
    at: plain('timestamp', '时间', 'When (UTC)', { required: true }),
    source: plain('text', '来源', 'Source', { required: true }),
    dataset: plain('text', '数据集', 'Data set', { required: true }),
    dimension: plain('text', '维度', 'Dimension', { required: true }),
    numerator: plain('bigint', '分子', 'Numerator', { required: true }),
    denominator: plain('bigint', '分母', 'Denominator; 0 reads "not measured"', { required: true }),
  },
})

export const cleaningStepTable = table<string>({
  name: 'cleaning_step',
  owner: 'quality',
  text: { zh: '清洗步骤', en: 'Cleaning steps' },
  key: ['run', 'step', 'dataset', 'item'],
  scratch: true,
  columns: {
    run: plain('text', '运行', 'Run', { required: true }),
    at: plain('timestamp', '时间', 'When (UTC)', { required: true }),
    step: plain('text', '步骤', 'duplicates, missing, outliers, standardised or grouped', { required: true }),
    dataset: plain('text', '数据集', 'Data set', { required: true }),
    item: plain('text', '项目', 'Key, rule or field', { required: true }),
    groups: plain('bigint', '组数', 'Keys shared by several records, or distinct values'),
    rows: plain('bigint', '行数', 'Rows or cells concerned', { unit: 'rows' }),
    total: plain('bigint', '总行数', 'Rows or cells looked at', { unit: 'rows' }),
  },
})

export const reviewTable = table<string>({
  name: 'review',
  owner: 'quality',
  text: { zh: '复核队列', en: 'Review queue' },
  key: ['id'],
  columns: {
    id: plain('text', '编号', 'md5 of kind, data set, record key and field', { required: true }),
    kind: plain('text', '类型', 'order_outlier or level_spend', { required: true }),
    dataset: plain('text', '数据集', 'Data set', { required: true }),
    record_key: plain('text', '记录键', 'Record key', { required: true }),
    person_id: plain('text', '客户', 'Person, once it is known'),
    field: plain('text', '字段', 'Field', { required: true }),
    value: plain('text', '值', 'Value as it was found', { class: 'sensitive', mask: 'redact' }),
    expected: plain('text', '预期', 'What was expected', { class: 'sensitive', mask: 'redact' }),
    reason: plain('text', '原因', 'Parameters of the reason, in a fixed order', { class: 'sensitive', mask: 'redact' }),
    state: plain('text', '状态', 'open, kept or fixed', { required: true }),
    fixed_value: plain('text', '修正值', 'Value after a fix', { class: 'sensitive', mask: 'redact' }),
    why: plain('text', '处理说明', 'Reason given by who decided'),
    decided_by: plain('text', '处理人', 'Decided by'),
    decided_at: plain('timestamp', '处理时间', 'Decided at (UTC)'),
  },
})

/** All tables that quality owns. */
export const qualityTables: readonly Table[] = [qualityResultTable, qualityScoreTable, cleaningStepTable, reviewTable]
