import { InputError } from '../base/errors.ts'
import type { Ground } from '../governance/index.ts'
import { jsonRecord } from '../journal/index.ts'
import { list, sql, type Warehouse } from '../warehouse/index.ts'

/** What a person decided about references; it outranks all links and survives every run. */
export interface ManualDecision {
  /** Journal position. */
  readonly decision: number
  readonly kind: 'merge' | 'split'
  /** References that stay. */
  readonly left: readonly string[]
  /** References that join them (merge) or are split off (split). */
  readonly right: readonly string[]
}

/** Body of an `identity.decided` record; `undo` takes back an earlier decision as if it had not been made. */
export type DecidedBody =
  | {
      readonly kind: 'merge' | 'split'
      readonly left: readonly string[]
      readonly right: readonly string[]
      readonly why?: string
    }
  | { readonly kind: 'undo'; readonly of: number; readonly why?: string }

/** Decisions in force, oldest first. */
export async function manualDecisions(warehouse: Warehouse): Promise<ManualDecision[]> {
  const rows = await warehouse.query<{ decision: number; kind: 'merge' | 'split'; side: string; ref: string }>(
    sql`select decision, kind, side, ref from identity_manual order by decision, side, ref`,
  )
  const found = new Map<number, { decision: number; kind: 'merge' | 'split'; left: string[]; right: string[] }>()
  for (const row of rows) {
    const decision = Number(row.decision)
    if (!found.has(decision)) found.set(decision, { decision, kind: row.kind, left: [], right: [] })
    found.get(decision)![row.side === 'left' ? 'left' : 'right'].push(row.ref)
  }
  return [...found.values()]
}

/** The references of a person, in order. */
export async function refsOf(warehouse: Warehouse, personId: string): Promise<string[]> {
  const rows = await warehouse.query<{ key_value: string }>(
    sql`select key_value from person_key where key_type = 'ref' and person_id = ${personId} order by key_value`,
  )
  return rows.map((r) => r.key_value)
}

export interface DecideBy {
  readonly actor: string
  readonly why?: string
}

/**
 * Say that two persons are one, that some references of a person are somebody else, or take such a decision back.
 * Each returns the number of the decision (what `undo` takes); run `resolve` afterwards to let it act.
 * @throws InputError person_unknown, references_unknown, decision_unknown
 */
export function manualVerbs(ground: Ground) {
  const { warehouse, journal, projection, workspace, clock, audit } = ground
  const record = async (body: DecidedBody, by: DecideBy): Promise<number> => {
    const header = {
      topic: 'decisions',
      kind: 'identity.decided',
      format: 1,
      time: clock(),
      workspace,
      actor: by.actor,
      class: 'sensitive',
    } as const
    const position = await journal.append([jsonRecord(header, { ...body, why: by.why })])
    audit.write({ actor: by.actor, action: `identity.${body.kind}`, what: String(position), detail: { why: by.why } })
    await projection.catchUp()
    return position
  }
  const known = async (personId: string): Promise<string[]> => {
    const refs = await refsOf(warehouse, personId)
    if (!refs.length) throw new InputError('person_unknown', { person: personId })
    return refs
  }
  return {
    async merge(keep: string, other: string, by: DecideBy): Promise<number> {
      return record({ kind: 'merge', left: await known(keep), right: await known(other) }, by)
    },
    async split(personId: string, refs: readonly string[], by: DecideBy): Promise<number> {
      const all = await known(personId)
      const off = all.filter((r) => refs.includes(r))
      if (!off.length || off.length < refs.length || off.length === all.length)
        throw new InputError('references_unknown', { person: personId, refs: refs.join(' ') })
      return record({ kind: 'split', left: all.filter((r) => !refs.includes(r)), right: off }, by)
    },
    async undo(decision: number, by: DecideBy): Promise<number> {
      const rows = await warehouse.query(
        sql`select 1 as found from identity_manual where decision in ${list([decision])} limit 1`,
      )
      if (!rows.length) throw new InputError('decision_unknown', { decision })
      return record({ kind: 'undo', of: decision }, by)
    },
  }
}
