import { mkdtemp, rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { canonicalJson } from '../../base/ids.ts'
import { InputError } from '../../base/errors.ts'
import { id, join, raw, sql, type Sql, type Writer } from '../../warehouse/index.ts'
import type { Judge, JudgedAs, Mapping } from '../contract.ts'
import { compileMapping, type CompiledMapping } from '../mapping/compile.ts'
import { stagedColumns, type StagedColumns } from '../mapping/columns.ts'
import { writeBatches, type Counted } from './batches.ts'
import { dataColumns, prepareFiles, scanOf, type Incoming, type Prepared } from './files.ts'
import { temp } from './names.ts'
import { holdFailures, holdRows, holdUnread } from './quarantine.ts'
import { settle } from './settle.ts'
import type { Loading } from './loading.ts'

/** Bytes of source files that are staged in one scan; one bigger file goes alone. The engine waits for the first, so it is small. */
const firstScanBytes = 32 * 1024 ** 2
const scanBytes = 192 * 1024 ** 2

/** Load batches into the domain tables, quarantine and their counts, in order. Deterministic: see README. */
export async function loadBatches(batches: readonly Incoming[], to: Loading): Promise<void> {
  const chunks = [...chunksBySize(batches)]
  const prepare = (i: number): Promise<PreparedChunk> | undefined => {
    const going = chunks[i] && prepareChunk(chunks[i], to)
    // Its failure is told when its turn comes; until then nobody waits for it.
    going?.catch(() => undefined)
    return going
  }
  let next = prepare(0)
  try {
    for (let i = 0; next; i++) {
      const { dir, prepared } = await next
      // The preparation works here, loading in the engine: while one chunk is loaded, the next is prepared.
      next = prepare(i + 1)
      try {
        for (const run of runs(prepared)) {
          to.work.signal?.throwIfAborted()
          await loadRun(run, to)
          to.work.progress.advance(run.reduce((n, p) => n + p.manifest.bytes, 0))
        }
      } finally {
        await rm(dir, { recursive: true, force: true })
      }
    }
  } finally {
    const left = await next?.catch(() => undefined)
    if (left) await rm(left.dir, { recursive: true, force: true })
  }
}

interface PreparedChunk {
  readonly dir: string
  readonly prepared: readonly Prepared[]
}

async function prepareChunk(chunk: readonly Incoming[], to: Loading): Promise<PreparedChunk> {
  const dir = await mkdtemp(joinPath(to.tmp, 'intake-'))
  try {
    return { dir, prepared: await prepareFiles(chunk, to.reader, to.lake, dir, to.work.signal) }
  } catch (error) {
    await rm(dir, { recursive: true, force: true })
    throw error
  }
}

function* chunksBySize(batches: readonly Incoming[]): Iterable<Incoming[]> {
  let chunk: Incoming[] = []
  let bytes = 0
  let limit = firstScanBytes
  for (const b of batches) {
    if (chunk.length && bytes + b.manifest.bytes > limit) {
      yield chunk
      chunk = []
      bytes = 0
      limit = Math.min(limit * 2, scanBytes)
    }
    chunk.push(b)
    bytes += b.manifest.bytes
  }
  if (chunk.length) yield chunk
}

/** Neighbours with the same source, mapping and columns go together; a path that comes twice begins a new run. */
function* runs(prepared: readonly Prepared[]): Iterable<Prepared[]> {
  let run: Prepared[] = []
  let key = ''
  for (const p of prepared) {
    const k = canonicalJson([
      p.manifest.source,
      p.manifest.mapping,
      // Rules may have changed between two takes, and some look at the clock.
      p.takenAt,
      p.file?.columns ?? null,
      p.file?.format ?? null,
      p.file?.rowColumn ?? null,
    ])
    if (run.length && (k !== key || run.some((r) => r.manifest.path === p.manifest.path))) {
      yield run
      run = []
    }
    run.push(p)
    key = k
  }
  if (run.length) yield run
}

async function loadRun(run: readonly Prepared[], to: Loading): Promise<void> {
  const failed = run.filter((p) => p.failure)
  if (failed.length) return holdFailures(failed, to)
  const first = run[0]!
  const columns = dataColumns(first.file!)
  let mapping: CompiledMapping
  try {
    mapping = compileFor(first.manifest.mapping, columns, to.judge, first.manifest.source, to.zone, {
      position: first.batch,
      time: first.takenAt,
    })
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return holdFailures(
      run.map((p) => ({ ...p, failure: error })),
      to,
    )
  }
  const { writer } = to
  await writer.stage(
    temp.stage,
    run.map((p) => scanOf(p.file!)),
  )
  await makeRows(
    writer,
    run.map((p) => ({ batch: p.batch, path: p.manifest.path })),
    mapping,
  )
  const [held] = await writer.query<{ n: number }>(
    sql`select count(*) as n from ${id(temp.rows)} where "_held" and not "_skip"`,
  )
  // The cells as text are needed again only for rows that go to quarantine: a big file does not keep both.
  if (!held!.n) await writer.run(sql`drop table ${raw('temp.')}${id(temp.stage)}`)
  const counted: Counted[] = await settle(
    mapping,
    { source: first.manifest.source, batches: run.map((p) => p.batch) },
    writer,
  )
  await holdRows(mapping, columns, first.manifest.source, writer)
  const unread = await holdUnread(run, mapping, writer)
  await writeBatches(run, counted, unread, mapping.space, writer)
  await dropTemps(writer)
}

/** The mapping over staged columns, with the capture rules of quality. */
export function compileFor(
  mapping: Mapping,
  columns: readonly { name: string; staged: string }[],
  judge: Judge,
  source: string,
  zone: string,
  as?: JudgedAs,
): CompiledMapping {
  const staged: StagedColumns = stagedColumns(
    columns.map((c) => c.name),
    (i) => sql`s.${id(columns[i]!.staged)}`,
  )
  const fields = compileMapping(mapping, staged, { source, zone }).fields
  return compileMapping(mapping, staged, { source, zone, rules: judge(mapping.dataset, fields, as) })
}

/** Files and words beside the staged cells, then the one pass that casts, standardises and judges. */
export async function makeRows(
  writer: Writer,
  files: readonly { batch: number; path: string }[],
  mapping: CompiledMapping,
): Promise<void> {
  await writer.run(
    valuesTable(
      temp.files,
      ['_file', 'batch', 'path'],
      files.map((f, i) => [sql`cast(${i} as integer)`, sql`cast(${f.batch} as bigint)`, sql`${f.path}`]),
    ),
  )
  await writer.run(
    valuesTable(
      temp.words,
      ['kind', 'word', 'standard'],
      mapping.words.map((w) => [sql`${w.kind}`, sql`${w.word}`, sql`${w.standard}`]),
    ),
  )
  await writer.run(
    sql`create or replace temp table ${id(temp.rows)} as\n${mapping.mapped(temp.stage, temp.files, temp.words)}`,
  )
}

function valuesTable(name: string, columns: readonly string[], rows: readonly (readonly Sql[])[]): Sql {
  const head = sql`create or replace temp table ${id(name)} as`
  if (rows.length === 0)
    return sql`${head} select ${join(columns.map((c) => sql`cast(null as varchar) as ${id(c)}`))} where false`
  const body = rows.map((row) => sql`(${join(row)})`)
  return sql`${head} select * from (values ${join(body)}) as v(${join(columns.map((c) => id(c)))})`
}

export async function dropTemps(writer: Writer): Promise<void> {
  for (const name of Object.values(temp)) await writer.run(sql`drop table if exists ${raw('temp.')}${id(name)}`)
}
