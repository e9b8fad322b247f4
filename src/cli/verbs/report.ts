import { writeFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { InputError } from '../../base/errors.ts'
import type { Verb } from '../verbs.ts'
import { findProject, withPlatform } from '../open.ts'

/** Write the six-step report. */
export const report: Verb = {
  usage: 'report [project]',
  text: { zh: '生成六步分析报告', en: 'write the six-step report' },
  options: [
    ['--out <file>', '.html, .xlsx or .pdf', './report.html'],
    ['--goal <text>', 'what the report is to answer / 分析目标'],
    ['--people <rule>', 'only these customers, in the segment language / 范围'],
    ['--as-of <day>', 'YYYY-MM-DD'],
    ['--days <n>', 'length of the window / 窗口天数'],
  ],
  async run([dir], options, context) {
    const project = findProject(dir, context)
    const out = resolve(String(options.out))
    const format = extname(out).slice(1)
    if (format !== 'html' && format !== 'xlsx' && format !== 'pdf')
      throw new InputError('bad_request', { problem: `--out ${out}: .html, .xlsx, .pdf` })
    await withPlatform(project, async (platform) => {
      const file = await platform.report(
        {
          format,
          goal: options.goal as string | undefined,
          people: options.people as string | undefined,
          asOf: options.asOf as string | undefined,
          windowDays: options.days ? Number(options.days) : undefined,
          locale: context.output.locale,
        },
        context.output.work(context.signal),
      )
      writeFileSync(out, file.bytes)
      context.output.result({ out, id: file.id, bytes: file.bytes.length }, () => [out])
    })
  },
}
