import { copyFile, link, mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { InputError } from '../../base/errors.ts'
import type { ReadLimits } from '../limits.ts'
import { archiveKind, type Member } from './archive/members.ts'
import { inflateGzip } from './archive/gzip.ts'
import { readTar } from './archive/tar.ts'
import { extractZipMember, noMember } from './archive/zip.ts'
import { needsTranscoding, transcode, type TextForm } from './encoding/transcode.ts'

/** A readable form of a file: itself, or something made from it that lives until it is pushed out of the cache. */
export interface Material {
  readonly path: string
  /** For messages: `archive.zip!inner/x.csv`. */
  readonly name: string
  readonly temporary: boolean
}

/**
 * Inflated members and transcoded texts, kept for the next call: a tar.gz of 305 files is walked once, not 610 times.
 * Files lie in a scratch folder under numbers, never under names from an archive.
 */
export interface Materials {
  plain(path: string, member?: string, signal?: AbortSignal): Promise<Material>
  text(material: Material, form: TextForm, signal?: AbortSignal): Promise<Material>
  /** Give a temporary material a name of its own in `workDir`, so that it outlives the cache. */
  keep(material: Material, workDir: string): Promise<string>
  close(): Promise<void>
}

const kept = 8

export function openMaterials(limits: ReadLimits, scratch: string = tmpdir()): Materials {
  let home: Promise<string> | undefined
  let numbers = 0
  /** Least recently used first; each entry owns one folder. */
  const cache = new Map<string, Promise<{ folder: string; files: ReadonlyMap<string, string> }>>()

  async function folder(): Promise<string> {
    home ??= mkdir(scratch, { recursive: true }).then(() => mkdtemp(join(scratch, 'tributary-read-')))
    const path = join(await home, String(++numbers))
    await mkdir(path)
    return path
  }

  async function cached(
    key: string,
    make: (folder: string) => Promise<ReadonlyMap<string, string>>,
  ): Promise<ReadonlyMap<string, string>> {
    let made = cache.get(key)
    cache.delete(key)
    if (!made) {
      made = folder().then(async (path) => {
        try {
          return { folder: path, files: await make(path) }
        } catch (error) {
          await rm(path, { recursive: true, force: true })
          throw error
        }
      })
      made.catch(() => cache.delete(key))
    }
    cache.set(key, made)
    for (const [old, entry] of cache) {
      if (cache.size <= kept) break
      cache.delete(old)
      void entry.then((e) => rm(e.folder, { recursive: true, force: true })).catch(() => {})
    }
    return (await made).files
  }

  const stampOf = async (path: string): Promise<string> => {
    const info = await stat(path)
    return `${path}:${info.size}:${info.mtimeMs}:${info.ino}`
  }

  return {
    async plain(path, member, signal) {
      const name = basename(path)
      const kind = await archiveKind(path)
      if (kind === undefined || (kind !== 'gzip' && member === undefined)) return { path, name, temporary: false }
      const stamp = await stampOf(path)
      if (kind === 'gzip') {
        const files = await cached(stamp, async (to) => {
          await inflateGzip(path, join(to, 'content'), name, limits, signal)
          return new Map([['', join(to, 'content')]])
        })
        return { path: files.get('')!, name: name.replace(/\.gz$/i, ''), temporary: true }
      }
      const wanted = member!
      const label = `${name}!${wanted}`
      if (kind === 'zip') {
        const files = await cached(`${stamp}!${wanted}`, async (to) => {
          await extractZipMember(path, wanted, join(to, 'content'), name, limits, signal)
          return new Map([['', join(to, 'content')]])
        })
        return { path: files.get('')!, name: label, temporary: true }
      }
      const files = await cached(stamp, async (to) => {
        const paths = new Map<string, string>()
        let n = 0
        await readTar(path, name, limits, signal, (found: Member) => {
          // a later entry of the same name replaces the earlier one, as tar does
          const place = paths.get(found.name) ?? join(to, String(++n))
          paths.set(found.name, place)
          return place
        })
        return paths
      })
      const found = files.get(wanted)
      if (!found) throw noMember(name, wanted, [...files.keys()])
      return { path: found, name: label, temporary: true }
    },

    async text(material, form, signal) {
      if (!needsTranscoding(form)) return material
      const key = `${await stampOf(material.path)}:${form.encoding}:${form.repair ?? ''}:${form.aligned ?? ''}`
      const files = await cached(key, async (to) => {
        await transcode(material.path, join(to, 'text'), form, signal)
        return new Map([['', join(to, 'text')]])
      })
      return { path: files.get('')!, name: material.name, temporary: true }
    },

    async keep(material, workDir) {
      const path = join(await mkdtemp(join(workDir, 'file-')), 'content')
      try {
        await link(material.path, path)
      } catch {
        await copyFile(material.path, path)
      }
      return path
    },

    async close() {
      const path = await home?.catch(() => undefined)
      home = undefined
      cache.clear()
      if (path) await rm(path, { recursive: true, force: true })
    },
  }
}

/** @throws InputError file_not_found, file_not_readable */
export async function existing(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new InputError('file_not_found', { file: path })
  if (!found.isFile()) throw new InputError('file_not_readable', { file: path, problem: 'not a file' })
}
