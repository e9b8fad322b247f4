import { mkdir, rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import type { Work } from '../base/context.ts'
import type { Ground } from '../governance/index.ts'
import { jsonRecord } from '../journal/index.ts'
import { id, join, sql, type Writer } from '../warehouse/index.ts'
import { assignPersons } from './assign.ts'
import { clusterNodes } from './cluster.ts'
import { linkTypes } from './link-types.ts'
import { manualDecisions } from './manual.ts'
import { fillNameForms } from './name-forms.ts'
import { fillNodes, fillRecords, fillShared } from './prepare.ts'
import { proposeLinks } from './propose.ts'
import { refreshKeys } from './refresh-keys.ts'
import type { RunBody, RunCounts } from './projector.ts'
import { identityStateTable } from './tables.ts'

/** Raised when the linkage itself changes: data that was resolved by an older one is resolved again. */
export const model = 'deterministic-1'

export interface ResolveResult {
  /** True when no batch and no decision came since the last run: nothing was computed. */
  readonly skipped: boolean
  readonly persons: number
  readonly records: number
  readonly linkedRecords: number
  readonly conflicts: number
  readonly counts: RunCounts
}

const nothing: RunCounts = { minted: 0, attached: 0, merged: 0, split: 0, detached: 0 }

/**
 * Link references to persons. The whole partition is computed anew and compared with the ledger: the same data give the
 * same partition in any order, and only differences become decisions. Nothing new: nothing is written.
 */
export async function resolve(ground: Ground, work: Work): Promise<ResolveResult> {
  const { warehouse, workspace } = ground
  await ground.projection.catchUp(work)
  const stamp = await inputStamp(ground)
  const last = await lastState(ground)
  if (last?.stamp === stamp) return { ...last.result, skipped: true, counts: nothing }

  return ground.lineage.run(
    'identity',
    {
      inputs: ['customer', 'identity_manual'],
      outputs: ['person', 'person_key', 'identity_decision', 'identity_conflict'],
    },
    async () => {
      work.progress.step({ zh: '整理身份标识', en: 'Preparing identity keys' })
      await fillNameForms(ground)
      await warehouse.transaction(async (writer) => {
        await fillNodes(writer, workspace)
        await fillRecords(writer, workspace)
        await fillShared(writer)
      })
      work.signal?.throwIfAborted()
      work.progress.step({ zh: '查找同一客户', en: 'Finding the same customers' })
      await warehouse.transaction(proposeLinks)
      await clusterNodes(ground, await manualDecisions(warehouse))
      work.signal?.throwIfAborted()
      work.progress.step({ zh: '登记身份决定', en: 'Recording identity decisions' })
      await warehouse.transaction((writer) => assignPersons(writer, workspace))
      const counts = await record(ground, work)
      const result = await warehouse.transaction(async (writer) => {
        await refreshKeys(writer)
        const summary = await countUp(writer)
        await writer.run(sql`delete from identity_state`)
        await writer.append(identityStateTable, ['stamp', 'summary'], [[stamp, JSON.stringify(summary)]])
        for (const scratch of ['record', 'node', 'shared', 'link', 'cluster', 'proposal'] as const)
          await writer.run(cleared[scratch])
        return summary
      })
      return { ...result, skipped: false, counts }
    },
  )
}

const cleared = {
  record: sql`delete from identity_record`,
  node: sql`delete from identity_node`,
  shared: sql`delete from identity_shared`,
  link: sql`delete from identity_link`,
  cluster: sql`delete from identity_cluster`,
  proposal: sql`delete from identity_proposal`,
}

/** Everything the partition depends on, as one short text. */
async function inputStamp({ warehouse }: Ground): Promise<string> {
  const [row] = await warehouse.query<{ stamp: string }>(sql`
    select concat(
      (select concat(coalesce(max(batch), 0), ':', count(*), ':', count(undone_at), ':', coalesce(sum(stored), 0)) from batch), '/',
      -- A fix from review changes a row in place.
      (select concat(count(*), ':', max(decided_at)) from review where state = 'fixed'), '/',
      (select concat(coalesce(max(decision), 0), ':', count(*)) from identity_manual), '/',
      cast(${model} as varchar)
    ) as stamp`)
  return row!.stamp
}

type State = { stamp: string; result: RunSummary }

export async function lastState({ warehouse }: Pick<Ground, 'warehouse'>): Promise<State | undefined> {
  const [row] = await warehouse.query<{ stamp: string; summary: string }>(
    sql`select stamp, cast(summary as varchar) as summary from identity_state`,
  )
  return row && { stamp: row.stamp, result: JSON.parse(row.summary) as State['result'] }
}

/** Journal what is proposed, when anything is, and let the projector apply it. */
async function record(ground: Ground, work: Work): Promise<RunCounts> {
  const { warehouse, lake, journal, clock, workspace } = ground
  const [row] = await warehouse.query<Record<keyof RunCounts | 'n', number>>(sql`
    select
      count(*) as n,
      count(case when kind = 'mint' then 1 end) as minted,
      count(case when kind = 'attach' then 1 end) as attached,
      count(distinct case when kind = 'merge' then other_id end) as merged,
      count(case when kind = 'split' then 1 end) as split,
      count(case when kind = 'detach' then 1 end) as detached
    from identity_proposal`)
  const rows = Number(row?.n ?? 0)
  if (!rows) return nothing
  const counts: RunCounts = {
    minted: Number(row!.minted),
    attached: Number(row!.attached),
    merged: Number(row!.merged),
    split: Number(row!.split),
    detached: Number(row!.detached),
  }
  const folder = joinPath(ground.home, 'tmp')
  await mkdir(folder, { recursive: true })
  const path = joinPath(folder, `identity-${clock()}.parquet`)
  try {
    await warehouse.exportParquet(
      sql`select seq, kind, person_id, other_id, key_type, key_value, reason from identity_proposal order by seq`,
      path,
    )
    const { sha256 } = await lake.put({ path }, work.signal)
    const body: RunBody = { sha256, rows, counts, model }
    await journal.append([
      jsonRecord(
        { topic: 'decisions', kind: 'identity.run', format: 1, time: clock(), workspace, class: 'sensitive' },
        body,
      ),
    ])
  } finally {
    await rm(path, { force: true })
  }
  await ground.projection.catchUp(work)
  return counts
}

/** What the last run found; kept until the next one, as its working tables are emptied. */
export interface RunSummary {
  readonly persons: number
  readonly records: number
  /** References of persons with more than one. */
  readonly linkedRecords: number
  readonly conflicts: number
  /** Distinct values, and how many of them two or more references carry. */
  readonly byKeyType: readonly { readonly type: string; readonly keys: number; readonly shared: number }[]
}

async function countUp(writer: Writer): Promise<RunSummary> {
  const [row] = await writer.query<Record<'persons' | 'records' | 'linked' | 'conflicts', number>>(sql`
    with sizes as (
      select person_id, count(*) as refs from person_key where key_type = 'ref' group by person_id
    )
    select
      count(*) as persons,
      coalesce(sum(refs), 0) as records,
      coalesce(sum(case when refs > 1 then refs end), 0) as linked,
      (select count(*) from identity_conflict) as conflicts
    from sizes`)
  const counts = linkTypes.map((t) => sql`count(distinct ${id(t.name)}) as ${id(t.name)}`)
  const [keys] = await writer.query<Record<string, number>>(sql`select ${join(counts)} from identity_record`)
  const shared = await writer.query<{ type: string; n: number }>(
    sql`select type, count(distinct value) as n from identity_shared group by type`,
  )
  return {
    persons: Number(row!.persons),
    records: Number(row!.records),
    linkedRecords: Number(row!.linked),
    conflicts: Number(row!.conflicts),
    byKeyType: linkTypes
      .map((t) => ({
        type: t.name,
        keys: Number(keys?.[t.name] ?? 0),
        shared: Number(shared.find((s) => s.type === t.name)?.n ?? 0),
      }))
      .filter((t) => t.keys > 0),
  }
}
