import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ConfigError } from '../../base/errors.ts'
import type { Verb } from '../verbs.ts'

const template = `# 百川 Tributary: one project. Every key: docs/configuration.md / 各键说明见 docs/configuration.md
zone: Asia/Shanghai
currency: CNY

sources:
  # One entry a source. Without \`map\` the columns are matched by their headers. / 不写 map 时按表头自动匹配。
  customers:
    path: \${dir}/data/customers*.csv
    as: customer
    space: shop
  orders:
    path: \${dir}/data/orders*.csv
    as: order
    space: shop

segments:
  lapsing: "orders.count(365d) >= 3 and last_order.days > 60"
`

/** A project folder to start from. */
export const init: Verb = {
  usage: 'init [dir]',
  text: { zh: '新建一个项目文件夹', en: 'make a project folder' },
  async run([dir], _options, { output }) {
    const at = resolve(dir ?? '.')
    const file = join(at, 'tributary.yaml')
    if (existsSync(file))
      throw new ConfigError('config_invalid', { file, line: 1, problem: 'exists already / 已存在', hint: '' })
    mkdirSync(join(at, 'data'), { recursive: true })
    writeFileSync(file, template)
    output.result({ file }, (locale) => [
      locale === 'zh'
        ? `已写入 ${file}。把文件放进 ${join(at, 'data')}，再运行：tributary run ${dir ?? '.'}`
        : `Wrote ${file}. Put your files into ${join(at, 'data')}, then: tributary run ${dir ?? '.'}`,
    ])
  },
}
