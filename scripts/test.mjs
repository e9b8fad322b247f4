// `npm test` from nothing: install, build, the system's Chromium where it may, then every suite.
// The last line is always `N passed, N failed[, N skipped]`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './chromium.mjs'
import { prepare, root } from './prepare.mjs'

prepare()
const chromium = ensureChromium()
const out = mkdtempSync(join(tmpdir(), 'tributary-test-'))
const total = { passed: 0, failed: 0, skipped: 0 }
const skipped = []
const only = process.argv.slice(2)

for (const project of ['unit', 'system', 'browser']) {
  if (only.length && !only.includes(project)) continue
  const report = join(out, `${project}.json`)
  const started = Date.now()
  console.log(`\n── ${project} ──`)
  const run = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, UV_THREADPOOL_SIZE: '16', ...(chromium ? { CHROMIUM_PATH: chromium } : {}) } },
  )
  let result
  try {
    result = JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    result = { numPassedTests: 0, numFailedTests: 1, testResults: [] }
    console.error(`${project}: no report was written (exit code ${run.status})`)
  }
  total.passed += result.numPassedTests
  total.failed += result.numFailedTests
  // A suite that could not even be loaded has no failed test, yet it failed.
  const broken = result.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed')).length
  total.failed += broken
  if (run.status !== 0 && result.numFailedTests === 0 && broken === 0) total.failed += 1
  for (const file of result.testResults) {
    for (const t of file.assertionResults) {
      if (t.status === 'skipped' || t.status === 'pending' || t.status === 'todo') {
        total.skipped += 1
        skipped.push(t.fullName)
      }
    }
  }
  const slowest = result.testResults
    .map((f) => ({ name: f.name?.replace(`${root}/`, ''), seconds: (f.endTime - f.startTime) / 1000 }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, 6)
  console.log(`${project}: ${((Date.now() - started) / 1000).toFixed(1)} s; slowest: ${slowest.map((f) => `${f.name} ${f.seconds.toFixed(1)}`).join(', ')}`)
}
rmSync(out, { recursive: true, force: true })
if (!chromium) console.log('\nLEFT OUT: all browser and PDF tests, because no Chromium was found (set CHROMIUM_PATH). / 未找到 Chromium，浏览器与 PDF 测试已略过。')
if (skipped.length) console.log(`\nSKIPPED (${skipped.length}):\n${skipped.map((name) => `  - ${name}`).join('\n')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`)
process.exit(total.failed ? 1 : 0)
