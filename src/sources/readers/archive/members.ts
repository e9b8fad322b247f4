import { basename } from 'node:path'
import { InputError } from '../../../base/errors.ts'
import { defaultLimits, type ReadLimits } from '../../limits.ts'
import { kindOf, readHead, sniffKind } from '../kind.ts'
import { gzipHead } from './gzip.ts'
import { readTar } from './tar.ts'
import { listZip } from './zip.ts'

export interface Member {
  readonly name: string
  /** Once inflated. */
  readonly bytes: number
}

export interface ArchiveOptions {
  readonly limits?: ReadLimits
  readonly signal?: AbortSignal
  /** For messages; default the file's name. */
  readonly name?: string
}

/** `zip` and `tar` hold members, `gzip` is one compressed file; anything else is a plain file. */
export async function archiveKind(path: string): Promise<'zip' | 'tar' | 'gzip' | undefined> {
  const kind = await sniffKind(path)
  if (kind === 'zip' || kind === 'tar') return kind
  if (kind !== 'gzip') return undefined
  return kindOf(await gzipHead(await readHead(path, 4096))) === 'tar' ? 'tar' : 'gzip'
}

/**
 * The files inside a zip or tar(.gz), links and folders left out.
 * @throws InputError archive_path, archive_bomb, archive_damaged, archive_encrypted
 */
export async function listMembers(path: string, options: ArchiveOptions = {}): Promise<Member[]> {
  const name = options.name ?? basename(path)
  const limits = options.limits ?? defaultLimits
  const kind = await archiveKind(path)
  if (kind === 'zip')
    return (await listZip(path, name, limits)).map(({ name: member, bytes }) => ({ name: member, bytes }))
  if (kind !== 'tar') throw new InputError('archive_damaged', { file: name, problem: 'neither zip nor tar' })
  const members = new Map<string, Member>()
  await readTar(path, name, limits, options.signal, (member) => {
    members.set(member.name, member)
    return undefined
  })
  return [...members.values()]
}
