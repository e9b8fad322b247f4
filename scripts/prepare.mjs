// Brings a fresh clone to where it can run: dependencies from the lockfile (no install scripts), then the build.
// Dependency-free on purpose: it runs before anything is installed. Each step is skipped when its inputs are unchanged.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

export function sh(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  return done.status ?? 1
}

function must(what, command, args) {
  const started = Date.now()
  process.stdout.write(`· ${what} …\n`)
  const code = sh(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (code !== 0) {
    console.error(`${what}: failed with code ${code} / 失败`)
    process.exit(code)
  }
  process.stdout.write(`  ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
}

function* files(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name.startsWith('.')) continue
    const path = join(dir, entry.name)
    if (entry.isDirectory()) yield* files(path)
    else yield path
  }
}

function digest(paths) {
  const hash = createHash('sha256')
  for (const path of paths.sort()) hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

function unchanged(name, value) {
  const file = join(root, 'node_modules', '.tributary', name)
  return existsSync(file) && readFileSync(file, 'utf8') === value
}

function remember(name, value) {
  const dir = join(root, 'node_modules', '.tributary')
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, name), value)
}

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} is too old: 20.19 or newer is needed. / Node 版本过低，需要 20.19 或更高。`)
    process.exit(2)
  }
}

export function install() {
  const lock = digest([join(root, 'package-lock.json'), join(root, 'package.json'), join(root, 'web', 'package.json')])
  if (!unchanged('install', lock)) {
    must('Installing from the lockfile / 按锁文件安装依赖', process.platform === 'win32' ? 'npm.cmd' : 'npm', [
      'ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error',
    ])
    remember('install', lock)
  }
  linkBin()
}

/** npm does not link a package's own command into its own node_modules; `npx --no-install tributary` looks there. */
function linkBin() {
  const link = join(root, 'node_modules', '.bin', 'tributary')
  if (existsSync(link) || process.platform === 'win32') return
  rmSync(link, { force: true })
  symlinkSync(join('..', '..', 'bin', 'tributary.mjs'), link)
}

export function build() {
  const inputs = (dirs, extra) => digest([...dirs.flatMap((d) => (existsSync(join(root, d)) ? [...files(join(root, d))] : [])), ...extra.map((f) => join(root, f))])
  const server = inputs(['src', 'examples'], ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'])
  if (!unchanged('build-server', server) || !existsSync(join(root, 'dist/src/cli/main.js'))) {
    must('Building the server / 构建服务端', process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'])
    remember('build-server', server)
  }
  const web = inputs(['web', 'src/server', 'src/intake', 'src/insight'], ['package-lock.json'])
  if (!unchanged('build-web', web) || !existsSync(join(root, 'web/dist/index.html'))) {
    must('Building the web app / 构建网页', process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', 'web', '--logLevel', 'warn'])
    remember('build-web', web)
  }
}

export function prepare() {
  checkNode()
  install()
  build()
}

if (process.argv[1] && statSync(process.argv[1]).isFile() && fileURLToPath(import.meta.url) === process.argv[1]) prepare()
