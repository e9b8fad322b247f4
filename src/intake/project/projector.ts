import { mkdir } from 'node:fs/promises'
import type { Work } from '../../base/context.ts'
import { InternalError } from '../../base/errors.ts'
import type { Lake } from '../../journal/index.ts'
import type { FileReader } from '../../sources/index.ts'
import type { ProjectedRecord, Projector, Writer } from '../../warehouse/index.ts'
import type { Judge, Manifest } from '../contract.ts'
import { mendTable } from '../tables.ts'
import { loadBatches } from './load.ts'
import type { Loading } from './loading.ts'
import { applyMends, type Mend } from './mend.ts'
import { undoBatch } from './undo.ts'

export interface ProjectorOptions {
  readonly reader: FileReader
  readonly lake: Lake
  readonly judge: Judge
  readonly tmp: string
  readonly zone: string
}

/** Versions of the bodies that this code writes; older ones are upgraded where they are read. */
export const formats = { 'file.taken': 1, 'batch.undone': 1, 'row.fixed': 1, 'row.discarded': 1 } as const

/** From intake's records to its tables. Time comes from the records' headers, never from the clock. */
export function intakeProjectors(options: ProjectorOptions): readonly Projector[] {
  const loading = async (writer: Writer, work: Work): Promise<Loading> => {
    await mkdir(options.tmp, { recursive: true })
    return { ...options, writer, work }
  }
  return [
    {
      owner: 'intake',
      kinds: ['file.taken'],
      apply: async (records, writer, work) => {
        const incoming = records.map((r) => ({
          batch: r.position,
          manifest: read<Manifest>(r),
          takenAt: r.header.time,
        }))
        await loadBatches(incoming, await loading(writer, work))
      },
    },
    {
      owner: 'intake',
      kinds: ['batch.undone'],
      apply: async (records, writer, work) => {
        for (const r of records)
          await undoBatch(read<{ batch: number }>(r).batch, r.header.time, await loading(writer, work))
      },
    },
    {
      owner: 'intake',
      kinds: ['row.fixed', 'row.discarded'],
      apply: async (records, writer, work) => {
        const mends = records.map((r): Mend => {
          const body = read<{ batch: number; row: number; values?: Mend['values'] }>(r)
          return {
            position: r.position,
            time: r.header.time,
            batch: body.batch,
            row: body.row,
            action: r.header.kind === 'row.fixed' ? 'fixed' : 'discarded',
            values: body.values ?? {},
          }
        })
        await writer.append(
          mendTable,
          ['position', 'time', 'batch', 'row', 'action', 'values'],
          mends.map((m) => [m.position, m.time, m.batch, m.row, m.action, JSON.stringify(m.values)]),
        )
        await applyMends(mends, await loading(writer, work))
      },
    },
  ]
}

const decoder = new TextDecoder()

function read<T>(record: ProjectedRecord): T {
  const known = formats[record.header.kind as keyof typeof formats]
  if (record.header.format > known)
    throw new InternalError('record_too_new', { kind: record.header.kind, format: record.header.format, known })
  return JSON.parse(decoder.decode(record.body)) as T
}
