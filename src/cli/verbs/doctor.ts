import { existsSync, statfsSync } from 'node:fs'
import { findChromium } from '../../base/chromium.ts'
import type { Verb } from '../verbs.ts'
import { findProject, runningServer, withPlatform } from '../open.ts'

interface Finding {
  readonly what: string
  readonly ok: boolean
  readonly detail: string
}

/** Look at the machine and at the data directory, and say what is wrong and how to mend it. */
export const doctor: Verb = {
  usage: 'doctor [project]',
  text: { zh: '检查运行环境与数据目录', en: 'check the machine and the data directory' },
  async run([dir], _options, context) {
    const project = findProject(dir, context)
    const findings: Finding[] = []
    const [major, minor] = process.versions.node.split('.').map(Number)
    findings.push({ what: 'node', ok: major! > 20 || (major === 20 && minor! >= 19), detail: process.versions.node })
    const chromium = findChromium()
    findings.push({
      what: 'chromium (PDF)',
      ok: Boolean(chromium),
      detail: chromium ?? 'not found: reports come as HTML and Excel; set CHROMIUM_PATH / 未找到',
    })
    const running = runningServer(project.home)
    findings.push({
      what: 'server',
      ok: true,
      detail: running ? `${running.address} (pid ${running.pid})` : 'not running / 未运行',
    })
    if (existsSync(project.home)) {
      const disk = statfsSync(project.home)
      const free = disk.bavail * disk.bsize
      findings.push({ what: 'disk', ok: free > 1024 ** 3, detail: `${(free / 1024 ** 3).toFixed(1)} GB free` })
      if (!running) {
        await withPlatform(project, async (platform) => {
          const health = await platform.health()
          findings.push({
            what: 'journal',
            ok: health.journal.damage === 0 && health.journal.writable,
            detail: `head ${health.journal.head}, damage ${health.journal.damage}`,
          })
          findings.push({
            what: 'warehouse',
            ok: !health.projection.broken,
            detail:
              health.projection.broken ?? `position ${health.projection.position}, behind ${health.projection.lag}`,
          })
          for (const balance of await platform.balances()) {
            findings.push({
              what: `balance ${balance.source}`,
              ok: balance.balanced,
              detail: `${balance.read} = ${balance.stored} + ${balance.duplicate} + ${balance.quarantined} + ${balance.skipped}`,
            })
          }
        })
      }
    }
    context.output.result({ findings }, () =>
      findings.map((f) => `${f.ok ? '✓' : '✗'} ${f.what.padEnd(18)} ${f.detail}`),
    )
    return findings.every((f) => f.ok || f.what.startsWith('chromium')) ? 0 : 1
  },
}
