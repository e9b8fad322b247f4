import { quiet, type Work } from '../base/context.ts'
import { InternalError, TributaryError } from '../base/errors.ts'
import type { Warehouse, Writer } from './contract.ts'
import type { ProjectedRecord, Projection, Projector } from './projection-contract.ts'
import { sql } from './sql.ts'
import { table, tableId } from './table.ts'

/** How far the tables are; one row. Stored by the transaction that stores the rows: that is why nothing counts twice. */
export const projectionTable = table({
  name: 'projection',
  owner: 'warehouse',
  text: { zh: '投影进度', en: 'Projection position' },
  columns: {
    name: { type: 'text', text: { zh: '名称', en: 'Name' }, class: 'non_sensitive' },
    position: { type: 'bigint', text: { zh: '日志位置', en: 'Journal position' }, class: 'non_sensitive' },
  },
  key: ['name'],
  scratch: true,
})

/** The part of the journal that is needed; the journal's own type fits. */
export interface RecordSource {
  read(from: number, options?: { signal?: AbortSignal }): AsyncIterable<readonly ProjectedRecord[]>
  status(): { readonly head: number }
}

export interface ProjectionOptions {
  readonly journal: RecordSource
  readonly warehouse: Warehouse
  /** Asked at each run: stages register theirs after the projection is made. */
  readonly projectors: () => readonly Projector[]
}

/** Journal → tables, in order, each batch and its position in one transaction. */
export async function openProjection({ journal, warehouse, projectors }: ProjectionOptions): Promise<Projection> {
  const tables = [...warehouse.tables.filter((t) => t.name !== projectionTable.name), projectionTable]
  await warehouse.engine.ensure([projectionTable])
  const stored = async (): Promise<number> =>
    (await warehouse.query<{ position: number }>(sql`select position from projection where name = 'main'`))[0]
      ?.position ?? 0
  let position = await stored()
  let broken: string | undefined
  let doubtful = false
  let queue: Promise<unknown> = Promise.resolve()

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work, work)
    queue = result.catch(() => undefined)
    return result
  }

  const commit = async (
    group: readonly ProjectedRecord[],
    to: number,
    by: readonly Projector[],
    work: Work,
  ): Promise<void> => {
    await warehouse.transaction(async (writer) => {
      for (const projector of by) if (group.length) await projector.apply(group, writer, work)
      await store(writer, to)
    })
    position = to
  }

  const project = async (work: Work): Promise<number> => {
    // A commit that failed may have happened all the same (full disk): only the stored position tells.
    if (doubtful) position = await stored()
    doubtful = false
    const byKind = index(projectors())
    let group: ProjectedRecord[] = []
    let seen = position
    const flush = async (): Promise<void> => {
      if (seen === position) return
      const by = group[0] ? byKind.get(group[0].header.kind)! : []
      try {
        await commit(group, seen, by, work)
      } catch (error) {
        doubtful = true
        throw explain(error, group[0], work)
      }
      group = []
    }
    for await (const batch of journal.read(position, { signal: work.signal })) {
      work.signal?.throwIfAborted()
      for (const record of batch) {
        const by = byKind.get(record.header.kind)
        if (by) {
          if (group[0] && (group[0].header.kind !== record.header.kind || group.length >= limit(by))) await flush()
          group.push(record)
        }
        // A record that nobody projects moves the position with the group before it.
        seen = record.position
      }
    }
    await flush()
    broken = undefined
    return position
  }

  const explain = (error: unknown, record: ProjectedRecord | undefined, work: Work): unknown => {
    if (work.signal?.aborted) return error
    const problem = error instanceof Error ? error.message : String(error)
    const told = new InternalError(
      'projection_broken',
      { position: record?.position ?? position, kind: record?.header.kind ?? '', problem },
      { cause: error },
    )
    broken = told.message
    // Who must act is known already: a full disk is no fault of the record.
    return error instanceof TributaryError ? error : told
  }

  return {
    catchUp: (work = quiet) => inTurn(() => project(work)),
    rebuild: (work = quiet) =>
      inTurn(async () => {
        await warehouse.transaction(async (writer) => {
          for (const t of tables) await writer.run(sql`drop table if exists ${tableId(t)}`)
        })
        position = 0
        await warehouse.engine.ensure(tables)
        return project(work)
      }),
    status: () => (broken === undefined ? { position } : { position, broken }),
  }
}

async function store(writer: Writer, position: number): Promise<void> {
  await writer.run(sql`delete from projection where name = 'main'`)
  await writer.run(sql`insert into projection (name, position) values ('main', ${position})`)
}

function index(projectors: readonly Projector[]): Map<string, Projector[]> {
  const byKind = new Map<string, Projector[]>()
  for (const projector of projectors)
    for (const kind of projector.kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), projector])
  return byKind
}

function limit(by: readonly Projector[]): number {
  return Math.min(...by.map((p) => p.batch ?? 500))
}
