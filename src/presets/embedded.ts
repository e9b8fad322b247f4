import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../base/errors.ts'
import { openLocalJournal, openLocalLake, type Journal, type Lake } from '../journal/index.ts'
import { openDuckDb, type Engine } from '../warehouse/index.ts'
import { keepReserve } from './reserve.ts'

export interface EmbeddedOptions {
  readonly home: string
  /** e.g. `4GB`; default: what the engine takes for this machine. */
  readonly memory?: string
  readonly threads?: number
}

/** One process, one machine: a segmented journal, a folder as lake, DuckDB as warehouse. */
export async function openEmbedded(
  options: EmbeddedOptions,
): Promise<{ journal: Journal; lake: Lake; openEngine: () => Promise<Engine>; tmp: string }> {
  const { home } = options
  const tmp = join(home, 'tmp')
  for (const dir of [home, tmp, join(home, 'lake'), join(home, 'uploads')])
    mkdirSync(dir, { recursive: true, mode: 0o700 })
  keepReserve(home)
  const journal = await openLocalJournal({ dir: join(home, 'journal') })
  const lake = await openLocalLake({ dir: join(home, 'lake') })
  const openEngine = (): Promise<Engine> =>
    openDuckDb({
      path: join(home, 'warehouse.duckdb'),
      tmpDir: join(tmp, 'spill'),
      memoryLimit: options.memory === undefined ? undefined : bytesOf(options.memory),
      threads: options.threads,
      allowedDirs: [join(home, 'lake'), tmp],
    })
  return { journal, lake, openEngine, tmp }
}

/** `4GB`, `512 MB`: decimal units, as the engine counts. */
function bytesOf(text: string): number {
  const m = /^(\d+(?:\.\d+)?)\s*(gb|mb)$/i.exec(text.trim())
  if (!m)
    throw new ConfigError('config_invalid', {
      file: 'tributary.yaml',
      line: 0,
      problem: `warehouse.memory: ${text}`,
      hint: '4GB, 512MB',
    })
  return Number(m[1]) * (m[2]!.toLowerCase() === 'gb' ? 1e9 : 1e6)
}
