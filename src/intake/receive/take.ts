import type { Work } from '../../base/context.ts'
import { InputError, TributaryError } from '../../base/errors.ts'
import type { Ground } from '../../governance/index.ts'
import { jsonRecord } from '../../journal/index.ts'
import type { FileReader, FoundFile, Inspection, ReadPlan } from '../../sources/index.ts'
import { sql, type Row } from '../../warehouse/index.ts'
import type { Manifest, Mapping } from '../contract.ts'
import { formats } from '../project/projector.ts'
import { stagedColumns } from '../mapping/columns.ts'
import { compileMapping } from '../mapping/compile.ts'
import { mappingOf } from '../mapping/draft.ts'
import { suggestMapping } from '../mapping/suggest.ts'
import { batchesBetween, type BatchView } from './batch-views.ts'
import { problemOf, withFile, type SourceProblem } from './problems.ts'
import { connectorOf, putMapping, type By, type Connectors, type SourceDefinition } from './source-definitions.ts'

export interface TakeDeps {
  readonly reader: FileReader
  readonly connectors: Connectors
}

/** Files are put into the lake this many at a time: an fsync waits more than it works. */
const putsAtOnce = 8
const inspectionsAtOnce = 4

export interface UploadedFile {
  readonly path: string
  readonly name: string
  readonly plan: ReadPlan
  readonly mapping: Mapping
}

/**
 * Take what is new from a source: into the lake unchanged, manifests into the journal in one append, then into the
 * tables. A file whose stamp, or whose bytes, were taken before is passed over; one that cannot be read at all, or
 * does not have the columns of the mapping, is told and tried again next time.
 * @param problem told of every file that could not be taken
 * @throws InputError when nothing was ever taken and none of the files can be; file_not_found …
 */
export async function takeSource(
  ground: Ground,
  deps: TakeDeps,
  id: string,
  definition: SourceDefinition,
  work: Work,
  problem: (problem: SourceProblem) => void,
): Promise<BatchView[]> {
  const connector = connectorOf(deps.connectors, definition.connector)
  const config = connector.configure(definition.config)
  const known = await takenBefore(ground, id)
  const version = (): number => ground.definitions.get<Mapping>('mapping', id)?.version ?? 0
  const fresh: FoundFile[] = []
  for await (const file of connector.find(config, work)) {
    const last = known.stamps.get(`${file.path}\0${file.stamp}`)
    // An import that was undone stays undone, until the mapping changes.
    if (last && (!last.undone || last.mappingVersion >= version())) continue
    fresh.push(file)
  }
  if (fresh.length === 0) return []
  work.progress.step({ zh: `读取 ${id}`, en: `Reading ${id}` }, { total: fresh.length, unit: 'files' })

  const expected = Object.values(ground.definitions.get<Mapping>('mapping', id)?.value.fields ?? {}).flatMap(
    (how) => how.column ?? [],
  )
  const puts = new Map<string, Promise<{ sha256: string; bytes: number }>>()
  const put = limited(putsAtOnce, (path: string) => ground.lake.put({ path }, work.signal))
  const problems: TributaryError[] = []
  const refuse = (file: FoundFile, error: TributaryError): void => {
    problems.push(withFile(error, file.path))
    const told = problemOf(id, error, file.path)
    problem(told)
    work.progress.note({
      zh: told.text.zh.includes(file.path) ? told.text.zh : `${file.path}：${told.text.zh}`,
      en: told.text.en.includes(file.path) ? told.text.en : `${file.path}: ${told.text.en}`,
    })
  }
  const look = limited(inspectionsAtOnce, async (file: FoundFile) => {
    let stored = puts.get(file.localPath)
    if (!stored) puts.set(file.localPath, (stored = put(file.localPath)))
    const { sha256, bytes } = await stored
    const member = memberOf(file)
    if (known.contents.has(`${sha256}\0${member ?? ''}`)) return undefined
    try {
      const choice = { ...(definition.read as Partial<ReadPlan>), ...(member ? { member } : {}) }
      const inspection = await inspectFor(deps.reader, ground.lake.path(sha256), choice, expected, work)
      work.progress.advance(1)
      return { file, sha256, bytes: member ? file.bytes : bytes, inspection }
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      refuse(file, error)
      return undefined
    }
  })
  const seen = (await Promise.all(fresh.map(look))).filter((s) => s !== undefined)
  const unique = seen.filter(
    (s, i) => seen.findIndex((o) => o.sha256 === s.sha256 && memberOf(o.file) === memberOf(s.file)) === i,
  )
  const nothing = (): BatchView[] => {
    if (problems.length && known.contents.size === 0) throw problems[0]!
    return []
  }
  if (unique.length === 0) return nothing()
  const mapping = await mappingFor(ground, id, definition, unique[0]!.inspection)
  const mappingVersion = version()
  const fitting = unique.filter(({ file, inspection }) => {
    const error = misfit(mapping, inspection.plan, id, ground.zone)
    if (error) refuse(file, error)
    return !error
  })
  if (fitting.length === 0) return nothing()
  const inspections = fitting.map((u) => u.inspection)
  for (const note of notesOf(fitting)) work.progress.note(note)
  return appendAndLoad(
    ground,
    fitting.map(({ file, sha256, bytes, inspection }) => ({
      source: id,
      path: file.path,
      sha256,
      bytes,
      plan: inspection.plan,
      mapping: withFormats(mapping, inspection, inspections),
      mappingVersion,
      stamp: file.stamp,
    })),
    'system',
    work,
  )
}

/** Files that somebody uploaded, each with the plan and mapping that were agreed on. The same bytes twice are passed over unless undone. */
export async function takeUploads(
  ground: Ground,
  id: string,
  files: readonly UploadedFile[],
  by: By,
  work: Work,
): Promise<BatchView[]> {
  if (!ground.definitions.get('source', id))
    await ground.definitions.put('source', id, { connector: 'upload', config: {} }, by)
  const known = await takenBefore(ground, id)
  const manifests: Manifest[] = []
  for (const file of files) {
    const error = misfit(file.mapping, file.plan, id, ground.zone)
    if (error) throw error
  }
  for (const file of files) {
    const mappingVersion = await putMapping(ground.definitions, id, file.mapping, by)
    const { sha256, bytes } = await ground.lake.put({ path: file.path }, work.signal)
    const content = `${sha256}\0${file.plan.member ?? ''}`
    if (known.contents.has(content)) {
      work.progress.note({
        zh: `${file.name}：内容此前已导入，跳过。`,
        en: `${file.name}: this content was taken before; passed over.`,
      })
      continue
    }
    known.contents.add(content)
    manifests.push({
      source: id,
      path: file.name,
      sha256,
      bytes,
      plan: file.plan,
      mapping: file.mapping,
      mappingVersion,
      stamp: '',
    })
  }
  return appendAndLoad(ground, manifests, by.actor, work)
}

/** What the readers warn of, once for each kind with the first file that has it: nobody reads 300 equal lines. */
function notesOf(
  seen: readonly { readonly file: FoundFile; readonly inspection: Inspection }[],
): { zh: string; en: string }[] {
  const first = new Map<string, { file: string; text: { zh: string; en: string }; files: number }>()
  for (const { file, inspection } of seen)
    for (const { code, text } of inspection.warnings) {
      const known = first.get(code)
      if (known) known.files++
      else first.set(code, { file: file.path, text, files: 1 })
    }
  return [...first.values()].map(({ file, text, files }) => ({
    zh: `${file}${files > 1 ? `（另有 ${files - 1} 个文件）` : ''}：${text.zh}`,
    en: `${file}${files > 1 ? ` (and ${files - 1} more)` : ''}: ${text.en}`,
  }))
}

/** Why a file cannot be read by a mapping: a column that is not there, an expression over one. Known before it is taken. */
function misfit(mapping: Mapping, plan: ReadPlan, source: string, zone: string): InputError | undefined {
  try {
    compileMapping(
      mapping,
      stagedColumns(plan.columns, (i) => sql`${i}`),
      { source, zone },
    )
    return undefined
  } catch (error) {
    if (error instanceof InputError) return error
    throw error
  }
}

async function appendAndLoad(
  ground: Ground,
  manifests: readonly Manifest[],
  actor: string,
  work: Work,
): Promise<BatchView[]> {
  if (manifests.length === 0) return []
  const time = ground.clock()
  const last = await ground.journal.append(
    manifests.map((m) =>
      jsonRecord(
        {
          topic: 'rows',
          kind: 'file.taken',
          format: formats['file.taken'],
          time,
          workspace: ground.workspace,
          source: m.source,
          class: 'sensitive',
          actor,
        },
        m,
      ),
    ),
  )
  work.progress.step(
    { zh: '写入统一数据', en: 'Loading rows' },
    { total: manifests.reduce((n, m) => n + m.bytes, 0), unit: 'bytes' },
  )
  await ground.projection.catchUp(work)
  return batchesBetween(ground.warehouse, last - manifests.length + 1, last)
}

/** The mapping in force; for a source without one, what its first file suggests, written down so that it can be changed. */
async function mappingFor(
  ground: Ground,
  id: string,
  definition: SourceDefinition,
  first: Inspection,
): Promise<Mapping> {
  const current = ground.definitions.get<Mapping>('mapping', id)
  if (current) return current.value
  const suggestion = suggestMapping(first, definition.dataset)
  const { space, key, zone, currency } = definition
  const more = Object.fromEntries(Object.entries({ space, key, zone, currency }).filter(([, v]) => v !== undefined))
  const mapping = mappingOf(suggestion, first, more)
  if (Object.keys(mapping.fields).length === 0)
    throw new InputError('nothing_mapped', { file: first.plan.member ?? id, dataset: mapping.dataset })
  await putMapping(ground.definitions, id, mapping, { actor: 'suggestion' })
  return ground.definitions.get<Mapping>('mapping', id)!.value
}

/**
 * A first line of words above columns of words may be taken for data: where the mapping names columns that are found
 * only with that line as header, it is one.
 */
async function inspectFor(
  reader: FileReader,
  path: string,
  choice: Partial<ReadPlan>,
  expected: readonly string[],
  work: Work,
): Promise<Inspection> {
  const inspection = await reader.inspect(path, choice, work)
  const lacks = (i: Inspection): boolean => expected.some((column) => !i.plan.columns.includes(column))
  if (inspection.plan.header !== false || choice.header !== undefined || expected.length === 0 || !lacks(inspection))
    return inspection
  const headed = await reader.inspect(path, { ...choice, header: true }, work)
  return lacks(headed) ? inspection : headed
}

/**
 * Day/month against month/day is settled by the whole sample of the file, once, in the manifest: the rows alone could
 * not tell, and a rebuild must read them alike. Formats that the mapping names stay.
 */
function withFormats(mapping: Mapping, inspection: Inspection, all: readonly Inspection[]): Mapping {
  const slashed = (of: Inspection, column: string): readonly string[] =>
    of.columns.find((c) => c.name === column)?.formats?.filter((f) => /^%[dm][-/.]/.test(f)) ?? []
  const fields = Object.entries(mapping.fields).map(([name, { column, ...how }]) => {
    const own = column && !how.formats ? slashed(inspection, column) : []
    if (!column || own.length === 0) return [name, { column, ...how }] as const
    // Files of one source are written by one hand: what one of them rules out is ruled out for all.
    const agreed = own.filter((f) =>
      all.every((other) => slashed(other, column).length === 0 || slashed(other, column).includes(f)),
    )
    return [name, { column, ...how, formats: agreed.length ? agreed : own }] as const
  })
  return { ...mapping, fields: Object.fromEntries(fields) }
}

function memberOf(file: FoundFile): string | undefined {
  const at = file.path.indexOf('!')
  return at >= 0 ? file.path.slice(at + 1) : undefined
}

async function takenBefore(
  ground: Ground,
  source: string,
): Promise<{ stamps: Map<string, { undone: boolean; mappingVersion: number }>; contents: Set<string> }> {
  const rows = await ground.warehouse
    .query<Row>(sql`select b.path, m.stamp, m.member, b.sha256, b.mapping_version, b.undone_at is not null as undone
from batch as b join batch_manifest as m on m.batch = b.batch
where b.source = ${source}
order by b.batch`)
  const stamps = new Map<string, { undone: boolean; mappingVersion: number }>()
  const contents = new Set<string>()
  for (const r of rows) {
    const undone = Boolean(r.undone)
    if (r.stamp)
      stamps.set(`${String(r.path)}\0${String(r.stamp)}`, { undone, mappingVersion: Number(r.mapping_version) })
    if (!undone) contents.add(`${String(r.sha256)}\0${String(r.member ?? '')}`)
  }
  return { stamps, contents }
}

/** At most `n` calls at once, in order. */
function limited<A, T>(n: number, call: (a: A) => Promise<T>): (a: A) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (a) => {
    if (running >= n) await new Promise<void>((go) => waiting.push(go))
    else running++
    try {
      return await call(a)
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
