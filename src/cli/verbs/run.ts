import { resolve } from 'node:path'
import type { Verb } from '../verbs.ts'
import { findProject, withPlatform } from '../open.ts'

/** Take what is new from every source of a project and run the river over it. */
export const runVerb: Verb = {
  usage: 'run [project]',
  text: { zh: '取来新数据并跑完整条流程', en: 'take what is new and run the river to the end' },
  options: [
    ['--data <dir>', 'the ${data} of the paths in tributary.yaml / 路径中的 ${data}'],
    ['--as-of <day>', 'YYYY-MM-DD, default from the project, else today / 统计日'],
    ['--source <id...>', 'only these sources / 只处理这些数据源'],
  ],
  async run([dir], options, { output, signal, ...context }) {
    const project = findProject(dir, { output, signal, ...context })
    const data = options.data ? resolve(String(options.data)) : undefined
    return withPlatform(project, async (platform) => {
      const work = output.work(signal)
      if (project.config && project.file)
        await platform.applyConfig(project.config, { file: project.file, variables: { data, dir: project.dir } })
      const summary = await platform.run(
        { asOf: options.asOf as string | undefined, sources: options.source as string[] | undefined },
        work,
      )
      for (const { source, text } of summary.problems)
        output.warn({ zh: `${source}：${text.zh}`, en: `${source}: ${text.en}` })
      const usage = process.resourceUsage()
      const result = {
        ...summary,
        seconds: Math.round(performance.now() / 10) / 100,
        peak_rss_mb: Math.round(usage.maxRSS / 1024),
      }
      output.result(result, (locale) => {
        const label = runLabels[locale]
        return Object.entries(result)
          .filter(([name]) => name !== 'problems')
          .map(
            ([name, value]) =>
              `${(label[name] ?? name).padEnd(24)} ${typeof value === 'object' ? JSON.stringify(value) : value}`,
          )
      })
      // A bad file among good ones is a word to the reader; a source that gave nothing is a failure of the run.
      return summary.problems.some((p) => p.file === undefined) ? 3 : 0
    })
  },
}

const runLabels: Record<'zh' | 'en', Record<string, string>> = {
  zh: {
    rows_read: '读取行数',
    rows_stored: '入库行数',
    rows_duplicate: '重复行（此前已取）',
    rows_quarantined: '隔离行数',
    rows_skipped: '略过行数',
    rows_without_customer: '无客户的行',
    duplicates: '完全相同的副本',
    valid_rows: '有效消费行',
    valid_amount: '有效消费金额',
    unique_valid_rows: '有效消费行（去副本）',
    unique_valid_amount: '有效消费金额（去副本）',
    customers: '有消费的客户',
    customer_ids: '出现过的客户编号',
    files_taken: '本次新文件',
    as_of: '统计日',
    seconds: '秒',
    peak_rss_mb: '内存峰值 MB',
    stages: '各阶段秒数',
    levels: 'RFM 等级人数',
  },
  en: {
    rows_read: 'rows read',
    rows_stored: 'rows stored',
    rows_duplicate: 'rows taken before',
    rows_quarantined: 'rows quarantined',
    rows_skipped: 'rows skipped',
    rows_without_customer: 'rows without customer',
    duplicates: 'exact copies',
    valid_rows: 'valid rows',
    valid_amount: 'valid amount',
    unique_valid_rows: 'valid rows, no copies',
    unique_valid_amount: 'valid amount, no copies',
    customers: 'customers who bought',
    customer_ids: 'customer ids seen',
    files_taken: 'new files',
    as_of: 'as of',
    peak_rss_mb: 'peak memory, MB',
    stages: 'seconds by stage',
    levels: 'RFM levels',
  },
}
