import type { Ground } from '../governance/index.ts'
import { explainPerson, nameForms, type PersonExplanation } from '../identity/index.ts'
import { id, join, list, sql, type Actor, type ResultColumn, type Sql } from '../warehouse/index.ts'
import { customerRow } from './list.ts'
import type { CustomerProfile, ProfileDeps, Trait } from './contract.ts'
import { figures } from './figures.ts'
import { observedAt } from './golden.ts'
import { goldenFields, survivorshipRules, type SurvivorshipRule } from './golden-fields.ts'
import { rulesInForce, survivorIndex } from './survivorship.ts'
import { profileTable } from './tables.ts'

type Row = Record<string, unknown>
const plain: ResultColumn = { class: 'non_sensitive', mask: 'none' }

/**
 * Everything about one person, masked for the actor: each trait with its source, time, rule, the values that lost and
 * the row it came from, computed from the person's own rows.
 * @throws InputError person_unknown
 */
export async function getProfile(
  ground: Ground,
  deps: ProfileDeps,
  personId: string,
  actor: Actor,
): Promise<CustomerProfile> {
  const why = await explainPerson(ground, personId)
  const current = why.personId
  const rows = await personRows(ground, why, actor)
  const [profile] = await ground.warehouse.read<Row>({
    actor,
    purpose: 'service',
    query: sql`select p.*, ${standingOf(deps)} from profile p ${joinStanding(deps)} where p.person_id = ${current}`,
    columns: { ...profileTable.columns, rfm_level: plain, stage: plain },
  })
  const shown = profile ?? {}
  const summary = customerRow({ ...shown, person_id: current })
  const rfm = await deps.rfmOf?.(current)
  return {
    personId: current,
    mergedFrom: [...why.mergedFrom],
    header: {
      name: summary.name,
      level: summary.level,
      rfmLevel: summary.rfmLevel,
      stage: summary.stage,
      amount: summary.amount,
      orders: summary.orders,
    },
    traits: await traitsOf(ground, shown, rows),
    figures: figures.map((f) => ({
      name: f.name,
      text: f.text,
      value: (shown[f.name] as number | string | null) ?? null,
      ...(f.unit ? { unit: f.unit } : {}),
      definition: f.definition,
    })),
    keys: await maskedKeys(ground, why, actor),
    records: why.records.map((r) => ({
      dataset: 'customer',
      source: r.source,
      space: r.space,
      customerId: r.customerId,
      name: (rows.masked.get(place(r))?.['name'] as string | null) ?? null,
      batch: r.batch,
      row: r.row,
      why: r.why,
    })),
    segments: (await deps.segmentsOf?.(current)) ?? [],
    ...(rfm ? { rfm } : {}),
  }
}

const standingOf = (deps: ProfileDeps): Sql =>
  deps.standing ? sql`s.rfm_level, s.stage` : sql`cast(null as varchar) as rfm_level, cast(null as varchar) as stage`
const joinStanding = (deps: ProfileDeps): Sql =>
  deps.standing ? sql`left join (${deps.standing}) s on s.person_id = p.person_id` : sql``

const place = (r: { batch?: unknown; row?: unknown }): string => `${String(r.batch)}/${String(r.row)}`

interface PersonRows {
  /** In clear, to choose by; never returned. Oldest first. */
  readonly clear: readonly Row[]
  readonly masked: ReadonlyMap<string, Row>
}

async function personRows({ warehouse }: Ground, why: PersonExplanation, actor: Actor): Promise<PersonRows> {
  if (!why.records.length) return { clear: [], masked: new Map() }
  const fields = join(goldenFields.map((f) => sql`c.${id(f.from)} as ${id(f.name)}`))
  const query = sql`
    select c.source, c.batch, c.row, ${observedAt} as observed_at, ${fields}
    from customer c
    left join batch b on b.batch = c.batch
    where c.batch in ${list([...new Set(why.records.map((r) => r.batch))])} and c.row in ${list(why.records.map((r) => r.row))}`
  const mine = new Set(why.records.map(place))
  const keep = (rows: Row[]): Row[] => rows.filter((r) => mine.has(place(r)))
  const clear = keep(await warehouse.query<Row>(query))
  const time = (r: Row): string => String(r['observed_at'] ?? '')
  clear.sort((a, b) =>
    time(a) < time(b)
      ? -1
      : time(a) > time(b)
        ? 1
        : Number(a['batch']) - Number(b['batch']) || Number(a['row']) - Number(b['row']),
  )
  const seen = keep(
    await warehouse.read<Row>({
      actor,
      purpose: 'service',
      query,
      columns: {
        source: plain,
        batch: plain,
        row: plain,
        observed_at: plain,
        ...Object.fromEntries(goldenFields.map((f) => [f.name, f.column])),
      },
    }),
  )
  return { clear, masked: new Map(seen.map((r) => [place(r), r])) }
}

async function traitsOf(ground: Ground, profile: Row, rows: PersonRows): Promise<Trait[]> {
  const rules = rulesInForce(ground)
  const [state] = await ground.warehouse.query<{ trust: string }>(
    sql`select cast(trust as varchar) as trust from profile_state`,
  )
  const trusted = state ? (JSON.parse(state.trust) as string[]) : []
  const rank = (r: Row): number =>
    trusted.indexOf(String(r['source'])) < 0 ? 0 : trusted.length - trusted.indexOf(String(r['source']))
  const recent = rows.clear.map((_, i) => i)
  const byTrust = [...recent].sort((a, b) => rank(rows.clear[a]!) - rank(rows.clear[b]!) || a - b)
  const order = { recent, trust: recent.map((i) => byTrust.indexOf(i)) }
  const form = nameForms()
  return goldenFields.flatMap((field): Trait[] => {
    const rule = rules.get(field.name) as SurvivorshipRule
    const values = rows.clear.map((r) => r[field.name] ?? null)
    const kinds = field.name === 'name' ? values.map((v) => form(v as string | null).kind) : undefined
    const only = (kind: string): unknown[] => values.map((v, i) => (kinds![i] === kind ? v : null))
    let won = survivorIndex(kinds ? only('full') : values, rule, order)
    if (won < 0 && kinds) won = survivorIndex(only('partial'), rule, order)
    if (won < 0) {
      const value = profile[field.name] ?? null
      if (value === null) return []
      // Not from a customer record: purchases told it.
      return [
        {
          name: field.name,
          text: field.column.text,
          value,
          source: 'purchase',
          observedAt: null,
          rule: survivorshipRules[rule],
          masked: false,
          others: [],
          lineage: null,
        },
      ]
    }
    const winner = rows.clear[won]!
    const shown = (r: Row): unknown => rows.masked.get(place(r))?.[field.name] ?? null
    const told = new Set([String(winner[field.name])])
    const others = [...rows.clear].reverse().flatMap((r) => {
      const value = r[field.name]
      if (value === null || value === undefined || told.has(String(value))) return []
      told.add(String(value))
      return [{ value: shown(r), source: String(r['source']), observedAt: (r['observed_at'] as string | null) ?? null }]
    })
    return [
      {
        name: field.name,
        text: field.column.text,
        value: shown(winner),
        source: String(winner['source']),
        observedAt: (winner['observed_at'] as string | null) ?? null,
        rule: survivorshipRules[rule],
        masked: shown(winner) !== winner[field.name],
        others,
        lineage: { dataset: 'customer', batch: Number(winner['batch']), row: Number(winner['row']) },
      },
    ]
  })
}

/** Keys go through the one door too: one column per way of masking. */
async function maskedKeys(
  { warehouse }: Ground,
  why: PersonExplanation,
  actor: Actor,
): Promise<CustomerProfile['keys']> {
  if (!why.keys.length) return []
  const rows = why.keys.map(({ type, value }, i) => {
    const as = type === 'ref' || type === 'company' ? 'open' : type === 'phone' || type === 'email' ? type : 'other'
    const cell = (name: string): Sql => sql`cast(${name === as ? value : null} as varchar) as ${id(name)}`
    return sql`select ${i} as nth, ${cell('open')}, ${cell('phone')}, ${cell('email')}, ${cell('other')}`
  })
  const seen = await warehouse.read<Row>({
    actor,
    purpose: 'service',
    query: join(rows, '\nunion all\n'),
    columns: {
      nth: plain,
      open: plain,
      phone: { class: 'sensitive', mask: 'phone' },
      email: { class: 'sensitive', mask: 'email' },
      other: { class: 'sensitive', mask: 'redact' },
    },
  })
  const text = new Map(
    seen.map((r) => [Number(r['nth']), String(r['open'] ?? r['phone'] ?? r['email'] ?? r['other'] ?? '')]),
  )
  return why.keys.map((k, i) => ({ type: k.type, value: text.get(i) ?? '', sources: [...k.sources] }))
}
