import { isUtf8 } from 'node:buffer'
import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import yauzl from 'yauzl'
import { InputError } from '../../../base/errors.ts'
import type { ReadLimits } from '../../limits.ts'
import { archiveBudget, damaged } from './budget.ts'
import { memberName } from './names.ts'

export interface ZipEntry {
  readonly name: string
  /** As declared; the actual bytes are counted while reading. */
  readonly bytes: number
  readonly entry: yauzl.Entry
}

const openZip = promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open)

/** Work with an open zip; closed afterwards. @throws InputError archive_damaged */
export async function withZip<T>(path: string, name: string, work: (zip: yauzl.ZipFile) => Promise<T>): Promise<T> {
  let zip: yauzl.ZipFile
  try {
    zip = await openZip(path, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true })
  } catch (error) {
    throw damaged(name, error)
  }
  try {
    return await work(zip)
  } finally {
    zip.close()
  }
}

/** Plain files of a zip from its directory. @throws InputError archive_bomb, archive_path, archive_damaged */
export async function zipEntries(zip: yauzl.ZipFile, name: string, limits: ReadLimits): Promise<ZipEntry[]> {
  if (zip.entryCount > limits.archiveEntries)
    throw new InputError('archive_bomb', { file: name, what: 'entries', limit: limits.archiveEntries })
  const found: ZipEntry[] = []
  let declared = 0
  await new Promise<void>((done, fail) => {
    zip.on('error', (error) => fail(damaged(name, error)))
    zip.on('end', done)
    zip.on('entry', (entry: yauzl.Entry) => {
      try {
        const member = memberName(fileName(entry), name)
        declared += entry.uncompressedSize
        if (declared > limits.archiveBytes)
          throw new InputError('archive_bomb', { file: name, what: 'bytes', limit: limits.archiveBytes })
        const unixType = (entry.externalFileAttributes >>> 28) & 0xf
        // 0xA: symbolic link
        if (!member.endsWith('/') && unixType !== 0xa)
          found.push({ name: member, bytes: entry.uncompressedSize, entry })
        zip.readEntry()
      } catch (error) {
        fail(error)
      }
    })
    zip.readEntry()
  })
  return found
}

/** Chinese archivers write names in GBK without saying so. */
function fileName(entry: yauzl.Entry): string {
  const raw = entry.fileName as unknown
  if (typeof raw === 'string') return raw
  const bytes = raw as Buffer
  return isUtf8(bytes) ? bytes.toString('utf8') : new TextDecoder('gb18030').decode(bytes)
}

export async function listZip(path: string, name: string, limits: ReadLimits): Promise<ZipEntry[]> {
  return withZip(path, name, (zip) => zipEntries(zip, name, limits))
}

/** The inflated bytes of an entry, counted. @throws InputError archive_encrypted */
export async function readZipEntry(zip: yauzl.ZipFile, entry: ZipEntry, name: string): Promise<Readable> {
  if (entry.entry.isEncrypted()) throw new InputError('archive_encrypted', { file: name, member: entry.name })
  return new Promise((done, fail) =>
    zip.openReadStream(entry.entry, (error, stream) => (error ? fail(damaged(name, error)) : done(stream))),
  )
}

/** Inflate one member to `to`. @throws InputError archive_member, archive_bomb, archive_damaged, archive_encrypted */
export async function extractZipMember(
  path: string,
  member: string,
  to: string,
  name: string,
  limits: ReadLimits,
  signal?: AbortSignal,
): Promise<void> {
  const { size } = await stat(path)
  await withZip(path, name, async (zip) => {
    const entries = await zipEntries(zip, name, limits)
    const entry = entries.find((e) => e.name === member)
    if (!entry)
      throw noMember(
        name,
        member,
        entries.map((e) => e.name),
      )
    try {
      await pipeline(
        await readZipEntry(zip, entry, name),
        archiveBudget(name, Math.min(size, entry.entry.compressedSize), limits).meter(),
        createWriteStream(to, { flags: 'wx' }),
        { signal },
      )
    } catch (error) {
      throw damaged(name, error)
    }
  })
}

export function noMember(name: string, member: string, known: readonly string[]): InputError {
  return new InputError('archive_member', {
    file: name,
    member,
    known: known.slice(0, 20).join(', ') + (known.length > 20 ? ' …' : ''),
  })
}
