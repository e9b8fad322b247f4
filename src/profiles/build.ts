import type { Work } from '../base/context.ts'
import type { Ground } from '../governance/index.ts'
import { domains } from '../intake/index.ts'
import { id, join, raw, sql, w, type Sql, type Writer } from '../warehouse/index.ts'
import { factTables, fillFacts } from './facts.ts'
import { fillGolden, sourcesByTrust } from './golden.ts'
import { goldenFields } from './golden-fields.ts'
import { fillPurchases } from './purchases.ts'
import { rulesInForce } from './survivorship.ts'
import { profileStateTable, profileTable } from './tables.ts'

export interface BuildResult {
  /** True when neither data, identity nor survivorship changed since the last build. */
  readonly skipped: boolean
  readonly profiles: number
  readonly purchases: number
}

/** Derive purchases and profiles from the domain tables and the ledger: a pure function of both, built anew. */
export async function build(ground: Ground, work: Work): Promise<BuildResult> {
  const { warehouse } = ground
  const rules = rulesInForce(ground)
  const stamp = await inputStamp(ground, rules)
  const [state] = await warehouse.query<{ stamp: string }>(sql`select stamp from profile_state`)
  if (state?.stamp === stamp) return { ...(await sizes(ground)), skipped: true }
  return ground.lineage.run(
    'profiles',
    { inputs: ['customer', 'order', 'order_line', 'refund', 'person_key'], outputs: ['purchase', 'profile'] },
    async () => {
      work.progress.step({ zh: '汇总购买记录', en: 'Deriving purchases' })
      await warehouse.transaction((writer) => fillPurchases(warehouse, writer))
      work.signal?.throwIfAborted()
      work.progress.step({ zh: '生成客户档案', en: 'Building profiles' })
      const defined = ground.definitions.get<{ sources?: string[] }>('survivorship', 'sources')?.value.sources ?? []
      const trusted = await sourcesByTrust(warehouse, defined, domains.customer.keyFields)
      await warehouse.transaction(async (writer) => {
        await fillGolden(writer, rules, trusted)
        await fillFacts(writer, zoneHours(ground))
        await fillProfiles(writer)
        for (const name of factTables) await writer.run(sql`drop table if exists temp.${raw(name)}`)
        await writer.run(sql`delete from profile_state`)
        await writer.append(profileStateTable, ['stamp', 'trust'], [[stamp, JSON.stringify(trusted)]])
      })
      return { ...(await sizes(ground)), skipped: false }
    },
  )
}

async function sizes({ warehouse }: Ground): Promise<{ profiles: number; purchases: number }> {
  const [row] = await warehouse.query<{ profiles: number; purchases: number }>(
    sql`select (select count(*) from profile) as profiles, (select count(*) from purchase) as purchases`,
  )
  return { profiles: Number(row!.profiles), purchases: Number(row!.purchases) }
}

async function inputStamp({ warehouse, definitions }: Ground, rules: ReadonlyMap<string, string>): Promise<string> {
  const [row] = await warehouse.query<{ stamp: string }>(sql`
    select concat(
      (select concat(coalesce(max(batch), 0), ':', count(*), ':', count(undone_at), ':', coalesce(sum(stored), 0)) from batch), '/',
      -- A fix from review changes a row in place.
      (select concat(count(*), ':', max(decided_at)) from review where state = 'fixed'), '/',
      (select coalesce(max(run), 0) from identity_run)
    ) as stamp`)
  const sources = definitions.get<{ sources?: string[] }>('survivorship', 'sources')?.value.sources ?? []
  return `${row!.stamp}/${[...rules.values()].join(',')}/${sources.join(',')}/1`
}

/** Whole hours that the workspace's days are ahead of UTC, in winter. */
export function zoneHours({ zone, clock }: Pick<Ground, 'zone' | 'clock'>): number {
  const winter = Date.UTC(new Date(clock()).getUTCFullYear(), 0, 15, 12)
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(winter)
  return ((Number(hour) - 12 + 36) % 24) - 12
}

/** The earliest or latest of some times of which any may be missing: engines differ on nulls in least and greatest. */
function extreme(fn: 'least' | 'greatest', times: readonly Sql[]): Sql {
  const all = times.map((_, i) => sql`coalesce(${join([...times.slice(i), ...times.slice(0, i)])})`)
  return sql`${raw(fn)}(${join(all)})`
}

async function fillProfiles(writer: Writer): Promise<void> {
  const filled = domains.customer.keyFields.map((f) => sql`case when g.${id(f)} is not null then 1 else 0 end`)
  const completeness = sql`cast(${join(filled, ' + ')} as double) / ${domains.customer.keyFields.length}`
  const computed: Readonly<Record<string, Sql>> = {
    country: sql`coalesce(g.country, b.country)`,
    orders: sql`coalesce(b.orders, 0)`,
    lines: sql`coalesce(b.lines, 0)`,
    amount: sql`coalesce(b.amount, 0)`,
    gross_amount: sql`coalesce(b.gross_amount, 0)`,
    returns: sql`coalesce(b.returns, 0)`,
    return_amount: sql`coalesce(b.return_amount, 0)`,
    average_order_value: w.ratio(raw('b.gross_amount'), raw('b.orders')),
    first_order_at: raw('b.first_order_at'),
    last_order_at: raw('b.last_order_at'),
    favourite_category: raw('lc.value'),
    favourite_channel: raw('lh.value'),
    interactions: sql`coalesce(i.interactions, 0)`,
    tickets: sql`coalesce(i.tickets, 0)`,
    average_rating: raw('r.rating'),
    active_days: sql`coalesce(a.days, 0)`,
    sources: sql`coalesce(g.sources, 0)`,
    records: sql`coalesce(g.records, 0)`,
    completeness,
    first_seen: extreme('least', [
      raw('g.registered_at'),
      raw('g.first_contact_at'),
      raw('b.first_order_at'),
      raw('i.first_at'),
    ]),
    last_seen: extreme('greatest', [
      raw('g.last_active_at'),
      raw('g.registered_at'),
      raw('b.seen_at'),
      raw('i.last_at'),
    ]),
    // A record that lacks more than 30 % of its key fields is to be completed.
    tags: sql`case
        when ${completeness} < 0.7 and g.customer_tags is not null then concat('待补充,', g.customer_tags)
        when ${completeness} < 0.7 then '待补充'
        else g.customer_tags
      end`,
    name_pinyin: sql`nullif(n.pinyin, '')`,
    name_initials: sql`nullif(n.initials, '')`,
  }
  const golden = new Set(goldenFields.map((f) => f.name))
  const names = Object.keys(profileTable.columns)
  const values = names.map((name) => {
    if (name === 'person_id') return raw('p.person_id')
    return computed[name] ?? (golden.has(name) ? sql`g.${id(name)}` : sql`null`)
  })
  await writer.run(sql`delete from profile`)
  await writer.run(sql`
    insert into profile (${join(names.map((n) => id(n)))})
    with people as (
      select distinct person_id from person_key where key_type = 'ref'
    )
    select ${join(values)}
    from people p
    left join golden g on g.person_id = p.person_id
    left join bought b on b.person_id = p.person_id
    left join liked_category lc on lc.person_id = p.person_id
    left join liked_channel lh on lh.person_id = p.person_id
    left join contacted i on i.person_id = p.person_id
    left join rated r on r.person_id = p.person_id
    left join active a on a.person_id = p.person_id
    left join name_form n on n.name = g.name`)
}
