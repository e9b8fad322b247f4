import { mkdirSync } from 'node:fs'
import { totalmem } from 'node:os'
import { resolve } from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { wrapError } from './errors.ts'

export interface DuckDbOptions {
  /** File of the database, or `:memory:`. */
  readonly path: string
  /** Where the engine may spill; made if it is not there. */
  readonly tmpDir: string
  /** Bytes; default the smaller of 4 GB and 60 % of the memory. */
  readonly memoryLimit?: number
  /** Default: as many as the machine has. */
  readonly threads?: number
  /** The only folders (with all below) that statements may read from and write to, besides `tmpDir`. */
  readonly allowedDirs: readonly string[]
}

/**
 * Open the database, harden it, lock its configuration.
 * @throws RetryableError warehouse_locked (another process has it), warehouse_fatal (damaged: throw it away, rebuild)
 */
export async function openInstance(options: DuckDbOptions): Promise<DuckDBInstance> {
  mkdirSync(options.tmpDir, { recursive: true, mode: 0o700 })
  const memory = options.memoryLimit ?? Math.min(4e9, totalmem() * 0.6)
  try {
    const instance = await DuckDBInstance.create(options.path, {
      memory_limit: `${Math.floor(memory / 1e6)}MB`,
      temp_directory: options.tmpDir,
      preserve_insertion_order: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      // Each checkpoint stops the writer: not after every 16 MB.
      checkpoint_threshold: '256MB',
      ...(options.threads ? { threads: String(options.threads) } : {}),
    })
    const connection = await instance.connect()
    const folders = [options.tmpDir, ...options.allowedDirs].map((dir) => `'${resolve(dir).replaceAll("'", "''")}'`)
    await connection.run(`set global timezone = 'UTC'`)
    await connection.run(`set global allowed_directories = [${folders.join(', ')}]`)
    await connection.run('set global enable_external_access = false')
    await connection.run('set global lock_configuration = true')
    connection.closeSync()
    return instance
  } catch (error) {
    throw wrapError(error, '', { path: options.path, opening: true })
  }
}

/** A place to stand in a queue: at most `size` at a time, in order of arrival. */
export function places(size: number): <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  let free = size
  const waiting: (() => void)[] = []
  return async (work, signal) => {
    if (free > 0) free--
    else
      await new Promise<void>((go, stop) => {
        const enter = (): void => {
          signal?.removeEventListener('abort', leave)
          go()
        }
        const leave = (): void => {
          waiting.splice(waiting.indexOf(enter), 1)
          stop(wrapError(signal?.reason, '', { aborted: true }))
        }
        if (signal?.aborted) return stop(wrapError(signal.reason, '', { aborted: true }))
        signal?.addEventListener('abort', leave, { once: true })
        waiting.push(enter)
      })
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}

/** Connections kept for the next reader; never more than there are places. */
export function connectionPool(instance: DuckDBInstance): {
  take(): Promise<DuckDBConnection>
  give(connection: DuckDBConnection): void
  close(): void
} {
  const idle: DuckDBConnection[] = []
  let closed = false
  return {
    take: async () => idle.pop() ?? (await instance.connect()),
    give: (connection) => {
      if (closed) connection.closeSync()
      else idle.push(connection)
    },
    close: () => {
      closed = true
      for (const connection of idle.splice(0)) connection.closeSync()
    },
  }
}
