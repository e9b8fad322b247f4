/**
 * The whole river by stage, as a user runs it (a process of its own): the public Online Retail files and the generated
 * shop. `npm run bench -- river [retail] [shop=20k] [shop=1m]`; default: retail and shop=20k.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { spawnSync } from 'node:child_process'

const root = resolve(import.meta.dirname, '..')
const retail = resolve(root, '../shared/data/real/online_retail/raw')
const wanted = process.argv.slice(2).length ? process.argv.slice(2) : ['retail', 'shop=20k']

type Result = Record<string, unknown> & {
  seconds?: number
  peak_rss_mb?: number
  stages?: Record<string, number>
  rows_read?: number
}

function tributary(...args: string[]): Result {
  const run = spawnSync(process.execPath, [join(root, 'bin/tributary.mjs'), ...args, '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (run.status !== 0) {
    console.error(run.stderr.split('\n').slice(-5).join('\n'))
    process.exitCode = 1
  }
  return JSON.parse(run.stdout.trim().split('\n').at(-1) || '{}') as Result
}

function show(name: string, result: Result): void {
  const stages = Object.entries(result.stages ?? {})
    .map(([stage, s]) => `${stage} ${s.toFixed(2)}`)
    .join(' · ')
  console.log(
    `${name.padEnd(26)} ${String(result.rows_read ?? '').padStart(10)} rows ${String(result.seconds ?? '?').padStart(8)} s ${String(result.peak_rss_mb ?? '?').padStart(6)} MB   ${stages}`,
  )
}

for (const what of wanted) {
  const work = mkdtempSync(join(tmpdir(), 'tributary-bench-'))
  try {
    if (what === 'retail') {
      if (!existsSync(retail)) {
        console.log('retail: left out, ../shared/data/real/online_retail is absent')
        continue
      }
      const run = (): Result =>
        tributary('run', 'examples/online-retail', '--data', retail, '--home', join(work, 'home'))
      show('online retail, first run', run())
      show('online retail, second run', run())
    } else {
      const customers = what.split('=')[1] ?? '20k'
      const made = tributary('demo', 'shop', '--customers', customers, '--seed', '7', '--out', join(work, 'data'))
      console.log(`shop ${customers} generated: ${JSON.stringify(made).slice(0, 300)}`)
      const run = (): Result =>
        tributary('run', 'examples/shop', '--data', join(work, 'data'), '--home', join(work, 'home'))
      show(`shop ${customers}, first run`, run())
      show(`shop ${customers}, second run`, run())
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
