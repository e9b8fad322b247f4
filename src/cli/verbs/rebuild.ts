import type { Verb } from '../verbs.ts'
import { findProject, withPlatform } from '../open.ts'

/** Drop every table and make it again from the journal and the lake; the export hash must come out the same. */
export const rebuild: Verb = {
  usage: 'rebuild [project]',
  text: { zh: '由日志重建全部数据表并核对哈希', en: 'make all tables again from the journal and compare the hashes' },
  async run([dir], _options, context) {
    const project = findProject(dir, context)
    return withPlatform(project, async (platform) => {
      const work = context.output.work(context.signal)
      const before = await platform.hash()
      await platform.rebuild(work)
      const after = await platform.hash()
      const differ = Object.keys(after.tables).filter((t) => after.tables[t]!.hash !== before.tables[t]?.hash)
      context.output.result(
        { before: before.hash, after: after.hash, equal: before.hash === after.hash, differ },
        (locale) => [
          `${locale === 'zh' ? '重建前' : 'before'}  ${before.hash}`,
          `${locale === 'zh' ? '重建后' : 'after '}  ${after.hash}`,
          before.hash === after.hash
            ? locale === 'zh'
              ? '一致'
              : 'equal'
            : `${locale === 'zh' ? '不一致' : 'different'}: ${differ.join(', ')}`,
        ],
      )
      return before.hash === after.hash ? 0 : 1
    })
  },
}
