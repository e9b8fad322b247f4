import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ConfigError, TributaryError } from '../base/errors.ts'
import { loadConfig, type Config } from '../config.ts'
import { openPlatform, type Platform } from '../platform.ts'
import type { VerbContext } from './main.ts'

/** A project is a folder with `tributary.yaml`; its data lie in `.tributary` below it unless `--home` says otherwise. */
export interface Project {
  readonly dir: string
  readonly file?: string
  readonly config?: Config
  readonly home: string
}

export function findProject(dir: string | undefined, context: VerbContext): Project {
  const at = resolve(dir ?? '.')
  const isFile = existsSync(at) && statSync(at).isFile()
  const folder = isFile ? resolve(at, '..') : at
  const file = isFile ? at : join(folder, 'tributary.yaml')
  if (dir !== undefined && !existsSync(file)) {
    throw new ConfigError('config_invalid', { file, line: 0, problem: 'not found / 未找到', hint: 'tributary init' })
  }
  const config = existsSync(file) ? loadConfig(file) : undefined
  return {
    dir: folder,
    file: config ? file : undefined,
    config,
    home: resolve(context.home ?? join(folder, '.tributary')),
  }
}

/** What `tributary start` leaves for other processes on this machine. */
export interface Running {
  readonly pid: number
  readonly address: string
  readonly token: string
}

export function runningServer(home: string): Running | undefined {
  try {
    const found = JSON.parse(readFileSync(join(home, 'server.json'), 'utf8')) as Running
    process.kill(found.pid, 0)
    return found
  } catch {
    return undefined
  }
}

/** Open the project's platform for one verb and close it afterwards. */
export async function withPlatform<T>(project: Project, use: (platform: Platform) => Promise<T>): Promise<T> {
  const running = runningServer(project.home)
  if (running && running.pid !== process.pid) {
    throw new TributaryError('server_running', { home: project.home, pid: running.pid, address: running.address })
  }
  const platform = await openPlatform({ home: project.home, config: project.config })
  try {
    return await use(platform)
  } finally {
    await platform.close()
  }
}
