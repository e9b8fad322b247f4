import type { Verb } from '../verbs.ts'
import { findProject, withPlatform } from '../open.ts'

/** List segments, or count a rule. */
export const segments: Verb = {
  usage: 'segments [project]',
  text: { zh: '列出分群，或试算一条规则', en: 'list segments, or count a rule' },
  options: [
    ['--rule <text>', 'e.g. "orders.count(365d) >= 3 and last_order.days > 60"'],
    ['--save <name>', 'keep the rule under this name / 以此名保存规则'],
  ],
  async run([dir], options, context) {
    const project = findProject(dir, context)
    await withPlatform(project, async (platform) => {
      const rule = options.rule as string | undefined
      if (rule && options.save) await platform.segments.put(String(options.save), { rule }, { actor: 'cli' })
      if (rule) {
        const preview = await platform.segments.preview(rule)
        context.output.result(preview, (locale) => [
          ...preview.waterfall.map((w) => `${String(w.left).padStart(10)}  ${w.condition}`),
          locale === 'zh'
            ? `${preview.size} 位客户，共 ${preview.of} 位`
            : `${preview.size} of ${preview.of} customers`,
        ])
        return
      }
      const list = await platform.segments.list()
      context.output.result(list, (locale) =>
        list.map((s) => `${String(s.size).padStart(10)}  ${s.name.padEnd(24)} ${s.text[locale]}`),
      )
    })
  },
}
