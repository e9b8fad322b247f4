import { fillText, type Text } from '../base/text.ts'
import { domainOf, type DomainName } from '../intake/index.ts'
import { bodyOf } from '../journal/index.ts'
import { id, sql, w, type Projector, type Sql, type Writer } from '../warehouse/index.ts'
import type { CleaningLine } from './cleaning.ts'
import { levelMismatch, levelSpendDefaults } from './level-spend.ts'
import { membersOf } from './members.ts'
import { orderOutliers, outlierDefaults } from './outliers.ts'

/** Why an item is on the list; `{…}` are filled from its parameters. */
export const reviewReasons: Readonly<Record<string, Text>> = {
  order_outlier: {
    zh: '订单 {order_id} 的金额 {value} 超过来源“{source}”其余订单均值 {mean} 的 10 倍（共 {orders} 单，不含本单，不限时间）。请核实后保留或修正。',
    en: 'Order {order_id} has the amount {value}, above 10 × the mean {mean} of the other orders of the source "{source}" ({orders} orders of any time, this one left out). Check it, then keep or fix it.',
  },
  level_spend: {
    zh: '会员等级“{value}”与消费金额 {spend} 不匹配：来源“{source}”中该金额对应的等级为“{expected}”。请核实后保留或修正。',
    en: 'The level "{value}" does not fit the amount spent, {spend}: in the source "{source}" that amount goes with the level "{expected}". Check it, then keep or fix it.',
  },
}

/** Text of an item's reason; a masked one shows stars. */
export function reasonText(kind: string, stored: string): Text {
  const values = stored.split(between)
  const params = Object.fromEntries((reasonParams[kind] ?? []).map((name, i) => [name, values[i] ?? '***']))
  return fillText(reviewReasons[kind] ?? { zh: kind, en: kind }, params)
}

const money = (x: Sql): Sql => w.cast(sql`cast(round(${x}, 2) as decimal(18, 2))`, 'text')

/** The parameters of a reason, in the order in which they are stored. */
const reasonParams: Readonly<Record<string, readonly string[]>> = {
  order_outlier: ['order_id', 'source', 'value', 'mean', 'orders'],
  level_spend: ['source', 'value', 'expected', 'spend'],
}
// Unit separator: no value of a data file keeps it through the fold.
const between = '\u001f'

const packed = (...items: readonly Sql[]): Sql =>
  w.concat(...items.flatMap((item, i) => (i ? [sql`${between}`, item] : [item])))

/** Items of both kinds: the columns of `review` that a proposal fills. */
function proposals(): Sql[] {
  const itemId = (kind: string, field: string): Sql =>
    w.md5(packed(sql`${kind}`, sql`dataset`, sql`record_key`, sql`${field}`))
  const outliers = sql`select ${itemId('order_outlier', 'amount')} as id, 'order_outlier' as kind, dataset, record_key, 'amount' as field,
  ${money(sql`value`)} as value, ${w.concat(sql`'≤ '`, money(sql`expected`))} as expected,
  ${packed(sql`order_id`, sql`source`, money(sql`value`), money(sql`mean`), w.cast(sql`orders`, 'text'))} as reason
from (${orderOutliers(outlierDefaults)}) as o`
  const levels = sql`select ${itemId('level_spend', 'level')} as id, 'level_spend' as kind, dataset, record_key, 'level' as field,
  level as value, expected_level as expected, ${packed(sql`grp`, sql`level`, sql`expected_level`, money(sql`spend`))} as reason
from (select 'customer' as dataset, member as record_key, grp, level, expected_level, spend
  from (${levelMismatch(membersOf(id('customer'), id('order'), id('order_line')), levelSpendDefaults)}) as m) as l`
  return [outliers, levels]
}

/** Put the list in step with the data: open items that no longer apply go, decided ones stay as they are. */
export async function proposeReviews(writer: Writer): Promise<CleaningLine[]> {
  await writer.run(sql`delete from review where state = 'open'`)
  for (const query of proposals()) {
    await writer.run(sql`insert into review (id, kind, dataset, record_key, field, value, expected, reason, state)
select p.id, p.kind, p.dataset, p.record_key, p.field, p.value, p.expected, p.reason, 'open'
from (${query}) as p
where p.id not in (select id from review)`)
  }
  const counts = await writer.query(
    sql`select kind, dataset, state, count(*) as n from review group by kind, dataset, state order by kind, dataset, state`,
  )
  return counts.map((c) => ({
    step: 'outliers',
    dataset: String(c.dataset),
    item: `${String(c.kind)}:${String(c.state)}`,
    rows: Number(c.n),
    total: Number(c.n),
  }))
}

/** Body of a `review.decided` record: the whole item, so that a rebuild needs nothing else. */
export interface ReviewDecided {
  readonly id: string
  readonly decision: 'keep' | 'fix'
  readonly value?: string
  readonly why?: string
  readonly item: {
    readonly kind: string
    readonly dataset: DomainName
    readonly recordKey: string
    readonly field: string
    readonly value: string | null
    readonly expected: string | null
    readonly reason: string | null
  }
}

/**
 * Decisions as the journal has them. A fix also sets the cell of the domain row that was there at that point of the
 * journal: a later version of the record from its source is newer knowledge and stands.
 */
export const reviewProjector: Projector = {
  owner: 'quality',
  kinds: ['review.decided'],
  async apply(records, writer) {
    for (const record of records) {
      const body = bodyOf<ReviewDecided>(record as never)
      const { item } = body
      const decidedAt = new Date(record.header.time)
      await writer.run(sql`delete from review where id = ${body.id}`)
      await writer.run(sql`insert into review (id, kind, dataset, record_key, field, value, expected, reason, state, fixed_value, why, decided_by, decided_at)
values (${body.id}, ${item.kind}, ${item.dataset}, ${item.recordKey}, ${item.field}, ${item.value}, ${item.expected}, ${item.reason},
  ${body.decision === 'keep' ? 'kept' : 'fixed'}, ${body.value ?? null}, ${body.why ?? null}, ${record.header.actor ?? null}, ${decidedAt})`)
      if (body.decision === 'fix' && body.value !== undefined) {
        const type = domainOf(item.dataset).fields[item.field]!.type
        await writer.run(
          sql`update ${id(item.dataset)} set ${id(item.field)} = ${w.tryCast(sql`${body.value}`, type)} where record_key = ${item.recordKey}`,
        )
      }
    }
  },
}
