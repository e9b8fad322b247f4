import type { Text } from '../base/text.ts'
import type { Ground } from '../governance/index.ts'
import { sql, w, type Actor, type ResultColumn } from '../warehouse/index.ts'
import { conflictReasons, linkTypes } from './link-types.ts'
import { lastState } from './resolve.ts'
import { identityConflictTable as conflict } from './tables.ts'

export interface IdentitySummary {
  persons: number
  records: number
  linkedRecords: number
  byKeyType: { type: string; keys: number; shared: number }[]
  conflicts: number
  decisions: number
  recent: { run: string; at: string; minted: number; attached: number; merged: number }[]
}

/** Counts as of the last run, and the last ten runs that decided something. */
export async function summary(ground: Pick<Ground, 'warehouse'>): Promise<IdentitySummary> {
  const { warehouse } = ground
  const last = (await lastState(ground))?.result
  const [row] = await warehouse.query<{ n: number }>(sql`select count(*) as n from identity_decision`)
  const recent = await warehouse.query<{ run: number; at: string; minted: number; attached: number; merged: number }>(
    sql`select run, "at", minted, attached, merged from identity_run order by run desc limit 10`,
  )
  return {
    persons: last?.persons ?? 0,
    records: last?.records ?? 0,
    linkedRecords: last?.linkedRecords ?? 0,
    byKeyType: [...(last?.byKeyType ?? [])],
    conflicts: last?.conflicts ?? 0,
    decisions: Number(row?.n ?? 0),
    recent: recent.map((r) => ({ ...r, run: String(r.run) })),
  }
}

export interface IdentityConflict {
  keyType: string
  keyValue: string
  reason: Text
  records: number
  sample: string[]
}

const pageSize = 50

/** Values that did not link, the most carried first; masked for the actor. `cursor` is what the last page returned as `next`. */
export async function conflicts(
  { warehouse }: Pick<Ground, 'warehouse'>,
  actor: Actor,
  cursor?: string,
): Promise<{ items: IdentityConflict[]; next?: string; total: number }> {
  const offset = Math.max(0, Number.parseInt(cursor ?? '0', 10) || 0)
  // One column per way of masking: a phone must look like a phone also when it is hidden.
  const masks: Readonly<Record<string, ResultColumn>> = {
    phone: { class: 'sensitive', mask: 'phone' },
    email: { class: 'sensitive', mask: 'email' },
    other: { class: 'sensitive', mask: 'redact' },
  }
  const rows = await warehouse.read<Record<string, string | number | null>>({
    actor,
    purpose: 'service',
    query: sql`
      select
        key_type, reason, records, sample,
        case when key_type = 'phone' then key_value end as phone,
        case when key_type = 'email' then key_value end as email,
        case when key_type not in ('phone', 'email') then key_value end as other
      from identity_conflict
      order by records desc, key_type, key_value
      ${w.page(pageSize + 1, offset)}`,
    columns: {
      ...masks,
      key_type: conflict.columns['key_type']!,
      reason: conflict.columns['reason']!,
      records: conflict.columns['records']!,
      // Customer ids of other systems can be phones or names.
      sample: conflict.columns['sample']!,
    },
  })
  const [count] = await warehouse.query<{ n: number }>(sql`select count(*) as n from identity_conflict`)
  const items = rows.slice(0, pageSize).map((r) => ({
    keyType: String(r['key_type']),
    keyValue: String(r['phone'] ?? r['email'] ?? r['other'] ?? ''),
    reason: reasonText(String(r['key_type']), String(r['reason'])),
    records: Number(r['records']),
    sample: String(r['sample'] ?? '')
      .split(' ')
      .filter(Boolean),
  }))
  return { items, total: Number(count?.n ?? 0), ...(rows.length > pageSize ? { next: String(offset + pageSize) } : {}) }
}

function reasonText(type: string, reason: string): Text {
  const name = linkTypes.find((t) => t.name === type)?.text ?? { zh: type, en: type }
  const why: Text = (conflictReasons as Record<string, Text>)[reason] ?? { zh: reason, en: reason }
  return { zh: `${name.zh}：${why.zh}`, en: `${name.en}: ${why.en}` }
}
