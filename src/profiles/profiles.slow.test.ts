import { afterEach, describe, expect, it } from 'vitest'
import { quiet } from '../base/context.ts'
import { createIdentity } from '../identity/index.ts'
import { openWorkbench, type Workbench } from '../identity/workbench.testing.ts'
import { canonicalHash, sql, type Row } from '../warehouse/index.ts'
import { createProfiles, profileTables, type ProfileDeps } from './index.ts'

const open: Workbench[] = []
afterEach(async () => {
  while (open.length) await open.pop()!.close()
})

const admin = { id: 'boss', role: 'admin' } as const
const viewer = { id: 'guest', role: 'viewer' } as const

async function bench(deps: ProfileDeps = {}) {
  const made = await openWorkbench({ tables: profileTables })
  open.push(made)
  const identity = createIdentity(made.ground)
  const profiles = createProfiles(made.ground, deps)
  const run = async () => {
    await identity.resolve(quiet)
    return profiles.build(quiet)
  }
  const personOf = async (ref: string): Promise<string> =>
    (
      await made.ground.warehouse.query<{ person_id: string }>(
        sql`select person_id from person_key where key_type = 'ref' and key_value = ${ref}`,
      )
    )[0]!.person_id
  const rows = <T extends Row = Row>(query: ReturnType<typeof sql>): Promise<T[]> =>
    made.ground.warehouse.query<T>(query)
  return { ...made, identity, profiles, run, personOf, rows }
}

const zhang = { name: '张伟', phone: '+8613912345678' }

/** One person in three sources, with orders, a refund, a call and a review. */
async function shop() {
  const b = await bench()
  await b.add('customer', [
    {
      customer_id: 'c1',
      ...zhang,
      email: 'old@qq.com',
      region: '浙江省',
      level: 'silver',
      gender: '男',
      last_active_at: '2024-01-01 00:00:00',
      registered_at: '2022-02-02 00:00:00',
    },
    { customer_id: 'c2', name: '李娜', phone: '+8613711112222', region: '上海市' },
  ])
  await b.add(
    'customer',
    [
      {
        customer_id: 'm1',
        ...zhang,
        email: 'new@qq.com',
        region: '江苏省',
        level: 'gold',
        gender: '男',
        birth_date: '1988-07-09',
        channel: '商城',
        last_active_at: '2024-03-01 00:00:00',
        registered_at: '2023-05-05 00:00:00',
      },
    ],
    { source: 'mall' },
  )
  await b.add(
    'customer',
    [{ customer_id: 't1', name: '張偉', phone: '139-1234-5678', gender: '女', last_active_at: '2024-04-01 00:00:00' }],
    { source: 'till' },
  )
  await b.add('product', [{ sku: 's1', product_name: '外套', category: '外套' }], { source: 'erp' })
  await b.add(
    'order',
    [
      { order_id: 'o1', customer_id: 'm1', ordered_at: '2024-01-10 10:00:00', channel: '商城' },
      { order_id: 'o2', customer_id: 'm1', ordered_at: '2024-02-10 10:00:00', channel: '商城' },
      { order_id: 'o3', customer_id: 'm1', ordered_at: '2024-02-11 10:00:00', status: '已取消' },
      { order_id: 'o4', phone: '13912345678', ordered_at: '2024-02-12 17:00:00', amount: 50, channel: '门店' },
      { order_id: 'o5', phone: '13999998888', ordered_at: '2024-02-13 10:00:00', amount: 70, channel: '门店' },
    ],
    { source: 'mall' },
  )
  await b.add(
    'order_line',
    [
      { order_id: 'o1', sku: 's1', quantity: 2, unit_price: 100, amount: 200 },
      { order_id: 'o1', sku: 's2', category: '鞋', quantity: 1, unit_price: 300, amount: 300 },
      { order_id: 'o1', sku: 's2', category: '鞋', quantity: -1, unit_price: 300, amount: -300 },
      { order_id: 'o2', sku: 's1', quantity: 1, unit_price: 100 },
      { order_id: 'o3', sku: 's1', quantity: 1, unit_price: 100, amount: 100 },
    ],
    { source: 'mall' },
  )
  await b.add(
    'refund',
    [
      { refund_id: 'r1', order_id: 'o2', sku: 's1', refunded_at: '2024-02-20 10:00:00', amount: 40 },
      { refund_id: 'r2', order_id: 'o1', amount: 300 },
    ],
    { source: 'mall' },
  )
  await b.add('interaction', [
    {
      interaction_id: 'i1',
      customer_id: 'c1',
      occurred_at: '2024-03-05 10:00:00',
      type: '物流投诉',
      content: '一直没到',
    },
  ])
  await b.add('feedback', [{ feedback_id: 'f1', customer_id: 'm1', occurred_at: '2024-03-06 10:00:00', rating: 4 }], {
    source: 'mall',
  })
  await b.run()
  return b
}

describe('purchases', () => {
  it('are one row per line, or per order or refund without lines, with a person where anyone is named', async () => {
    const b = await shop()
    const me = await b.personOf('crm:c1')
    const found = await b.rows(
      sql`select order_id, dataset, kind, cast(amount as double) as amount, category, channel, person_id from purchase order by order_id, dataset, amount`,
    )
    expect(
      found.map((r) => [
        r['order_id'],
        r['dataset'],
        r['kind'],
        r['amount'],
        r['category'],
        r['channel'],
        r['person_id'] === me,
      ]),
    ).toEqual([
      ['o1', 'order_line', 'return', -300, '鞋', '商城', true],
      ['o1', 'order_line', 'sale', 200, '外套', '商城', true],
      ['o1', 'order_line', 'sale', 300, '鞋', '商城', true],
      ['o2', 'order_line', 'sale', 100, '外套', '商城', true],
      ['o2', 'refund', 'return', -40, '外套', '商城', true],
      ['o3', 'order_line', 'cancellation', 100, '外套', null, true],
      ['o4', 'order', 'sale', 50, null, '门店', true],
      ['o5', 'order', 'sale', 70, null, '门店', false],
    ])
  })

  it('take the first of two orders with one number, and never double the lines', async () => {
    const b = await bench()
    await b.add('customer', [
      { customer_id: 'c1', ...zhang },
      { customer_id: 'c2', name: '李娜' },
    ])
    await b.add('order', [
      { order_id: 'o1', customer_id: 'c1', channel: 'A' },
      { order_id: 'o1', customer_id: 'c2', channel: 'B' },
    ])
    await b.add('order_line', [{ order_id: 'o1', amount: 10, quantity: 1 }])
    await b.run()
    expect(await b.rows(sql`select channel, person_id from purchase`)).toEqual([
      { channel: 'A', person_id: await b.personOf('crm:c1') },
    ])
  })
})

describe('profiles', () => {
  it('count as their definitions say', async () => {
    const b = await shop()
    const [p] = await b.rows(sql`select * from profile where person_id = ${await b.personOf('crm:c1')}`)
    expect(p).toMatchObject({
      orders: 3,
      lines: 4,
      amount: 310,
      gross_amount: 650,
      returns: 2,
      return_amount: 340,
      favourite_category: '外套',
      favourite_channel: '商城',
      interactions: 1,
      tickets: 1,
      average_rating: 4,
      records: 3,
      sources: 3,
      name_pinyin: 'zhangwei',
      name_initials: 'zw',
      first_order_at: '2024-01-10T10:00:00Z',
      last_order_at: '2024-02-12T17:00:00Z',
      first_seen: '2022-02-02T00:00:00Z',
      last_seen: '2024-04-01T00:00:00Z',
      // 2024-02-12 17:00 UTC is the 13th in Shanghai: four days with a call.
      active_days: 4,
      completeness: 1,
      tags: null,
    })
    expect(p!['average_order_value']).toBeCloseTo(650 / 3, 3)
    const [q] = await b.rows(
      sql`select tags, completeness, orders from profile where person_id = ${await b.personOf('crm:c2')}`,
    )
    expect(q).toEqual({ tags: '待补充', completeness: 3 / 8, orders: 0 })
  })

  it('choose each field by its rule', async () => {
    const b = await shop()
    const at = sql`select name, phone, email, region, level, gender, registered_at from profile where person_id = ${await b.personOf('crm:c1')}`
    expect(await b.rows(at)).toEqual([
      // most frequent name and gender; most recent e-mail and region; level of the fullest source; earliest registration
      {
        name: '张伟',
        phone: '139-1234-5678',
        email: 'new@qq.com',
        region: '江苏省',
        level: 'gold',
        gender: '男',
        registered_at: '2022-02-02T00:00:00Z',
      },
    ])
    await b.ground.definitions.put('survivorship', 'sources', { sources: ['crm', 'mall'] }, { actor: 'a' })
    await b.ground.definitions.put('survivorship', 'gender', { rule: 'most_recent' }, { actor: 'a' })
    expect(await b.profiles.build(quiet)).toMatchObject({ skipped: false })
    expect((await b.rows(at))[0]).toMatchObject({ level: 'silver', gender: '女' })
    expect(await b.profiles.build(quiet)).toMatchObject({ skipped: true })
    await b.ground.definitions.put('survivorship', 'gender', { rule: 'loudest' }, { actor: 'a' })
    await expect(b.profiles.build(quiet)).rejects.toMatchObject({ code: 'survivorship_invalid' })
  })

  it('are the same when built again', async () => {
    const b = await shop()
    const before = await canonicalHash(b.ground.warehouse, profileTables)
    await b.ground.warehouse.transaction((writer) => writer.run(sql`delete from profile_state`))
    expect(await b.profiles.build(quiet)).toMatchObject({ skipped: false })
    expect(await canonicalHash(b.ground.warehouse, profileTables)).toEqual(before)
  })

  it('tell where each value is from and what lost; the golden record agrees', async () => {
    const b = await shop()
    const me = await b.personOf('crm:c1')
    const p = await b.profiles.get(me, admin)
    expect(p.header).toMatchObject({ name: '张伟', orders: 3, amount: 310 })
    const trait = (name: string) => p.traits.find((t) => t.name === name)!
    expect(trait('email')).toMatchObject({
      value: 'new@qq.com',
      source: 'mall',
      observedAt: '2024-03-01T00:00:00Z',
      others: [{ value: 'old@qq.com', source: 'crm' }],
      masked: false,
    })
    const { batch, row } = trait('email').lineage!
    expect(await b.rows(sql`select email from customer where batch = ${batch} and row = ${row}`)).toEqual([
      { email: 'new@qq.com' },
    ])
    const [golden] = await b.rows(sql`select * from profile where person_id = ${me}`)
    for (const t of p.traits) expect([t.name, t.value]).toEqual([t.name, golden![t.name]])
    expect(p.records.map((r) => r.why.zh)).toEqual([
      '同一手机号；姓名相同',
      '同一手机号；姓名相同',
      '同一手机号；姓名相同',
    ])
    expect(p.keys.find((k) => k.type === 'phone')).toEqual({
      type: 'phone',
      value: '+8613912345678',
      sources: ['crm', 'mall', 'till'],
    })
    expect(p.figures.find((f) => f.name === 'amount')).toMatchObject({ value: 310, unit: 'money' })
    await expect(b.profiles.get('Pnobody', admin)).rejects.toMatchObject({ code: 'person_unknown' })
  })

  it('hide personal values from those who may not see them, everywhere', async () => {
    const b = await shop()
    const me = await b.personOf('crm:c1')
    const seen = JSON.stringify([
      await b.profiles.get(me, viewer),
      await b.profiles.list({}, viewer),
      await b.profiles.timeline(me, viewer),
      await b.identity.conflicts(viewer),
    ])
    for (const secret of [
      '张伟',
      '張偉',
      '12345678',
      '1234-5678',
      'new@qq.com',
      'old@qq.com',
      '1988-07-09',
      '一直没到',
    ])
      expect(seen).not.toContain(secret)
    expect(JSON.parse(seen)[0].traits.find((t: { name: string }) => t.name === 'email').masked).toBe(true)
    expect(b.audited).toEqual([])
    await b.profiles.get(me, admin)
    expect(b.audited.length).toBeGreaterThan(0)
  })
})

describe('the list', () => {
  async function many() {
    const b = await bench({
      standing: sql`select person_id, 'A' as rfm_level, 'active' as stage from profile where amount > 90`,
      members: () => sql`select person_id from profile where region = '浙江省'`,
    })
    const names = ['张伟', '张薇', '王芳', '李娜', 'Zhang San', '赵敏', '钱多多']
    await b.add(
      'customer',
      names.map((name, i) => ({
        customer_id: `c${i}`,
        name,
        phone: `+861390000000${i}`,
        region: i % 2 ? '浙江省' : '上海市',
        level: i < 3 ? 'gold' : null,
      })),
    )
    await b.add(
      'order',
      names.slice(0, 5).map((_, i) => ({
        order_id: `o${i}`,
        customer_id: `c${i}`,
        amount: 100 - (i % 3) * 10,
        ordered_at: '2024-01-01 00:00:00',
      })),
    )
    await b.run()
    return b
  }

  it('finds by hanzi, pinyin, initials, phone, number and id', async () => {
    const b = await many()
    const find = async (q: string, actor: typeof admin | typeof viewer = admin) =>
      (await b.profiles.list({ q, sort: 'name_pinyin' }, actor)).items.map((r) => r.name)
    expect(await find('张')).toEqual(['张伟', '张薇'])
    expect(await find('zhang')).toEqual(['Zhang San', '张伟', '张薇'])
    expect(await find('zw')).toEqual(['张伟', '张薇'])
    expect(await find('qdd')).toEqual(['钱多多'])
    expect(await find('139 0000 0003')).toEqual(['李娜'])
    expect(await find('c2')).toEqual(['王芳'])
    expect(await find(await b.personOf('crm:c5'))).toEqual(['赵敏'])
    expect(await find('%')).toEqual([])
    // Who sees names masked may not feel them out letter by letter.
    expect(await find('张', viewer)).toEqual([])
    expect(await find('zhangw', viewer)).toEqual([])
    expect(await find('+8613900000003', viewer)).toHaveLength(1)
  })

  it.each(['amount', 'last_order_at', 'orders', 'name_pinyin'] as const)(
    'pages by %s without repeating or losing',
    async (sort) => {
      const b = await many()
      for (const dir of ['asc', 'desc'] as const) {
        const whole = (await b.profiles.list({ sort, dir }, admin)).items.map((r) => r.personId)
        expect(new Set(whole).size).toBe(7)
        const seen: string[] = []
        let cursor: string | undefined
        do {
          const page = await b.profiles.list({ sort, dir, limit: 2, cursor }, admin)
          expect(page.total).toBe(7)
          seen.push(...page.items.map((r) => r.personId))
          cursor = page.next
        } while (cursor)
        expect(seen).toEqual(whole)
      }
    },
  )

  it('filters, joins what stages below know, and exports the same', async () => {
    const b = await many()
    expect((await b.profiles.list({ region: '浙江省' }, admin)).total).toBe(3)
    expect((await b.profiles.list({ segment: 'x', level: 'gold' }, admin)).items.map((r) => r.name)).toEqual(['张薇'])
    const top = await b.profiles.list({ level: 'A' }, admin)
    expect(top.items.map((r) => [r.amount, r.rfmLevel, r.stage])).toEqual([
      [100, 'A', 'active'],
      [100, 'A', 'active'],
    ])
    const exported = []
    for await (const rows of b.profiles.export({}, admin)) exported.push(...rows)
    expect(exported).toEqual((await b.profiles.list({}, admin)).items)
    await expect(b.profiles.list({ sort: 'phone' as never }, admin)).rejects.toMatchObject({
      code: 'customer_query_invalid',
    })
    await expect(b.profiles.list({ cursor: 'zzz' }, admin)).rejects.toMatchObject({ code: 'customer_query_invalid' })
  })
})

describe('the timeline', () => {
  it('is newest first over all sources, pages, and filters', async () => {
    const b = await shop()
    const me = await b.personOf('crm:c1')
    const all = (await b.profiles.timeline(me, admin)).items
    expect(all.map((i) => i.type)).toEqual([
      'feedback',
      'interaction',
      'return',
      'order',
      'cancellation',
      'order',
      'order',
      'return',
      'registration',
      'registration',
    ])
    expect(all[3]).toMatchObject({ at: '2024-02-12T17:00:00Z', source: 'mall', detail: { order_id: 'o4', amount: 50 } })
    const seen = []
    let cursor: string | undefined
    do {
      const page = await b.profiles.timeline(me, admin, { limit: 3, cursor })
      seen.push(...page.items)
      cursor = page.next
    } while (cursor)
    expect(seen).toEqual(all)
    expect((await b.profiles.timeline(me, admin, { type: 'order' })).items).toHaveLength(3)
    await expect(b.profiles.timeline(me, admin, { type: 'nonsense' })).rejects.toMatchObject({
      code: 'customer_query_invalid',
    })
  })
})
