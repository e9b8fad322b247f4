import { readFile } from 'node:fs/promises'
import type { Ground } from '../../governance/index.ts'
import { bodyOf, jsonRecord, type NewRecord } from '../../journal/index.ts'
import { sql, type Projector } from '../../warehouse/index.ts'
import type { Report } from './spec.ts'

interface Ran {
  readonly report: string
  readonly run: string
  readonly at: string
  readonly sha256: string
}

/** Journal → `report_run`. */
export const reportProjector: Projector = {
  owner: 'insight',
  kinds: ['report.ran'],
  apply: async (records, writer) => {
    for (const record of records) {
      const { report, run, at, sha256 } = bodyOf<Ran>(record as unknown as NewRecord)
      await writer.run(sql`delete from report_run where report = ${report} and run = ${run}`)
      await writer.run(
        sql`insert into report_run (report, run, ran_at, sha256) values (${report}, ${run}, ${new Date(at)}, ${sha256})`,
      )
    }
  },
}

/** The result goes to the lake, a record of it to the journal: it survives every rebuild. */
export async function keepRun(ground: Ground, report: Report, run: { run: string; at: string }): Promise<void> {
  const { sha256 } = await ground.lake.put(oneChunk(JSON.stringify(report)))
  const header = {
    topic: 'decisions',
    kind: 'report.ran',
    format: 1,
    time: ground.clock(),
    workspace: ground.workspace,
    class: 'non_sensitive',
  } as const
  await ground.journal.append([jsonRecord(header, { report: report.id, ...run, sha256 } satisfies Ran)])
  await ground.projection.catchUp()
}

/** Newest first. */
export async function runsOf(ground: Ground, report?: string): Promise<Ran[]> {
  const rows = await ground.warehouse.query<Ran & { ran_at: string } & Record<string, unknown>>(sql`
    select report, run, ran_at, sha256
    from report_run
    ${report === undefined ? sql`` : sql`where report = ${report}`}
    order by ran_at desc, run desc`)
  return rows.map((r) => ({ report: r.report, run: r.run, at: new Date(r.ran_at).toISOString(), sha256: r.sha256 }))
}

export async function loadRun(ground: Ground, ran: Ran): Promise<Report> {
  return JSON.parse(await readFile(ground.lake.path(ran.sha256), 'utf8')) as Report
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf8')
}
