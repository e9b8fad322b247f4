// `npm run check`: types, lint, format, generated files. Everything that can be wrong without running the product.
import { join } from 'node:path'
import { checkNode, install, root, sh } from './prepare.mjs'

checkNode()
install()
const node = (...args) => [process.execPath, args.map((a) => (a.startsWith('node_modules') || a.startsWith('scripts') ? join(root, a) : a))]
const steps = [
  ['types', ...node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json')],
  ['types of the web app', ...node('node_modules/typescript/bin/tsc', '-p', 'web/tsconfig.json', '--noEmit')],
  ['types of the browser tests', ...node('node_modules/typescript/bin/tsc', '-p', 'test/browser/tsconfig.json')],
  ['lint', ...node('node_modules/oxlint/bin/oxlint', 'src', 'test', 'bench', 'examples', 'web/src', 'scripts')],
  ['format', ...node('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', 'src', 'test', 'bench', 'examples', 'web/src', '!**/*.gen.ts')],
  ['generated files', ...node('scripts/gen.mjs', '--check')],
]
let failed = 0
for (const [name, command, args] of steps) {
  const code = sh(command, args)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`)
  if (code !== 0) failed += 1
}
process.exit(failed ? 1 : 0)
