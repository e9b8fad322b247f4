import { InputError } from '../base/errors.ts'
import type { Text } from '../base/text.ts'
import type { Ground } from '../governance/index.ts'
import { currentPerson } from '../identity/index.ts'
import { id, join, list, sql, type Actor, type ResultColumn, type Sql } from '../warehouse/index.ts'
import type { TimelineItem, TimelineQuery } from './contract.ts'

type Row = Record<string, unknown>

/** One kind of moment: where it is found and how its line reads. */
interface Moment {
  readonly type: string
  readonly text: Text
  /** Columns of the answer: `at`, `source`, `batch`, `row` and those of `detail`. */
  readonly query: (mine: Mine) => Sql
  readonly detail: Readonly<Record<string, ResultColumn>>
  readonly title: (row: Row) => Text
}

interface Mine {
  readonly personId: string
  /** Condition: the row's customer number is one of the person's. */
  readonly refs: Sql
}

const open: ResultColumn = { class: 'non_sensitive', mask: 'none' }
const hidden: ResultColumn = { class: 'sensitive', mask: 'redact' }
const say =
  (zh: string, en: string) =>
  (row: Row, ...fields: string[]): Text => {
    const tail = fields.map((f) => row[f]).filter((v) => v !== null && v !== undefined && v !== '')
    return { zh: [zh, ...tail].join(' · '), en: [en, ...tail].join(' · ') }
  }

/** Rows of a domain table by the person's customer numbers. */
const fromDomain =
  (table: string, at: string, columns: readonly string[]) =>
  ({ refs }: Mine): Sql => sql`
      select ${id(at)} as "at", source, batch, row, ${join(columns.map((c) => id(c)))}
      from ${id(table)}
      where ${refs} and ${id(at)} is not null`

const bought =
  (condition: Sql) =>
  ({ personId }: Mine): Sql => sql`
      select
        max(ordered_at) as "at", min(source) as source, min(batch) as batch, min(row) as row,
        order_id, sum(amount) as amount, sum(quantity) as quantity, count(*) as lines,
        max(channel) as channel, max(store) as store, min(product_name) as product_name
      from purchase
      where person_id = ${personId} and ordered_at is not null and ${condition}
      group by space, order_id, case when order_id is null then concat(batch, '/', row) end`
const boughtDetail = {
  order_id: open,
  amount: open,
  quantity: open,
  lines: open,
  channel: open,
  store: open,
  product_name: open,
}

const moments: readonly Moment[] = [
  {
    type: 'order',
    text: { zh: '购买', en: 'Purchase' },
    query: bought(sql`kind in ('sale', 'adjustment')`),
    detail: boughtDetail,
    title: (r) => say('购买', 'Purchase')(r, 'order_id', 'amount', 'channel'),
  },
  {
    type: 'return',
    text: { zh: '退货', en: 'Return' },
    query: bought(sql`kind = 'return'`),
    detail: boughtDetail,
    title: (r) => say('退货', 'Return')(r, 'order_id', 'amount'),
  },
  {
    type: 'cancellation',
    text: { zh: '取消', en: 'Cancellation' },
    query: bought(sql`kind = 'cancellation'`),
    detail: boughtDetail,
    title: (r) => say('取消订单', 'Cancelled order')(r, 'order_id'),
  },
  {
    type: 'interaction',
    text: { zh: '服务', en: 'Service' },
    query: fromDomain('interaction', 'occurred_at', [
      'interaction_id',
      'type',
      'subject',
      'content',
      'channel',
      'status',
      'satisfaction',
    ]),
    detail: {
      interaction_id: open,
      type: open,
      subject: hidden,
      content: hidden,
      channel: open,
      status: open,
      satisfaction: open,
    },
    title: (r) => say('服务', 'Service')(r, 'type', 'subject', 'status'),
  },
  {
    type: 'feedback',
    text: { zh: '评价', en: 'Feedback' },
    query: fromDomain('feedback', 'occurred_at', ['order_id', 'sku', 'rating', 'content', 'channel']),
    detail: { order_id: open, sku: open, rating: open, content: hidden, channel: open },
    title: (r) => say('评价', 'Feedback')(r, 'rating', 'sku'),
  },
  {
    type: 'campaign',
    text: { zh: '营销', en: 'Marketing' },
    query: fromDomain('campaign_touch', 'occurred_at', ['campaign', 'channel', 'action', 'variant']),
    detail: { campaign: open, channel: open, action: open, variant: open },
    title: (r) => say('营销', 'Marketing')(r, 'campaign', 'action', 'channel'),
  },
  {
    type: 'delivery',
    text: { zh: '物流', en: 'Delivery' },
    query: fromDomain('delivery', 'shipped_at', ['order_id', 'carrier', 'status', 'delivered_at']),
    detail: { order_id: open, carrier: open, status: open, delivered_at: open },
    title: (r) => say('物流', 'Delivery')(r, 'carrier', 'status'),
  },
  {
    type: 'event',
    text: { zh: '行为', en: 'Behaviour' },
    query: fromDomain('event', 'occurred_at', ['event', 'page', 'sku', 'channel']),
    detail: { event: open, page: open, sku: open, channel: open },
    title: (r) => say('行为', 'Behaviour')(r, 'event', 'page'),
  },
  {
    type: 'loyalty',
    text: { zh: '积分', en: 'Points' },
    query: fromDomain('loyalty', 'occurred_at', ['change', 'points', 'level', 'reason']),
    detail: { change: open, points: open, level: open, reason: open },
    title: (r) => say('积分变动', 'Points')(r, 'change', 'reason'),
  },
  {
    type: 'registration',
    text: { zh: '注册', en: 'Registration' },
    query: fromDomain('customer', 'registered_at', ['channel', 'level']),
    detail: { channel: open, level: open },
    title: (r) => say('注册', 'Registered')(r, 'channel'),
  },
]

/** What a timeline may be filtered by. */
export const timelineTypes: readonly { readonly type: string; readonly text: Text }[] = moments.map(
  ({ type, text }) => ({ type, text }),
)

/**
 * What happened to a person, newest first, masked for the actor.
 * @throws InputError person_unknown, customer_query_invalid (unknown type, broken cursor)
 */
export async function timeline(
  ground: Ground,
  personId: string,
  actor: Actor,
  query: TimelineQuery,
): Promise<{ items: TimelineItem[]; next?: string }> {
  const { warehouse } = ground
  const current = await currentPerson(ground, personId)
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 200)
  const wanted = query.type ? moments.filter((m) => m.type === query.type) : moments
  if (!wanted.length)
    throw new InputError('customer_query_invalid', {
      param: 'type',
      value: query.type,
      known: moments.map((m) => m.type).join(', '),
    })
  const after = query.cursor ? readCursor(query.cursor) : undefined
  const refs = (
    await warehouse.query<{ ref: string }>(
      sql`select key_value as ref from person_key where key_type = 'ref' and person_id = ${current}`,
    )
  ).map((r) => r.ref)
  const mine: Mine = { personId: current, refs: ofRefs(refs) }
  const found = await Promise.all(
    wanted.map(async (m) => {
      const rows = await warehouse.read<Row>({
        actor,
        purpose: 'service',
        columns: { at: open, source: open, batch: open, row: open, ...m.detail },
        query: sql`
          select * from (${m.query(mine)}) moment
          ${after ? before(after, m.type) : sql``}
          order by "at" desc, batch desc, row desc
          limit ${limit + 1}`,
      })
      return rows.map((r): TimelineItem => itemOf(m, r))
    }),
  )
  const items = found.flat().sort(newestFirst)
  const page = items.slice(0, limit)
  const last = page.at(-1)
  return { items: page, ...(items.length > limit && last ? { next: writeCursor(last) } : {}) }
}

function ofRefs(refs: readonly string[]): Sql {
  // The plain column first: engines skip on it, not on the joined reference.
  const numbers = [
    ...new Set(
      refs.flatMap((r) =>
        r
          .split(':')
          .map((_, i, all) => all.slice(i).join(':'))
          .slice(1),
      ),
    ),
  ]
  return sql`customer_id in ${list(numbers)} and concat(space, ':', customer_id) in ${list(refs)}`
}

function itemOf(m: Moment, r: Row): TimelineItem {
  const detail = Object.fromEntries(Object.keys(m.detail).map((k) => [k, r[k] ?? null]))
  return {
    at: String(r['at']),
    type: m.type,
    title: m.title(r),
    detail,
    source: String(r['source']),
    batch: Number(r['batch']),
    row: Number(r['row']),
  }
}

type Place = Pick<TimelineItem, 'at' | 'type' | 'batch' | 'row'>

/** Newest first; within one moment by type, then by row: a total order, so that pages neither repeat nor lose. */
function newestFirst(a: Place, b: Place): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1
  if (a.type !== b.type) return a.type < b.type ? -1 : 1
  return b.batch - a.batch || b.row - a.row
}

function before(after: Place, type: string): Sql {
  const at = sql`cast(${after.at.replace('T', ' ').replace('Z', '')} as timestamp)`
  if (type === after.type)
    return sql`where "at" < ${at} or ("at" = ${at} and (batch < ${after.batch} or (batch = ${after.batch} and row < ${after.row})))`
  return type > after.type ? sql`where "at" <= ${at}` : sql`where "at" < ${at}`
}

const writeCursor = (p: Place): string =>
  Buffer.from(JSON.stringify([p.at, p.type, p.batch, p.row])).toString('base64url')

function readCursor(cursor: string): Place {
  try {
    const [at, type, batch, row] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [
      string,
      string,
      number,
      number,
    ]
    if (/^[-\dT:.Z]+$/.test(at) && typeof type === 'string' && Number.isFinite(batch) && Number.isFinite(row))
      return { at, type, batch, row }
  } catch {
    // Told below.
  }
  throw new InputError('customer_query_invalid', { param: 'cursor', value: cursor, known: 'next' })
}
