import { InputError } from '../base/errors.ts'
import type { Text } from '../base/text.ts'
import type { Ground } from '../governance/index.ts'
import { id, join, list, raw, sql } from '../warehouse/index.ts'
import { customerRef, linkKeySql } from './key-sql.ts'
import { agreementText, linkTypes, type LinkTypeName, type NameAgreement } from './link-types.ts'

/** One customer row of a person, with the comparable keys it carries and why it is here. In clear: mask before it leaves. */
export interface PersonRecord {
  readonly source: string
  readonly space: string
  readonly customerId: string | null
  readonly name: string | null
  readonly batch: number
  readonly row: number
  readonly ref: string
  readonly keys: Readonly<Partial<Record<LinkTypeName, string>>>
  readonly why: Text
}

export interface PersonExplanation {
  readonly personId: string
  /** Ids that now forward to this one. */
  readonly mergedFrom: readonly string[]
  readonly records: readonly PersonRecord[]
  readonly keys: readonly { readonly type: string; readonly value: string; readonly sources: readonly string[] }[]
  readonly decisions: readonly {
    readonly run: number
    readonly kind: string
    readonly ref: string
    readonly otherId: string | null
    readonly reason: string | null
  }[]
}

/** Follow merges to the id in use. @throws InputError person_unknown */
export async function currentPerson({ warehouse }: Pick<Ground, 'warehouse'>, personId: string): Promise<string> {
  let at = personId
  for (let hops = 0; hops < 100; hops++) {
    const [row] = await warehouse.query<{ state: string; merged_into: string | null }>(
      sql`select state, merged_into from person where person_id = ${at}`,
    )
    if (!row || row.state === 'empty') break
    if (row.state === 'active') return at
    at = row.merged_into!
  }
  throw new InputError('person_unknown', { person: personId })
}

/** Everything that says why these records are one person. */
export async function explainPerson(
  ground: Pick<Ground, 'warehouse' | 'workspace'>,
  personId: string,
): Promise<PersonExplanation> {
  const { warehouse, workspace } = ground
  const current = await currentPerson(ground, personId)
  const refs = (
    await warehouse.query<{ ref: string }>(
      sql`select key_value as ref from person_key where key_type = 'ref' and person_id = ${current}`,
    )
  ).map((r) => r.ref)
  const rows = await customerRows(ground, refs, workspace)
  const mergedFrom = await warehouse.query<{ person_id: string }>(sql`
    select person_id from person where merged_into = ${current} order by person_id`)
  const decisions = await warehouse.query<{
    run: number
    kind: string
    ref: string
    otherId: string | null
    reason: string | null
  }>(sql`
    select run, kind, key_value as ref, other_id as "otherId", reason
    from identity_decision
    where person_id = ${current}
    order by run, seq
    limit 200`)
  const manual = await warehouse.query<{ kind: string; ref: string; actor: string | null }>(
    sql`select kind, ref, actor from identity_manual where ref in ${list(refs)}`,
  )
  const agreed = new Map(decisions.map((d) => [d.ref, d.reason]))
  const records = rows.map((r): PersonRecord => ({
    ...r,
    why: whyHere(
      r,
      rows,
      agreed.get(r.ref) ?? null,
      manual.find((m) => m.ref === r.ref),
    ),
  }))
  return {
    personId: current,
    mergedFrom: mergedFrom.map((m) => m.person_id),
    records,
    keys: keysOf(records),
    decisions,
  }
}

async function customerRows(
  { warehouse }: Pick<Ground, 'warehouse'>,
  refs: readonly string[],
  salt: string,
): Promise<Omit<PersonRecord, 'why'>[]> {
  const c = raw('c')
  // The engine must not compute every key of every row to find a few: candidates by plain columns first.
  const ids = refs.map((r) => r.slice(r.indexOf(':') + 1))
  const found = await warehouse.query<Record<string, string | number | null>>(sql`
    with mine as (
      select * from customer where customer_id in ${list([...ids, ...refs.flatMap(tails)])} or record_key in ${list(refs)}
    )
    select
      c.source, c.space, c.customer_id, c.name, c.batch, c.row, ${customerRef(c)} as ref,
      ${join(linkTypes.map((t) => sql`${linkKeySql(t.name, c, salt)} as ${id(`key_${t.name}`)}`))}
    from mine c
    where ${customerRef(c)} in ${list(refs)}
    order by c.batch, c.row`)
  return found.map((r) => ({
    source: String(r['source']),
    space: String(r['space']),
    customerId: r['customer_id'] as string | null,
    name: r['name'] as string | null,
    batch: Number(r['batch']),
    row: Number(r['row']),
    ref: String(r['ref']),
    keys: Object.fromEntries(
      linkTypes.flatMap((t) => (r[`key_${t.name}`] == null ? [] : [[t.name, String(r[`key_${t.name}`])]])),
    ),
  }))
}

/** Spaces may hold colons: every tail of a reference may be the number. */
const tails = (ref: string): string[] =>
  ref
    .split(':')
    .map((_, i, all) => all.slice(i).join(':'))
    .slice(2)

function whyHere(
  me: Omit<PersonRecord, 'why'>,
  all: readonly Omit<PersonRecord, 'why'>[],
  reason: string | null,
  manual?: { kind: string; actor: string | null },
): Text {
  const others = all.filter((o) => o.ref !== me.ref)
  const shared = linkTypes.filter((t) => me.keys[t.name] && others.some((o) => o.keys[t.name] === me.keys[t.name]))
  const parts: Text[] = []
  if (manual) parts.push({ zh: `人工决定（${manual.actor ?? '—'}）`, en: `decided by ${manual.actor ?? 'a person'}` })
  if (shared.length) {
    const agreement = reason?.split('+')[1] as NameAgreement | undefined
    const how = agreement && agreementText[agreement]
    parts.push({
      zh: `同一${shared.map((t) => t.text.zh).join('、')}${how ? `；${how.zh}` : ''}`,
      en: `same ${shared.map((t) => t.text.en.toLowerCase()).join(', ')}${how ? `; ${how.en}` : ''}`,
    })
  }
  if (!parts.length && all.some((o) => o !== me && o.ref === me.ref))
    parts.push({ zh: '同一客户编号', en: 'same customer number' })
  if (!parts.length)
    parts.push(
      others.length
        ? { zh: '经其他记录相连', en: 'linked over other records' }
        : { zh: '唯一的记录', en: 'the only record' },
    )
  return { zh: parts.map((p) => p.zh).join('；'), en: parts.map((p) => p.en).join('; ') }
}

function keysOf(records: readonly PersonRecord[]): { type: string; value: string; sources: string[] }[] {
  const found = new Map<string, { type: string; value: string; sources: Set<string> }>()
  const add = (type: string, value: string, source: string): void => {
    const at = `${type}\0${value}`
    if (!found.has(at)) found.set(at, { type, value, sources: new Set() })
    found.get(at)!.sources.add(source)
  }
  for (const r of records) {
    add('ref', r.ref, r.source)
    for (const [type, value] of Object.entries(r.keys)) add(type, value!, r.source)
  }
  return [...found.values()].map((k) => ({ ...k, sources: [...k.sources].sort() }))
}
