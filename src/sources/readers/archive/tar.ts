import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import type { ReadLimits } from '../../limits.ts'
import { sniffKind } from '../kind.ts'
import { archiveBudget, damaged } from './budget.ts'
import { memberName } from './names.ts'
import type { Member } from './members.ts'

/**
 * Walk a tar or tar.gz once. `target` is asked for each plain file: a path to write it to, or undefined to pass over.
 * Links and devices are never followed or made.
 * @throws InputError archive_bomb, archive_damaged, archive_path
 */
export async function readTar(
  path: string,
  name: string,
  limits: ReadLimits,
  signal: AbortSignal | undefined,
  target: (member: Member) => string | undefined,
): Promise<void> {
  const { size } = await stat(path)
  const budget = archiveBudget(name, size, limits)
  const unpack = (await sniffKind(path)) === 'gzip' ? createGunzip() : new PassThrough()
  const entries = extract()
  const reading = pipeline(createReadStream(path), unpack, budget.meter(), entries, { signal })
  // the loop below reports the failure; without this a failure before it starts would be unhandled
  reading.catch(() => {})
  try {
    for await (const entry of entries) {
      budget.entry()
      const { header } = entry
      const to =
        header.type === 'file' ? target({ name: memberName(header.name, name), bytes: header.size ?? 0 }) : undefined
      if (to) await pipeline(entry, createWriteStream(to, { flags: 'w' }))
      else entry.resume()
    }
    await reading
  } catch (error) {
    // the pipeline knows the first cause, the loop only that the stream was closed
    const cause = await reading.then(
      () => error,
      (first: unknown) => first,
    )
    throw damaged(name, error instanceof Error && error.name === 'InputError' ? error : cause)
  }
}
