import { InputError } from '../base/errors.ts'
import type { Ground } from '../governance/index.ts'
import { emailKeySql, phoneKeySql } from '../identity/index.ts'
import { id, join, raw, sql, type Actor, type ReadRequest, type ResultColumn, type Sql } from '../warehouse/index.ts'
import type { CustomerPage, CustomerQuery, CustomerRow, ProfileDeps } from './contract.ts'
import { profileTable } from './tables.ts'

const sorts = ['amount', 'last_order_at', 'orders', 'name_pinyin'] as const
type Sort = (typeof sorts)[number]

const shown = [
  'person_id',
  'name',
  'phone',
  'email',
  'region',
  'city',
  'level',
  'orders',
  'amount',
  'last_order_at',
  'channel',
  'completeness',
  'tags',
] as const

/**
 * A page of customers, masked for the actor. Pages go by key, not by offset, so the last is as fast as the first.
 * @throws InputError customer_query_invalid
 */
export async function listCustomers(
  ground: Ground,
  deps: ProfileDeps,
  query: CustomerQuery,
  actor: Actor,
): Promise<CustomerPage> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 500)
  const sort = sortOf(query)
  const dir = query.dir ?? (sort === 'name_pinyin' ? 'asc' : 'desc')
  const where = await conditions(ground, deps, query, actor)
  const after = query.cursor ? readCursor(query.cursor) : undefined
  const filter = join(
    [...where, ...(after ? [beyond(sort, dir, after)] : [])].map((c) => sql`(${c})`),
    ' and ',
  )
  const rows = await ground.warehouse.read<Record<string, unknown>>({
    actor,
    purpose: 'service',
    columns: pageColumns,
    query: sql`
      select ${join(shown.map((c) => sql`p.${id(c)}`))}, ${standing(deps)}
      from ${profiles(deps)}
      where ${where.length || after ? filter : sql`true`}
      order by ${sortKey(sort)} ${raw(dir)} nulls last, p.person_id
      limit ${limit + 1}`,
  })
  const [count] = await ground.warehouse.query<{ n: number }>(sql`
    select count(*) as n
    from ${profiles(deps)}
    where ${
      where.length
        ? join(
            where.map((c) => sql`(${c})`),
            ' and ',
          )
        : sql`true`
    }`)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(customerRow),
    total: Number(count?.n ?? 0),
    ...(rows.length > limit && last ? { next: writeCursor(await keyOf(ground, sort, String(last['person_id']))) } : {}),
  }
}

/** The same rows without pages, for files. */
export async function* exportCustomers(
  ground: Ground,
  deps: ProfileDeps,
  query: CustomerQuery,
  actor: Actor,
): AsyncIterable<CustomerRow[]> {
  const where = await conditions(ground, deps, query, actor)
  const sort = sortOf(query)
  const dir = query.dir ?? (sort === 'name_pinyin' ? 'asc' : 'desc')
  const request: ReadRequest = {
    actor,
    purpose: 'export',
    columns: pageColumns,
    query: sql`
      select ${join(shown.map((c) => sql`p.${id(c)}`))}, ${standing(deps)}
      from ${profiles(deps)}
      where ${
        where.length
          ? join(
              where.map((c) => sql`(${c})`),
              ' and ',
            )
          : sql`true`
      }
      order by ${sortKey(sort)} ${raw(dir)} nulls last, p.person_id`,
    options: { lane: 'heavy' },
  }
  for await (const rows of ground.warehouse.readStream<Record<string, unknown>>(request)) yield rows.map(customerRow)
}

/** Whole profile rows in the order of `person_id`, masked, for files that need more than the list shows. */
export async function* exportProfiles(
  ground: Ground,
  deps: ProfileDeps,
  query: CustomerQuery,
  actor: Actor,
): AsyncIterable<Record<string, unknown>[]> {
  const where = await conditions(ground, deps, query, actor)
  yield* ground.warehouse.readStream<Record<string, unknown>>({
    actor,
    purpose: 'export',
    columns: profileTable.columns,
    query: sql`
      select p.*
      from ${profiles(deps)}
      where ${
        where.length
          ? join(
              where.map((c) => sql`(${c})`),
              ' and ',
            )
          : sql`true`
      }
      order by p.person_id`,
    options: { lane: 'heavy' },
  })
}

const plain: ResultColumn = { class: 'non_sensitive', mask: 'none' }
const pageColumns: Readonly<Record<string, ResultColumn>> = {
  ...Object.fromEntries(shown.map((c) => [c, profileTable.columns[c]!])),
  rfm_level: plain,
  stage: plain,
}

function sortOf(query: CustomerQuery): Sort {
  const sort = query.sort ?? 'amount'
  if (!sorts.includes(sort))
    throw new InputError('customer_query_invalid', { param: 'sort', value: sort, known: sorts.join(', ') })
  if (query.dir && query.dir !== 'asc' && query.dir !== 'desc')
    throw new InputError('customer_query_invalid', { param: 'dir', value: query.dir, known: 'asc, desc' })
  return sort
}

const sortKey = (sort: Sort): Sql => sql`p.${id(sort)}`
const profiles = (deps: ProfileDeps): Sql =>
  deps.standing ? sql`profile p left join (${deps.standing}) s on s.person_id = p.person_id` : sql`profile p`
const standing = (deps: ProfileDeps): Sql =>
  deps.standing ? sql`s.rfm_level, s.stage` : sql`cast(null as varchar) as rfm_level, cast(null as varchar) as stage`

async function conditions(ground: Ground, deps: ProfileDeps, query: CustomerQuery, actor: Actor): Promise<Sql[]> {
  const found: Sql[] = []
  if (query.region) found.push(sql`p.region = ${query.region}`)
  if (query.level)
    found.push(
      deps.standing ? sql`p.level = ${query.level} or s.rfm_level = ${query.level}` : sql`p.level = ${query.level}`,
    )
  if (query.segment && deps.members)
    found.push(sql`p.person_id in (select person_id from (${deps.members(query.segment)}) m)`)
  if (query.people && deps.people)
    found.push(sql`p.person_id in (select person_id from ${deps.people(query.people)} m)`)
  const q = query.q?.trim()
  if (q) found.push(await search(ground, q, actor))
  return found
}

/** Exact for keys; parts only of names, and only for those who may see names: else a search would spell out what is masked. */
async function search(ground: Ground, q: string, actor: Actor): Promise<Sql> {
  // A person's id asks for nobody else: no need to look through keys and names.
  if (/^P[0-9a-v]{20}$/.test(q)) return sql`p.person_id = ${q}`
  const keys = await ground.warehouse.query<{ person_id: string }>(sql`
    select distinct k.person_id
    from person_key k
    where (k.key_type = 'phone' and k.key_value = ${phoneKeySql(sql`${q}`)})
      or (k.key_type = 'email' and k.key_value = ${emailKeySql(sql`${q}`)})
      or (k.key_type = 'ref' and (k.key_value = ${q} or k.key_value like ${`%:${escapeLike(q)}`} escape '\\'))
      or (k.key_type = 'member_no' and k.key_value like ${`%:${escapeLike(q)}`} escape '\\')
    limit 1000`)
  const people = [q, ...keys.map((k) => k.person_id)]
  const exact = sql`p.person_id in (${join(people.map((p) => sql`${p}`))}) or p.phone = ${q} or p.email = ${q.toLowerCase()}`
  if (await namesMasked(ground, actor)) return sql`${exact} or p.name = ${q}`
  const folded = q.toLowerCase().replace(/\s+/g, ' ')
  const part = `%${escapeLike(folded)}%`
  const spoken = `${escapeLike(folded)}%`
  const joined = `${escapeLike(folded.replaceAll(' ', ''))}%`
  return /^[\p{ASCII}]+$/u.test(folded)
    ? sql`${exact} or p.name_pinyin like ${spoken} escape '\\' or p.name_pinyin like ${joined} escape '\\' or p.name_initials like ${joined} escape '\\' or lower(p.name) like ${part} escape '\\'`
    : sql`${exact} or lower(p.name) like ${part} escape '\\'`
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (c) => `\\${c}`)

/** Asks the one door how it would show a name. */
async function namesMasked({ warehouse }: Ground, actor: Actor): Promise<boolean> {
  const probe = 'Probe Name'
  const [row] = await warehouse.read<{ name: string }>({
    actor: { ...actor },
    purpose: 'service',
    query: sql`select ${probe} as name`,
    columns: { name: profileTable.columns['name']! },
  })
  return row?.name !== probe
}

interface Key {
  readonly value: string | null
  readonly personId: string
}

async function keyOf({ warehouse }: Ground, sort: Sort, personId: string): Promise<Key> {
  const [row] = await warehouse.query<{ value: string | null }>(
    sql`select cast(${id(sort)} as varchar) as value from profile where person_id = ${personId}`,
  )
  // Names do not go into an address: the page after a name is found by its person.
  return { value: sort === 'name_pinyin' ? null : (row?.value ?? null), personId }
}

/** Rows behind the key; nulls are last in both directions, equal keys go by person id. */
function beyond(sort: Sort, dir: 'asc' | 'desc', after: Key): Sql {
  const key = sortKey(sort)
  const than = raw(dir === 'asc' ? '>' : '<')
  const value: Sql =
    sort === 'name_pinyin'
      ? sql`(select name_pinyin from profile where person_id = ${after.personId})`
      : sort === 'last_order_at'
        ? sql`cast(${after.value} as timestamp)`
        : sql`cast(${after.value} as decimal(18, 4))`
  return sql`
    (${key} ${than} ${value})
    or (${key} is null and ${value} is not null)
    or ((${key} = ${value} or (${key} is null and ${value} is null)) and p.person_id > ${after.personId})`
}

const writeCursor = (key: Key): string => Buffer.from(JSON.stringify([key.value, key.personId])).toString('base64url')

function readCursor(cursor: string): Key {
  try {
    const [value, personId] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string | null, string]
    if (typeof personId === 'string' && (value === null || /^[-\d.: T]+$/.test(value))) return { value, personId }
  } catch {
    // Told below.
  }
  throw new InputError('customer_query_invalid', { param: 'cursor', value: cursor, known: 'next' })
}

export function customerRow(r: Record<string, unknown>): CustomerRow {
  const text = (name: string): string | null => (r[name] as string | null) ?? null
  return {
    personId: String(r['person_id']),
    name: text('name'),
    phone: text('phone'),
    email: text('email'),
    region: text('region'),
    city: text('city'),
    level: text('level'),
    rfmLevel: text('rfm_level'),
    stage: text('stage'),
    orders: Number(r['orders'] ?? 0),
    amount: Number(r['amount'] ?? 0),
    lastOrderAt: text('last_order_at'),
    channel: text('channel'),
    completeness: Number(r['completeness'] ?? 0),
    tags: (text('tags') ?? '').split(',').filter(Boolean),
  }
}
