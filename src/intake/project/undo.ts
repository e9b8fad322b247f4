import { sql, tableId, w } from '../../warehouse/index.ts'
import type { DomainName, Manifest } from '../contract.ts'
import { isKeyed } from '../mapping/compile.ts'
import { domainTables } from '../tables.ts'
import type { Incoming } from './files.ts'
import { loadBatches } from './load.ts'
import type { Loading } from './loading.ts'
import { applyMends, type Mend } from './mend.ts'

interface BatchRow extends Record<string, unknown> {
  readonly batch: number
  readonly source: string
  readonly dataset: DomainName
  readonly space: string
  readonly path: string
  readonly duplicate: number
  readonly replaced: number
  readonly taken_ms: number
  readonly manifest: string
}

/**
 * Take a batch out as if it had never come: its rows and quarantine go; where it replaced rows of others, or others
 * left rows out because it had them, those batches are loaded again, with what was mended since, in journal order.
 */
export async function undoBatch(batch: number, at: number, to: Loading): Promise<void> {
  const { writer } = to
  const columns = sql`b.batch, b.source, b.dataset, b.space, b.path, b.duplicate, b.replaced, ${w.epoch(sql`b.taken_at`)} * 1000 as taken_ms, m.manifest`
  const [gone] = await writer.query<BatchRow>(
    sql`select ${columns} from batch as b join batch_manifest as m on m.batch = b.batch where b.batch = ${batch} and b.undone_at is null`,
  )
  if (!gone) return
  const near =
    await writer.query<BatchRow>(sql`select ${columns} from batch as b join batch_manifest as m on m.batch = b.batch
where b.batch <> ${batch} and b.undone_at is null and b.dataset = ${gone.dataset}
  and (b.space = ${gone.space} or (b.source = ${gone.source} and b.path = ${gone.path}))
order by b.batch`)
  const keyed = isKeyed((JSON.parse(gone.manifest) as Manifest).mapping)
  // Rows without a key are told apart by their place: only files of the same path know each other.
  const related = near.filter(
    (r) =>
      (r.source === gone.source && r.path === gone.path) ||
      (keyed && isKeyed((JSON.parse(r.manifest) as Manifest).mapping)),
  )
  await clear([batch], gone.dataset, to)
  await writer.run(sql`update batch set undone_at = ${new Date(at)} where batch = ${batch}`)
  // Only batches that met others' rows left duplicates or replaced something: without such marks nothing else changes.
  const touched = gone.replaced > 0 || related.some((r) => r.batch > batch && (r.duplicate > 0 || r.replaced > 0))
  if (!touched) return
  await reload(related, gone.dataset, to)
}

async function clear(batches: readonly number[], dataset: DomainName, { writer }: Loading): Promise<void> {
  for (const b of batches) {
    await writer.run(sql`delete from ${tableId(domainTables[dataset])} where batch = ${b}`)
    await writer.run(sql`delete from quarantine where batch = ${b}`)
  }
}

async function reload(batches: readonly BatchRow[], dataset: DomainName, to: Loading): Promise<void> {
  const { writer } = to
  const incoming = new Map<number, Incoming>()
  for (const b of batches) {
    incoming.set(b.batch, {
      batch: b.batch,
      manifest: JSON.parse(b.manifest) as Manifest,
      takenAt: Math.round(b.taken_ms),
    })
    await writer.run(sql`delete from batch_manifest where batch = ${b.batch}`)
    await writer.run(sql`delete from batch where batch = ${b.batch}`)
  }
  await clear([...incoming.keys()], dataset, to)
  const mends = (await allMends(to)).filter((m) => incoming.has(m.batch))
  // Journal order: a mend may have replaced what a batch before it brought, and been replaced by one after it.
  let waiting: Incoming[] = []
  const steps = [
    ...[...incoming.values()].map((i) => ({ at: i.batch, load: i })),
    ...mends.map((m) => ({ at: m.position, mend: m })),
  ]
  for (const step of steps.sort((a, b) => a.at - b.at)) {
    if ('load' in step) waiting.push(step.load)
    else {
      await loadBatches(waiting, to)
      waiting = []
      await applyMends([step.mend], to)
    }
  }
  await loadBatches(waiting, to)
}

async function allMends({ writer }: Loading): Promise<Mend[]> {
  const rows = await writer.query<Omit<Mend, 'values'> & { values: string } & Record<string, unknown>>(
    sql`select position, "time", batch, row, action, "values" from row_mend order by position`,
  )
  return rows.map((r) => ({
    position: r.position,
    time: r.time,
    batch: r.batch,
    row: r.row,
    action: r.action,
    values: JSON.parse(r.values) as Mend['values'],
  }))
}
