import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { sql, type Writer } from '../../warehouse/index.ts'
import type { Manifest } from '../contract.ts'
import { compileFor, dropTemps, makeRows } from './load.ts'
import type { Loading } from './loading.ts'
import { temp } from './names.ts'
import { holdRows } from './quarantine.ts'
import { settle } from './settle.ts'

export interface Mend {
  readonly position: number
  /** ms since the epoch, of its record. */
  readonly time: number
  readonly batch: number
  readonly row: number
  readonly action: 'fixed' | 'discarded'
  /** Source column → new text. */
  readonly values: Readonly<Record<string, string | null>>
}

/**
 * Send mended rows through the same statements as a file's rows. A row that is not open in quarantine any more is left
 * alone, so that the same mend twice changes nothing.
 */
export async function applyMends(mends: readonly Mend[], to: Loading): Promise<void> {
  // Neighbours of one batch and action go together, each row once: a second mend of a row may build on the first.
  let run: Mend[] = []
  const flush = async (): Promise<void> => {
    if (run.length) await (run[0]!.action === 'fixed' ? mendRows(run, to) : discardRows(run, to.writer))
    run = []
  }
  for (const m of mends) {
    if (
      run.length &&
      (run[0]!.batch !== m.batch ||
        run[0]!.action !== m.action ||
        run[0]!.time !== m.time ||
        run.some((r) => r.row === m.row))
    )
      await flush()
    run.push(m)
  }
  await flush()
}

interface Held {
  readonly row: number
  readonly raw: string
  readonly rule: string
  readonly record_key: string | null
  readonly content_hash: string | null
}

async function mendRows(mends: readonly Mend[], to: Loading): Promise<void> {
  const { writer } = to
  const batch = mends[0]!.batch
  const [found] = await writer.query<{ manifest: string }>(
    sql`select m.manifest from batch_manifest as m join batch as b on b.batch = m.batch where m.batch = ${batch} and b.undone_at is null`,
  )
  if (!found) return
  const manifest = JSON.parse(found.manifest) as Manifest
  const held = new Map<number, Held>()
  for (const h of await writer.query<Held & Record<string, unknown>>(
    sql`select row, raw, rule, record_key, content_hash from quarantine where batch = ${batch} and state = 'open' and rule <> 'file'`,
  ))
    held.set(h.row, h)
  const open = mends.filter((m) => held.has(m.row)).sort((a, b) => a.row - b.row)
  if (open.length === 0) return
  const dir = await mkdtemp(joinPath(to.tmp, 'mend-'))
  try {
    const names = manifest.plan.columns
    const path = joinPath(dir, 'mended.csv')
    const lines = open.map((m) => [String(m.row), ...cellsOf(names, held.get(m.row)!, m)].map(quoted).join(','))
    await writeFile(path, `${lines.join('\n')}\n`)
    const columns = names.map((name, i) => ({ name, staged: `c${i}` }))
    const mapping = compileFor(manifest.mapping, columns, to.judge, manifest.source, to.zone, open[0]!)
    await writer.stage(temp.stage, [
      {
        path,
        format: 'csv',
        columns: ['_row', ...columns.map((c) => c.staged)],
        delimiter: ',',
        skipLines: 0,
        rows: open.length,
        rowColumn: '_row',
      },
    ])
    await makeRows(writer, [{ batch, path: manifest.path }], mapping)
    const [counted] = await settle(mapping, { source: manifest.source, batches: [batch], mending: true }, writer)
    await closeEntries(batch, writer)
    await holdRows(mapping, columns, manifest.source, writer)
    await keepIdentity(batch, open, held, writer)
    const c = counted!
    await writer.run(sql`update batch set
  stored = stored + ${c.stored}, duplicate = duplicate + ${c.duplicate}, skipped = skipped + ${c.skipped}, copies = copies + ${c.copies},
  replaced = replaced + ${c.replaced}, quarantined = quarantined - ${c.stored + c.duplicate + c.skipped}
where batch = ${batch}`)
    await dropTemps(writer)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

function cellsOf(names: readonly string[], held: Held, mend: Mend): (string | null)[] {
  // A row that could not be read has no cells: what the mend does not give is empty.
  let before: Record<string, string | null> = {}
  if (held.rule !== 'read')
    try {
      before = JSON.parse(held.raw) as Record<string, string | null>
    } catch {
      // Longer than what quarantine keeps: the mend must give every cell.
    }
  return names.map((name) => (Object.hasOwn(mend.values, name) ? mend.values[name]! : (before[name] ?? null)))
}

function quoted(cell: string | null): string {
  return cell === null ? '' : `"${cell.replaceAll('"', '""')}"`
}

/** Rows that went through are marked as replayed and keep their entries; of the others only the new reasons count. */
async function closeEntries(batch: number, writer: Writer): Promise<void> {
  await writer.run(sql`delete from quarantine where batch = ${batch} and state = 'open' and row in (
  select m."_row" from intake_rows as m where m."_held" and not m."_skip"
    and not exists (select 1 from intake_out as o where o."_row" = m."_row" and o.why = 'dup'))`)
  await writer.run(
    sql`update quarantine set state = 'replayed' where batch = ${batch} and state = 'open' and row in (select m."_row" from intake_rows as m)`,
  )
}

/** A row still held keeps the identity it had in the file, so that the file sent again finds it. */
async function keepIdentity(
  batch: number,
  open: readonly Mend[],
  held: ReadonlyMap<number, Held>,
  writer: Writer,
): Promise<void> {
  for (const m of open) {
    const h = held.get(m.row)!
    await writer.run(
      sql`update quarantine set record_key = ${h.record_key}, content_hash = ${h.content_hash} where batch = ${batch} and row = ${m.row} and state = 'open'`,
    )
  }
}

async function discardRows(mends: readonly Mend[], writer: Writer): Promise<void> {
  for (const m of mends) {
    const [open] = await writer.query<{ rule: string }>(
      sql`select min(rule) as rule from quarantine where batch = ${m.batch} and row = ${m.row} and state = 'open'`,
    )
    if (!open?.rule) continue
    await writer.run(
      sql`update quarantine set state = 'discarded' where batch = ${m.batch} and row = ${m.row} and state = 'open'`,
    )
    // The entry of a whole file is no row: it was never counted.
    if (open.rule !== 'file')
      await writer.run(
        sql`update batch set quarantined = quarantined - 1, skipped = skipped + 1 where batch = ${m.batch}`,
      )
  }
}
