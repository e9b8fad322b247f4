import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPlatform } from '../../src/platform.ts'
import { createServer, createTasks } from '../../src/server/index.ts'
import { webDir } from './web-dir.ts'

export interface LiveServer {
  readonly address: string
  /** One-time code of the first login. */
  readonly setupToken: string
  close(): Promise<void>
}

/** The real server over a real platform in a temporary home, on a free port. */
export async function startServer(): Promise<LiveServer> {
  const home = await mkdtemp(join(tmpdir(), 'tributary-browser-'))
  const platform = await openPlatform({ home })
  const tasks = createTasks(platform.clock)
  const setupToken = 'browser-test'
  const app = await createServer({
    platform,
    tasks,
    setupToken,
    machineToken: `machine-${process.pid}-${home}`,
    version: platform.version,
    webDir,
  })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    address,
    setupToken,
    async close() {
      await tasks.close()
      app.server.closeAllConnections()
      await app.close()
      await platform.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}
