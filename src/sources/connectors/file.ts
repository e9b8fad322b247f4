import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve, sep } from 'node:path'
import { z } from 'zod'
import { ConfigError, InputError } from '../../base/errors.ts'
import type { Connector, FoundFile } from '../contract.ts'
import { globPattern, isGlob, matchesAny, splitGlob } from '../glob.ts'
import { listMembers } from '../readers/archive/members.ts'

export interface FileSourceConfig {
  /** A file, a folder (with all its subfolders), a glob, or an archive. */
  readonly path: string
  /** Only files that match one of these; default: every format that can be read. */
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
}

const schema = z.strictObject({
  path: z.string().min(1),
  include: z.array(z.string().min(1)).optional(),
  exclude: z.array(z.string().min(1)).optional(),
})

const readable = ['*.{csv,tsv,tab,txt,xlsx,xlsm,json,ndjson,jsonl,parquet}', '*.{csv,tsv,txt,json,ndjson,jsonl}.gz']
const archives = ['*.{zip,tar.gz,tgz,tar}']
/** Lock files of Excel, resource forks of macOS, hidden files. */
const litter = /(?:^|\/)(?:\.|~\$|__MACOSX(?:\/|$))/

export const file: Connector<FileSourceConfig> = {
  name: 'file',
  text: { zh: '文件、文件夹或压缩包', en: 'Files, folders or archives' },

  configure(config) {
    const parsed = schema.safeParse(config)
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    throw new ConfigError('source_config', {
      connector: 'file',
      field: issue?.path.join('.') || issue?.code,
      problem: issue?.message,
    })
  },

  async *find(config, work) {
    const path = config.path.replaceAll(sep, '/')
    const globbed = isGlob(path) && !(await stat(path).catch(() => undefined))
    const { base, pattern } = globbed ? splitGlob(path) : { base: path, pattern: undefined }
    const root = resolve(base)
    const found = await stat(root).catch(() => undefined)
    if (!found) throw new InputError('file_not_found', { file: base })
    // a file that is named outright is read whatever its extension is
    const named = found.isFile()
    const wanted = (inner: string): boolean => {
      if (config.exclude && matchesAny(inner, config.exclude)) return false
      // a name or a glob says enough: only folders and archives are sifted by extension
      const chosen = (named || pattern !== undefined) && !inner.includes('!')
      return (chosen && !config.include) || matchesAny(inner, config.include ?? readable)
    }
    const paths = named ? [basename(root)] : await walk(root)
    for (const relative of paths.sort()) {
      work.signal?.throwIfAborted()
      if (pattern && !globPattern(pattern).test(relative)) continue
      if (!named && litter.test(relative)) continue
      const localPath = named ? root : join(root, relative)
      const isArchive = matchesAny(relative, archives)
      if (!isArchive) {
        if (wanted(relative)) yield await foundFile(relative, localPath)
        continue
      }
      if (config.exclude && matchesAny(relative, config.exclude)) continue
      const archive = await foundFile(relative, localPath)
      const listed = await listMembers(localPath, { signal: work.signal }).catch((error: unknown) => {
        if (!named && error instanceof InputError) return undefined
        throw error
      })
      if (!listed) {
        // One damaged archive must not hide the files beside it: whoever reads it is told why it cannot be.
        yield archive
        continue
      }
      const members = listed.filter((m) => !litter.test(m.name))
      for (const member of members.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const inner = `${relative}!${member.name}`
        if (wanted(inner)) yield { ...archive, path: inner, member: member.name, bytes: member.bytes }
      }
    }
  },
}

async function foundFile(path: string, localPath: string): Promise<FoundFile> {
  const info = await stat(localPath)
  return {
    path,
    localPath,
    bytes: info.size,
    modifiedMs: info.mtimeMs,
    stamp: `${info.size}:${info.mtimeMs}:${info.ino}`,
  }
}

/** All files below a folder, relative, with `/`. Linked folders are not entered: a circle would never end. */
async function walk(root: string): Promise<string[]> {
  const found: string[] = []
  const enter = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const relative = folder ? `${folder}/${entry.name}` : entry.name
      if (entry.isDirectory()) {
        if (!litter.test(relative)) await enter(relative)
      } else if (entry.isFile()) found.push(relative)
      else if (entry.isSymbolicLink() && (await stat(join(root, relative)).catch(() => undefined))?.isFile())
        found.push(relative)
    }
  }
  await enter('')
  return found
}
