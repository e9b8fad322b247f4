import { resolve } from 'node:path'
import { InputError } from '../../base/errors.ts'
import { generateShop } from '../../../examples/shop/generate.ts'
import type { Verb } from '../verbs.ts'

/** `2000`, `20k`, `1m`. */
export function parseCount(text: string): number {
  const m = /^(\d+(?:\.\d+)?)([km]?)$/i.exec(text.trim())
  const n = m
    ? Number(m[1]) * (m[2]?.toLowerCase() === 'm' ? 1_000_000 : m[2]?.toLowerCase() === 'k' ? 1000 : 1)
    : Number.NaN
  if (!Number.isInteger(n) || n < 1) throw new InputError('bad_request', { problem: `--customers ${text}` })
  return n
}

/** Generate the demo shop's files; nothing is imported. */
export const demo: Verb = {
  usage: 'demo <world>',
  text: { zh: '生成演示数据（shop：连锁服饰店）', en: 'generate demo data (shop: a clothing chain)' },
  options: [
    ['--customers <n>', '2000, 20k … 1m', '2000'],
    ['--seed <n>', 'same seed, same files / 种子相同则文件相同', '7'],
    ['--out <dir>', 'folder for the files / 输出目录', './shop-data'],
  ],
  async run([world], options, { output, signal }) {
    if (world !== 'shop') throw new InputError('not_found', { what: 'demo', name: world })
    const customers = parseCount(String(options.customers))
    const dir = resolve(String(options.out))
    const summary = await generateShop({
      customers,
      seed: Number(options.seed),
      dir,
      progress: output.work(signal).progress,
    })
    output.result({ dir, ...summary }, (locale) => [
      `${locale === 'zh' ? '已生成' : 'generated'} ${customers} → ${dir}`,
      locale === 'zh'
        ? `下一步：npx --no-install tributary run examples/shop --data ${dir}`
        : `next: npx --no-install tributary run examples/shop --data ${dir}`,
    ])
  },
}
