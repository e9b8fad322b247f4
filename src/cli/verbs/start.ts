import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TributaryError } from '../../base/errors.ts'
import { openPlatform } from '../../platform.ts'
import { createServer, createTasks, demoTask } from '../../server/index.ts'
import type { Verb } from '../verbs.ts'
import { findProject, runningServer } from '../open.ts'

/** Serve the web app and the API until the process is told to stop. */
export const start: Verb = {
  usage: 'start [project]',
  text: { zh: '启动网页与接口服务', en: 'serve the web app and the API' },
  options: [
    ['--port <n>', 'default 8090, or server.port of the project / 端口'],
    ['--host <address>', 'default 127.0.0.1 / 监听地址'],
    ['--demo-if-empty', 'load the generated demo shop when there is no data yet / 没有数据时载入演示商城'],
    ['--data <dir>', 'the ${data} of the paths in tributary.yaml / 路径中的 ${data}'],
  ],
  async run([dir], options, { output, signal, ...context }) {
    const project = findProject(dir, { output, signal, ...context })
    const running = runningServer(project.home)
    if (running)
      throw new TributaryError('server_running', { home: project.home, pid: running.pid, address: running.address })
    const platform = await openPlatform({ home: project.home, config: project.config })
    const tasks = createTasks(platform.clock)
    const state = join(project.home, 'server.json')
    try {
      if (project.config && project.file) {
        await platform.applyConfig(project.config, {
          file: project.file,
          variables: { data: options.data as string | undefined, dir: project.dir },
        })
      }
      const machineToken = randomBytes(32).toString('base64url')
      const setupToken = randomBytes(6).toString('hex')
      const app = await createServer({
        platform,
        tasks,
        setupToken,
        machineToken,
        version: platform.version,
        webDir: fileURLToPath(new URL('../../../../web/dist', import.meta.url)),
      })
      const host = String(options.host ?? project.config?.server.host ?? '127.0.0.1')
      const port = Number(options.port ?? project.config?.server.port ?? 8090)
      const address = await app.listen({ host, port })
      writeFileSync(state, JSON.stringify({ pid: process.pid, address, token: machineToken }), { mode: 0o600 })
      platform.watch()
      output.result(
        { address, home: project.home, setup_code: platform.users.count() === 0 ? setupToken : undefined },
        (locale) => [
          '',
          `  百川 Tributary  ${address}`,
          ...(platform.users.count() === 0
            ? [locale === 'zh' ? `  首次登录口令：${setupToken}` : `  one-time code for the first login: ${setupToken}`]
            : []),
          locale === 'zh' ? `  数据目录：${project.home}   停止：Ctrl-C` : `  data: ${project.home}   stop: Ctrl-C`,
          '',
        ],
      )
      if (options.demoIfEmpty && (await platform.empty())) demoTask(platform, tasks, { customers: 2000, seed: 7 })
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
      await tasks.close()
      // Event streams stay open for ever: end them rather than wait for them.
      app.server.closeAllConnections()
      await app.close()
    } finally {
      rmSync(state, { force: true })
      await platform.close()
    }
  },
}
