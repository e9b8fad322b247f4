// `npm run bench`: measured figures, never asserts. `npm run bench -- NAME [arguments]` runs one of bench/*.ts.
import { readdirSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { prepare, root, sh } from './prepare.mjs'

prepare()
const all = readdirSync(join(root, 'bench')).filter((f) => f.endsWith('.ts')).map((f) => f.slice(0, -3)).sort()
const [name, ...rest] = process.argv.slice(2)
if (name && !all.includes(name)) {
  console.error(`unknown bench ${name}; there are: ${all.join(', ')}`)
  process.exit(2)
}
console.log(`${cpus().length} cores (${cpus()[0]?.model.trim()}), ${(totalmem() / 1024 ** 3).toFixed(0)} GB, Node ${process.versions.node}\n`)
let failed = 0
for (const bench of name ? [name] : all) {
  console.log(`── ${bench} ──`)
  const code = sh(process.execPath, ['--import', 'tsx', join(root, 'bench', `${bench}.ts`), ...rest], { env: { ...process.env, UV_THREADPOOL_SIZE: '16' } })
  if (code !== 0) failed += 1
  console.log('')
}
process.exit(failed ? 1 : 0)
