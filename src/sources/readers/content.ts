import { open, stat } from 'node:fs/promises'
import { InputError } from '../../base/errors.ts'
import { archiveKind } from './archive/members.ts'
import { withZip } from './archive/zip.ts'
import { sniffKind } from './kind.ts'

export type Content = 'text' | 'xlsx' | 'parquet' | 'archive'

const kinds = { html: 'HTML', xml: 'XML', pdf: 'PDF', image: 'an image', binary: 'binary data' } as const

/**
 * What can be read in a file: a table format, or an archive to choose a member from.
 * @throws InputError file_empty, wrong_extension, xls_legacy, encrypted_xlsx
 */
export async function contentOf(path: string, name: string): Promise<Content> {
  const kind = await sniffKind(path)
  switch (kind) {
    case 'empty':
      throw new InputError('file_empty', { file: name })
    case 'text':
    case 'parquet':
      return kind
    case 'zip':
      return (await isOfficeFile(path, name)) ? 'xlsx' : 'archive'
    case 'tar':
      return 'archive'
    case 'gzip':
      return (await archiveKind(path)) === 'tar' ? 'archive' : 'text'
    case 'ole':
      throw new InputError((await holdsUtf16(path, 'EncryptedPackage')) ? 'encrypted_xlsx' : 'xls_legacy', {
        file: name,
      })
    default:
      throw new InputError('wrong_extension', { file: name, kind: kinds[kind] })
  }
}

/** A zip that is one document (its workbook reader tells which), not a bag of files. */
async function isOfficeFile(path: string, name: string): Promise<boolean> {
  return withZip(path, name, async (zip) => {
    let seen = 0
    return new Promise<boolean>((done) => {
      zip.on('error', () => done(false))
      zip.on('end', () => done(false))
      zip.on('entry', (entry: { fileName: unknown }) => {
        const file = String(entry.fileName)
        // OpenDocument says `mimetype` first; Office files name their parts within the first few
        if (file === '[Content_Types].xml' || /^(?:xl|word|ppt)\//.test(file) || (seen === 0 && file === 'mimetype'))
          done(true)
        else if (++seen > 2000) done(false)
        else zip.readEntry()
      })
      zip.readEntry()
    })
  })
}

/** Whether a compound file's directory names a stream; looked for in the first and last 2 MiB. */
async function holdsUtf16(path: string, word: string): Promise<boolean> {
  const { size } = await stat(path)
  const file = await open(path, 'r')
  try {
    const part = 2 * 1024 * 1024
    const wanted = Buffer.from(word, 'utf16le')
    for (const offset of [0, Math.max(0, size - part)]) {
      const buf = Buffer.alloc(Math.min(part, size))
      await file.read(buf, 0, buf.length, offset)
      if (buf.includes(wanted)) return true
    }
    return false
  } finally {
    await file.close()
  }
}
