// `npm run new -- rule phone_strict`: a plug-in file with its test, ready to be filled in; then `npm run gen`.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './prepare.mjs'

const [kind, name] = process.argv.slice(2)
const camel = (s) => s.replace(/[-_](\w)/g, (_m, c) => c.toUpperCase())

const kinds = {
  connector: {
    folder: 'src/sources/connectors',
    body: (n) => `import type { Connector } from '../contract.ts'

/** Finds what a ${n} source holds now. */
export const ${camel(n)}: Connector = {
  name: '${n}',
  text: { zh: '${n}', en: '${n}' },
  configure: (config) => config,
  async *find(_config, _work) {},
}
`,
  },
  rule: {
    folder: 'src/quality/rules',
    body: (n) => `import { sql } from '../../warehouse/index.ts'
import type { RuleKind } from '../contract.ts'

/** The row function and the SQL form must agree on every value; null passes. */
export const ${camel(n)}: RuleKind = {
  name: '${n}',
  text: { zh: '${n}', en: '${n}' },
  definition: { zh: '值非空即通过。', en: 'Passes when the value is not empty.' },
  dimension: 'validity',
  scope: 'value',
  params: (input) => input,
  passes: ([value]) => value === null || value === undefined || value !== '',
  fails: ([column]) => sql\`coalesce(\${column!} = '', false)\`,
  message: { zh: '{field} 的值“{value}”不合格。', en: 'The value "{value}" of {field} does not pass.' },
}
`,
  },
  analysis: {
    folder: 'src/insight/analyses',
    body: (n) => `import { z } from 'zod'
import { sql } from '../../warehouse/index.ts'
import type { Analysis } from '../contract.ts'

export const ${camel(n)}: Analysis<Record<string, never>> = {
  id: '${n}',
  layer: 'descriptive',
  name: { zh: '${n}', en: '${n}' },
  question: { zh: '范围内有多少客户？', en: 'How many customers are in scope?' },
  definition: { zh: '范围内不同 person_id 的个数。', en: 'Distinct person_id in scope.' },
  params: z.strictObject({}),
  async run(_scope, _params, tools) {
    const rows = await tools.query(sql\`select count(*) as customers from \${tools.people} as p\`)
    return { columns: [{ name: 'customers', text: { zh: '客户数', en: 'Customers' }, type: 'int', class: 'non_sensitive' }], rows }
  },
}
`,
  },
}

const chosen = kinds[kind]
if (!chosen || !/^[a-z][a-z0-9_]*$/.test(name ?? '')) {
  console.error(`usage: npm run new -- <${Object.keys(kinds).join('|')}> snake_case_name`)
  process.exit(2)
}
const path = join(root, chosen.folder, `${name}.ts`)
if (existsSync(path)) {
  console.error(`${path} exists already`)
  process.exit(2)
}
writeFileSync(path, chosen.body(name))
console.log(`wrote ${path}\nnext: fill it in, then npm run gen && npx vitest run ${chosen.folder.split('/').slice(0, 2).join('/')}`)
