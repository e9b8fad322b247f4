import { createWriteStream } from 'node:fs'
import { extname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { InputError } from '../../base/errors.ts'
import type { Verb } from '../verbs.ts'
import { findProject, withPlatform } from '../open.ts'

/** Write customers, quarantined rows or the definitions to a file. */
export const exportVerb: Verb = {
  usage: 'export <what> [project]',
  text: {
    zh: '导出 customers、template、quarantine、definitions 或 hash',
    en: 'export customers, template, quarantine, definitions or hash',
  },
  options: [
    ['--out <file>', '.csv, .xlsx or .yaml', './export.csv'],
    ['--segment <name>', 'only members of a segment / 只导出某分群'],
    ['--encoding <utf-8|gb18030>', '', 'utf-8'],
  ],
  async run([what, dir], options, context) {
    const project = findProject(dir, context)
    const out = resolve(String(options.out))
    await withPlatform(project, async (platform) => {
      if (what === 'hash') {
        const hash = await platform.hash()
        context.output.result(hash, () => [hash.hash])
        return
      }
      if (what !== 'customers' && what !== 'template' && what !== 'quarantine' && what !== 'definitions')
        throw new InputError('not_found', { what: 'export', name: String(what) })
      const content = await platform.export(
        {
          what,
          format: extname(out).slice(1),
          segment: options.segment as string | undefined,
          encoding: String(options.encoding),
          locale: context.output.locale,
        },
        platform.operator,
      )
      await pipeline(content, createWriteStream(out))
      context.output.result({ out }, () => [out])
    })
  },
}
