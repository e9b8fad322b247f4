import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, chmod, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InputError, RetryableError } from '../../base/errors.ts'
import type { Lake } from '../contract.ts'
import { processLives } from './lock.ts'
import { defaultReserveBytes, diskReserve } from './reserve.ts'
import { syncFolder, writeAll } from './segment.ts'

export interface LocalLakeOptions {
  readonly dir: string
  /** Free space that new contents leave untouched; default 64 MiB. */
  readonly reserveBytes?: number
  /** Free bytes of the disk; given by tests. */
  readonly freeBytes?: () => number
}

const checkEvery = 4 * 1024 * 1024

/**
 * Files under `<first two digits>/<sha256>`; what is still being written stands under `tmp/`.
 * A content appears under its name whole and durable, or not at all.
 */
export async function openLocalLake(options: LocalLakeOptions): Promise<Lake> {
  const dir = resolve(options.dir)
  const tmp = join(dir, 'tmp')
  await mkdir(tmp, { recursive: true })
  await sweep(tmp)
  const reserve = diskReserve(dir, options.reserveBytes ?? defaultReserveBytes, options.freeBytes)
  const path = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new InputError('lake_name', { name: sha256 })
    return join(dir, sha256.slice(0, 2), sha256)
  }
  const has = (sha256: string) => exists(path(sha256))

  /** Hash while copying: the bytes that are kept are the bytes that were hashed, even if the file changes meanwhile. */
  const copy = async (content: AsyncIterable<Uint8Array>, to: string, signal?: AbortSignal) => {
    const hash = createHash('sha256')
    const handle = await open(to, 'wx')
    let bytes = 0
    let checked = -checkEvery
    try {
      for await (const chunk of content) {
        signal?.throwIfAborted()
        if (bytes - checked >= checkEvery) {
          reserve.check(chunk.length)
          checked = bytes
        }
        hash.update(chunk)
        await writeAll(handle, chunk, bytes)
        bytes += chunk.length
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    return { sha256: hash.digest('hex'), bytes }
  }

  return {
    async put(content, signal) {
      const draft = join(tmp, `${process.pid}-${randomUUID()}`)
      try {
        const stored = await copy('path' in content ? fileChunks(content.path) : content, draft, signal)
        const target = path(stored.sha256)
        if (await exists(target)) return stored
        const folder = join(target, '..')
        if (await mkdir(folder, { recursive: true })) await syncFolder(dir)
        await chmod(draft, 0o444)
        await rename(draft, target)
        await syncFolder(folder)
        return stored
      } catch (error) {
        throw reserve.refusal(error) ?? error
      } finally {
        await rm(draft, { force: true })
      }
    },
    path,
    has,
    async remove(sha256) {
      const target = path(sha256)
      if (!(await exists(target))) return
      await rm(target, { force: true })
      await syncFolder(join(target, '..'))
    },
  }
}

async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: 1024 * 1024 })
  } catch (error) {
    throw new RetryableError('lake_source', { path, problem: (error as Error).message }, { cause: error })
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** Drafts of processes that are gone. */
async function sweep(tmp: string): Promise<void> {
  for (const name of await readdir(tmp)) {
    const pid = Number(name.split('-')[0])
    if (!Number.isInteger(pid) || pid <= 0 || !processLives(pid)) await rm(join(tmp, name), { force: true })
  }
}
