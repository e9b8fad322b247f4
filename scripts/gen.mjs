// `npm run gen`: registries from the plug-in folders, docs/errors.md from the error codes. `--check` only compares.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './prepare.mjs'

const registries = [
  { folder: 'src/sources/connectors', file: 'src/sources/registry.gen.ts', name: 'connectors', type: 'Connector', from: './contract.ts', cast: ' as unknown as readonly Connector[]' },
  { folder: 'src/quality/rules', file: 'src/quality/registry.gen.ts', name: 'ruleKinds', type: 'RuleKind', from: './contract.ts', cast: ' as unknown as readonly RuleKind[]' },
  { folder: 'src/insight/analyses', file: 'src/insight/registry.gen.ts', name: 'analyses', type: 'Analysis', from: './contract.ts', cast: ' as unknown as readonly Analysis[]' },
]

const camel = (file) => file.replace(/\.ts$/, '').replace(/[-_](\w)/g, (_m, c) => c.toUpperCase())

function registry({ folder, name, type, from, cast }) {
  const dir = join(root, folder)
  if (!existsSync(dir)) return undefined
  const plugins = readdirSync(dir).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !f.endsWith('.gen.ts')).sort()
  const stage = folder.split('/').pop()
  // A plug-in file exports one constant named as the file, in camel case.
  const imports = plugins.map((f) => `import { ${camel(f)} } from './${stage}/${f}'`)
  return [
    `// Written by \`npm run gen\` from ${folder}/. Do not edit.`,
    `import type { ${type} } from '${from}'`,
    ...imports,
    '',
    `export const ${name} = [`,
    ...plugins.map((f) => `  ${camel(f)},`),
    `]${cast}`,
    '',
  ].join('\n')
}

async function errorsPage() {
  const { errorCodes } = await import(pathToFileURL(join(root, 'dist/src/base/error-codes.js')).href)
  const rows = Object.entries(errorCodes).map(([code, text]) => `| \`${code}\` | ${text.en.replaceAll('|', '\\|')} | ${text.zh.replaceAll('|', '\\|')} |`)
  return ['# Error codes / 错误代码', '', 'Written by `npm run gen` from `src/base/error-codes.ts`. A code is never renamed.', '', '| code | English | 中文 |', '|---|---|---|', ...rows, ''].join('\n')
}

async function configurationPage() {
  const { configSchema } = await import(pathToFileURL(join(root, 'dist/src/config.js')).href)
  const { z } = await import('zod')
  const schema = z.toJSONSchema(configSchema, { io: 'input' })
  const rows = []
  const typeOf = (s) => s.enum?.join(' or ') ?? s.const ?? (s.anyOf ? s.anyOf.map(typeOf).join(' or ') : s.type === 'array' ? `list of ${typeOf(s.items ?? {})}` : (s.type ?? 'any'))
  const walk = (s, path) => {
    const object = s.properties ? s : s.anyOf?.find((a) => a.properties)
    if (object) for (const [key, inner] of Object.entries(object.properties)) {
      const at = [...path, key]
      if (inner.type !== 'object' || !inner.properties) rows.push(`| \`${at.join('.')}\` | ${typeOf(inner)} | ${inner.default === undefined ? '' : `\`${JSON.stringify(inner.default)}\``} | ${inner.description ?? ''} |`)
      walk(inner, at)
    }
    if (typeof s.additionalProperties === 'object') walk(s.additionalProperties, [...path, '<name>'])
  }
  walk(schema, [])
  return ['# Configuration / 配置', '', 'Written by `npm run gen` from `src/config.ts`. One file `tributary.yaml` a project; an unknown key is refused with its line. Examples: `examples/shop/tributary.yaml`, `examples/online-retail/tributary.yaml`.', '', '| key | type | default | meaning |', '|---|---|---|---|', ...rows, ''].join('\n')
}

const wanted = new Map()
for (const r of registries) {
  const text = registry(r)
  if (text) wanted.set(r.file, text)
}
if (existsSync(join(root, 'dist/src/base/error-codes.js'))) wanted.set('docs/errors.md', await errorsPage())
if (existsSync(join(root, 'dist/src/config.js'))) wanted.set('docs/configuration.md', await configurationPage())

let stale = 0
for (const [file, text] of wanted) {
  const path = join(root, file)
  const now = existsSync(path) ? readFileSync(path, 'utf8') : ''
  if (now === text) continue
  stale += 1
  if (process.argv.includes('--check')) console.error(`${file} is stale: run npm run gen`)
  else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    console.log(`wrote ${file}`)
  }
}
process.exit(process.argv.includes('--check') && stale ? 1 : 0)
