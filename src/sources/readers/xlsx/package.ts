import type yauzl from 'yauzl'
import { stat } from 'node:fs/promises'
import { posix } from 'node:path'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { InputError } from '../../../base/errors.ts'
import type { ReadLimits } from '../../limits.ts'
import { readZipEntry, withZip, zipEntries, type ZipEntry } from '../archive/zip.ts'

export interface Sheet {
  readonly name: string
  readonly hidden: boolean
  /** Part name in the package. */
  readonly part: string
}

/** An open workbook: its sheets, and its parts as streams of XML events under the caps. */
export interface Workbook {
  readonly name: string
  readonly sheets: readonly Sheet[]
  readonly date1904: boolean
  has(part: string): boolean
  /** Feed a part to handlers; `stop()` returning true ends the reading early. @throws InputError archive_bomb, xlsx_damaged */
  parse(part: string, handlers: XmlHandlers, signal?: AbortSignal): Promise<void>
}

export interface XmlHandlers {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
  /** Asked between chunks. */
  stop?(): boolean
  /** Awaited between chunks. */
  pause?(): Promise<void>
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/** @throws InputError wrong_extension (a zip that is no .xlsx), xlsx_damaged, archive_bomb */
export async function withWorkbook<T>(
  path: string,
  name: string,
  limits: ReadLimits,
  work: (book: Workbook) => Promise<T>,
): Promise<T> {
  const { size } = await stat(path)
  return withZip(path, name, async (zip) => {
    const entries = new Map<string, ZipEntry>()
    for (const e of await zipEntries(zip, name, limits)) {
      if (entries.has(e.name))
        throw new InputError('xlsx_damaged', { file: name, part: e.name, problem: 'the part is there twice' })
      entries.set(e.name, e)
    }
    const parse = (part: string, handlers: XmlHandlers, signal?: AbortSignal): Promise<void> =>
      parsePart(zip, entries, part, name, size, limits, handlers, signal)
    const { sheets, date1904 } = await readWorkbookPart(parse, entries, name)
    return work({ name, sheets, date1904, has: (part) => entries.has(part), parse })
  })
}

async function parsePart(
  zip: yauzl.ZipFile,
  entries: ReadonlyMap<string, ZipEntry>,
  part: string,
  name: string,
  packed: number,
  limits: ReadLimits,
  handlers: XmlHandlers,
  signal?: AbortSignal,
): Promise<void> {
  const entry = entries.get(part)
  if (!entry) throw new InputError('xlsx_damaged', { file: name, part, problem: 'the part is missing' })
  const guard = (bytes: number): void => {
    if (bytes > limits.workbookPartBytes)
      throw new InputError('archive_bomb', { file: name, what: 'bytes', limit: limits.workbookPartBytes })
    if (bytes > limits.ratioFloorBytes && bytes > Math.min(packed, entry.entry.compressedSize) * limits.archiveRatio)
      throw new InputError('archive_bomb', { file: name, what: 'ratio', limit: limits.archiveRatio })
  }
  // first what the package says of itself, then what really comes out
  guard(entry.bytes)
  const parser = new SaxesParser({ xmlns: false, position: false })
  let failure: Error | undefined
  parser.on('error', (error) => void (failure ??= error))
  parser.on('doctype', () => void (failure ??= new Error('a DOCTYPE is not allowed')))
  if (handlers.open) parser.on('opentag', (tag: SaxesTagPlain) => handlers.open!(local(tag.name), tag.attributes))
  if (handlers.close) parser.on('closetag', (tag: SaxesTagPlain) => handlers.close!(local(tag.name)))
  if (handlers.text) parser.on('text', handlers.text)
  const decoder = new TextDecoder('utf-8')
  const stream = await readZipEntry(zip, entry, name)
  let bytes = 0
  try {
    for await (const chunk of stream) {
      signal?.throwIfAborted()
      bytes += (chunk as Buffer).length
      guard(bytes)
      parser.write(decoder.decode(chunk as Buffer, { stream: true }))
      if (failure) throw failure
      await handlers.pause?.()
      if (handlers.stop?.()) return
    }
    parser.close()
    if (failure) throw failure
  } catch (error) {
    if (error instanceof InputError || (error as Error).name === 'AbortError') throw error
    const problem = (error as Error).message
    // the declared size was a lie
    if (/too many bytes/.test(problem))
      throw new InputError('archive_bomb', { file: name, what: 'bytes', limit: entry.bytes }, { cause: error })
    throw new InputError('xlsx_damaged', { file: name, part, problem: problem.slice(0, 200) }, { cause: error })
  } finally {
    stream.destroy()
  }
}

async function readWorkbookPart(
  parse: (part: string, handlers: XmlHandlers) => Promise<void>,
  entries: ReadonlyMap<string, ZipEntry>,
  name: string,
): Promise<{ sheets: Sheet[]; date1904: boolean }> {
  const targets = await relations(parse, '_rels/.rels', '', entries)
  const book = [...targets.values()].find((t) => t.type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml'
  if (!entries.has(book) || !/workbook\.xml$/i.test(book))
    throw new InputError('wrong_extension', { file: name, kind: zipKind([...entries.keys()]) })
  const folder = posix.dirname(book)
  const rels = await relations(parse, `${folder}/_rels/${posix.basename(book)}.rels`, folder, entries)
  const sheets: Sheet[] = []
  let date1904 = false
  await parse(book, {
    open(tag, a) {
      if (tag === 'workbookPr') date1904 = a.date1904 === '1' || a.date1904 === 'true'
      if (tag !== 'sheet') return
      const id = Object.entries(a).find(([k]) => k !== 'sheetId' && /(?:^|:)id$/.test(k))?.[1]
      const rel = id === undefined ? undefined : rels.get(id)
      // charts and macro sheets hold no rows
      if (rel && rel.type.endsWith('/worksheet'))
        sheets.push({ name: a.name ?? '', hidden: a.state === 'hidden' || a.state === 'veryHidden', part: rel.target })
    },
  })
  if (!sheets.length) throw new InputError('not_a_table', { file: name, problem: 'the workbook has no sheet' })
  return { sheets, date1904 }
}

async function relations(
  parse: (part: string, handlers: XmlHandlers) => Promise<void>,
  part: string,
  folder: string,
  entries: ReadonlyMap<string, ZipEntry>,
): Promise<Map<string, { type: string; target: string }>> {
  const found = new Map<string, { type: string; target: string }>()
  if (!entries.has(part)) return found
  await parse(part, {
    open(tag, a) {
      if (tag !== 'Relationship' || !a.Id || !a.Target || a.TargetMode === 'External') return
      const target = a.Target.startsWith('/') ? a.Target.slice(1) : posix.normalize(posix.join(folder, a.Target))
      found.set(a.Id, { type: a.Type ?? '', target })
    },
  })
  return found
}

/** What a zip without a workbook is, in words for the message. */
function zipKind(names: readonly string[]): string {
  if (names.some((n) => n.startsWith('word/'))) return 'a Word document'
  if (names.some((n) => n.startsWith('ppt/'))) return 'a PowerPoint file'
  if (names.some((n) => n === 'xl/workbook.bin')) return 'a binary Excel workbook (.xlsb)'
  if (names.includes('content.xml')) return 'an OpenDocument file'
  return 'a zip archive'
}
