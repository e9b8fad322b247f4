import type { Ground, Projector } from '../governance/index.ts'
import { bodyOf } from '../journal/index.ts'
import { sql, type Writer } from '../warehouse/index.ts'
import type { DecidedBody } from './manual.ts'
import { identityManualTable } from './tables.ts'

/** Body of an `identity.run` record: the decisions are a Parquet file in the lake. */
export interface RunBody {
  readonly sha256: string
  readonly rows: number
  readonly counts: RunCounts
  /** Version of the linkage that proposed them. */
  readonly model: string
}

export interface RunCounts {
  readonly minted: number
  readonly attached: number
  readonly merged: number
  readonly split: number
  readonly detached: number
}

export const proposalColumns = ['seq', 'kind', 'person_id', 'other_id', 'key_type', 'key_value', 'reason'] as const

/** The ledger is a fold of the journalled decisions: nothing else writes `person`, `identity_decision` and the `ref` keys. */
export function identityProjectors({ lake }: Pick<Ground, 'lake'>): Projector[] {
  return [
    {
      owner: 'identity',
      kinds: ['identity.run'],
      batch: 20,
      async apply(records, writer) {
        for (const record of records) {
          const body = bodyOf<RunBody>(record as never)
          await writer.stage('identity_decisions', [
            { path: lake.path(body.sha256), format: 'parquet', columns: proposalColumns, rows: body.rows },
          ])
          await applyRun(writer, record.position)
          const { minted, attached, merged, split, detached } = body.counts
          await writer.run(sql`
            insert into identity_run (run, "at", minted, attached, merged, split, detached)
            values (${record.position}, ${new Date(record.header.time)}, ${minted}, ${attached}, ${merged}, ${split}, ${detached})`)
        }
      },
    },
    {
      owner: 'identity',
      kinds: ['identity.decided'],
      async apply(records, writer) {
        for (const record of records) {
          const body = bodyOf<DecidedBody & { why?: string }>(record as never)
          if (body.kind === 'undo') {
            await writer.run(sql`delete from identity_manual where decision = ${body.of}`)
            continue
          }
          const rows = (['left', 'right'] as const).flatMap((side) =>
            body[side].map((ref) => [
              record.position,
              body.kind,
              side,
              ref,
              record.header.actor ?? null,
              body.why ?? null,
            ]),
          )
          await writer.append(identityManualTable, ['decision', 'kind', 'side', 'ref', 'actor', 'why'], rows)
        }
      },
    },
  ]
}

async function applyRun(writer: Writer, run: number): Promise<void> {
  await writer.run(sql`
    insert into identity_decision (run, seq, kind, person_id, other_id, key_type, key_value, reason)
    select ${run}, cast(seq as bigint), kind, person_id, other_id, key_type, key_value, reason
    from identity_decisions`)
  await writer.run(sql`
    insert into person (person_id, minted_run, state, merged_into, origin_ref)
    select d.person_id, ${run}, 'active', null, min(d.key_value)
    from identity_decisions d
    left join person p on p.person_id = d.person_id
    where d.kind <> 'detach' and p.person_id is null
    group by d.person_id`)
  const [before] = await writer.query<{ n: number }>(sql`select count(*) as n from person_key where key_type = 'ref'`)
  if (Number(before?.n))
    await writer.run(sql`
      delete from person_key
      where key_type = 'ref' and key_value in (select key_value from identity_decisions)`)
  await writer.run(sql`
    insert into person_key (key_type, key_value, person_id)
    select key_type, key_value, person_id
    from identity_decisions
    where kind <> 'detach'`)
  if (!Number(before?.n)) return
  await writer.run(sql`
    update person
    set state = 'active', merged_into = null
    where state <> 'active' and person_id in (select person_id from identity_decisions where kind <> 'detach')`)
  // A person without references: merged into the one its references went to, or empty when they are gone.
  await writer.run(sql`
    update person
    set
      state = case when m.into_id is null then 'empty' else 'merged' end,
      merged_into = m.into_id
    from (
      select t.person_id, min(t.into_id) as into_id
      from (
        select other_id as person_id, min(case when kind = 'merge' then person_id end) as into_id
        from identity_decisions
        where other_id is not null
        group by other_id
        union all
        select person_id, null from identity_decisions where kind = 'detach' group by person_id
      ) t
      left join (select distinct person_id from person_key where key_type = 'ref') k on k.person_id = t.person_id
      where k.person_id is null
      group by t.person_id
    ) m
    where person.person_id = m.person_id and (person.state = 'active' or m.into_id is not null)`)
}
