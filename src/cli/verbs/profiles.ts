import type { Verb } from '../verbs.ts'
import { findProject, withPlatform } from '../open.ts'

/** List customers, or show one of them whole. */
export const profiles: Verb = {
  usage: 'profiles [project]',
  text: { zh: '列出客户，或查看一位客户', en: 'list customers, or show one' },
  options: [
    ['--id <person>', 'one customer with traits, keys and sources / 查看一位客户'],
    ['--q <text>', 'name, pinyin, initials, phone, e-mail or id / 姓名、拼音、首字母、手机、邮箱或编号'],
    ['--segment <name>', 'only members of a segment / 只看某分群'],
    ['--limit <n>', '', '20'],
  ],
  async run([dir], options, context) {
    const project = findProject(dir, context)
    await withPlatform(project, async (platform) => {
      if (options.id) {
        const profile = await platform.profiles.get(String(options.id), platform.operator)
        context.output.result(profile, () => [JSON.stringify(profile, null, 2)])
        return
      }
      const page = await platform.customers(
        { q: options.q as string, segment: options.segment as string, limit: Number(options.limit) },
        platform.operator,
      )
      context.output.result(page, (locale) => [
        ...page.items.map(
          (c) =>
            `${c.personId}  ${(c.name ?? '—').padEnd(10)} ${String(c.region ?? '').padEnd(8)} ${String(c.orders).padStart(5)}  ${c.amount.toFixed(2).padStart(12)}  ${c.rfmLevel ?? ''}`,
        ),
        locale === 'zh' ? `共 ${page.total ?? page.items.length} 位` : `${page.total ?? page.items.length} in all`,
      ])
    })
  },
}
