import type { Writer } from '../../warehouse/index.ts'
import { batchTable, manifestTable } from '../tables.ts'
import type { Prepared } from './files.ts'

/** What became of the readable rows of one batch. */
export interface Counted {
  readonly batch: number
  readonly rows: number
  readonly stored: number
  readonly duplicate: number
  readonly quarantined: number
  readonly skipped: number
  readonly copies: number
  readonly replaced: number
  readonly withoutCustomer: number
}

/** Rows that could not be read at all. */
export interface Unread {
  readonly batch: number
  readonly quarantined: number
  readonly duplicate: number
}

/** One row per batch: rows read = stored + duplicate + quarantined + skipped. */
export async function writeBatches(
  run: readonly Prepared[],
  counted: readonly Counted[],
  unread: readonly Unread[],
  space: string,
  writer: Writer,
): Promise<void> {
  const zero = {
    rows: 0,
    stored: 0,
    duplicate: 0,
    quarantined: 0,
    skipped: 0,
    copies: 0,
    replaced: 0,
    withoutCustomer: 0,
  }
  const rows = run.map((p) => {
    const c = counted.find((x) => x.batch === p.batch) ?? zero
    const u = unread.find((x) => x.batch === p.batch) ?? { quarantined: 0, duplicate: 0 }
    const m = p.manifest
    return [
      p.batch,
      m.source,
      m.mapping.dataset,
      space,
      m.path,
      m.sha256,
      m.bytes,
      m.mappingVersion,
      c.rows + u.quarantined + u.duplicate,
      c.stored,
      c.duplicate + u.duplicate,
      c.quarantined + u.quarantined,
      c.skipped,
      c.copies,
      c.replaced,
      c.withoutCustomer,
      new Date(p.takenAt),
      null,
    ]
  })
  await writer.append(
    batchTable,
    [
      'batch',
      'source',
      'dataset',
      'space',
      'path',
      'sha256',
      'bytes',
      'mapping_version',
      'rows_read',
      'stored',
      'duplicate',
      'quarantined',
      'skipped',
      'copies',
      'replaced',
      'without_customer',
      'taken_at',
      'undone_at',
    ],
    rows,
  )
  await writer.append(
    manifestTable,
    ['batch', 'stamp', 'member', 'manifest'],
    run.map((p) => [p.batch, p.manifest.stamp, p.manifest.plan.member ?? null, JSON.stringify(p.manifest)]),
  )
}
