import { table } from '../warehouse/index.ts'

const plain = { class: 'non_sensitive', mask: 'none' } as const

/** One row per run of a report; the result itself is JSON in the lake, found by its hash. */
export const reportRunTable = table({
  name: 'report_run',
  owner: 'insight',
  text: { zh: '报告运行', en: 'Report runs' },
  columns: {
    report: { ...plain, type: 'text', text: { zh: '报告', en: 'Report' } },
    run: { ...plain, type: 'text', text: { zh: '运行', en: 'Run' } },
    ran_at: { ...plain, type: 'timestamp', text: { zh: '时间', en: 'Time' } },
    sha256: { ...plain, type: 'text', text: { zh: '结果指纹', en: 'Hash of the result' } },
  },
  key: ['report', 'run'],
})

export const insightTables = [reportRunTable]
