import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { constants, createGunzip, gunzipSync } from 'node:zlib'
import type { ReadLimits } from '../../limits.ts'
import { archiveBudget, damaged } from './budget.ts'

/** The first bytes inside a gzip file, from its first bytes. */
export async function gzipHead(packed: Buffer): Promise<Buffer> {
  try {
    return gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * 1024 * 1024 }).subarray(
      0,
      65_536,
    )
  } catch {
    return Buffer.alloc(0)
  }
}

/** Inflate a gzip file to `to`, counted against the caps. @throws InputError archive_bomb, archive_damaged */
export async function inflateGzip(
  path: string,
  to: string,
  name: string,
  limits: ReadLimits,
  signal?: AbortSignal,
): Promise<void> {
  const { size } = await stat(path)
  try {
    await pipeline(
      createReadStream(path),
      createGunzip(),
      archiveBudget(name, size, limits).meter(),
      createWriteStream(to, { flags: 'wx' }),
      { signal },
    )
  } catch (error) {
    throw damaged(name, error)
  }
}
