import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InputError } from '../base/errors.ts'
import { openSmallGround, type SmallGround } from '../testing/small-ground.ts'
import { sql } from '../warehouse/index.ts'
import { createSegments, segmentTables, type Segments, type SegmentTree } from './index.ts'

let ground: SmallGround
let segments: Segments
const by = { actor: 'test' }

/** 40 people p01 … p40: person n has n % 5 orders, the last of them n days before the as-of day. */
beforeAll(async () => {
  ground = await openSmallGround(segmentTables)
  segments = createSegments(ground)
  ground.register(segments.projectors)
  const people = Array.from({ length: 40 }, (_, i) => i + 1)
  const name = (n: number): string => `p${String(n).padStart(2, '0')}`
  const day = (back: number): string =>
    new Date(Date.UTC(2024, 6, 1) - back * 86_400_000 + 3_600_000).toISOString().slice(0, 19)
  await ground.fill(
    'profile',
    people.map((n) => ({
      person_id: name(n),
      name: `客户${n}`,
      region: n % 2 ? '广东省' : n === 40 ? null : '浙江省',
      level: n % 4 ? '普通' : '金卡',
      amount: n * 100,
      tags: n === 7 ? '待补充,vip' : null,
    })),
  )
  await ground.fill(
    'purchase',
    people.flatMap((n) =>
      Array.from({ length: n % 5 }, (_, k) => ({
        person_id: name(n),
        order_id: `${n}-${k}`,
        ordered_at: day(n + k * 30),
        amount: 10 * n,
        category: k === 0 && n % 3 === 0 ? '羽绒服' : 'T恤',
        sku: `S${k}`,
        channel: n % 2 ? '门店' : '商城',
      })),
    ),
  )
  await ground.fill('purchase', [
    { person_id: 'p01', order_id: '1-0', ordered_at: day(1), amount: -10, kind: 'return' },
  ])
  await ground.fill('person_key', [{ key_type: 'ref', key_value: 's:c3', person_id: 'p03' }])
  await ground.fill('event', [
    { customer_id: 'c3', event: 'view', occurred_at: day(3), category: '羽绒服' },
    { customer_id: 'c3', event: 'view', occurred_at: day(50), category: 'T恤' },
    { customer_id: 'nobody', event: 'view', occurred_at: day(3) },
  ])
  await segments.refresh({ asOf: '2024-07-01', windowDays: 365 })
})
afterAll(async () => ground.close())

const found = async (rule: string): Promise<string[]> => {
  const rows = await ground.warehouse.query<{ person_id: string }>(
    sql`select person_id from ${segments.peopleSql(rule)} x order by 1`,
  )
  return rows.map((x) => x.person_id)
}

describe('the segment language', () => {
  it('finds people by attribute', async () => {
    expect(await found("region = '浙江省' and level in ('金卡') and amount > 1500")).toEqual([
      'p16',
      'p20',
      'p24',
      'p28',
      'p32',
      'p36',
    ])
    expect(await found('region is missing')).toEqual(['p40'])
    expect(await found("所在省份 = '广东省' and amount <= 300")).toEqual(['p01', 'p03'])
    expect(await found("tag('待补充')")).toEqual(['p07'])
    expect(await found("tag('补充')")).toEqual([])
  })

  it('finds people by what they did, and did not do, in a window', async () => {
    expect(await found('orders.count(365d) >= 4 and last_order.days <= 9')).toEqual(['p04', 'p09'])
    expect(await found('orders.count(40d) = 2 and amount <= 900')).toEqual(['p02', 'p03', 'p04', 'p07', 'p08', 'p09'])
    expect(await found('orders.sum(365d) >= 1000')).toEqual(['p29', 'p34', 'p38', 'p39'])
    expect(await found('orders.count() = 0')).toEqual(['p05', 'p10', 'p15', 'p20', 'p25', 'p30', 'p35', 'p40'])
    expect(await found("bought.category('羽绒服', 10d)")).toEqual(['p03', 'p06', 'p09'])
    expect(await found("orders.count(365d, category = '羽绒服' and channel = '门店') >= 1 and amount < 1000")).toEqual([
      'p03',
      'p09',
    ])
    expect(await found('returns.count(365d) >= 1')).toEqual(['p01'])
    expect(await found("events.count('view', 30d) = 1")).toEqual(['p03'])
    expect(await found("events.count('view', category = '羽绒服') = 1 and events.count('view') = 2")).toEqual(['p03'])
    expect(await found('first_order.days > 100 and last_order.days < 15')).toEqual(['p14'])
  })

  it('counts days to the very edge of a window', async () => {
    // p09 bought 9 days before the as-of day: inside 9d, outside 8d.
    expect(await found('orders.count(9d) >= 1 and amount = 900')).toEqual(['p09'])
    expect(await found('orders.count(8d) >= 1 and amount = 900')).toEqual([])
  })

  it('knows levels and stages by id and by name, and other segments', async () => {
    const high = await found("rfm.level = 'potential'")
    expect(high.length).toBeGreaterThan(0)
    expect(await found("rfm.level = '潜力'")).toEqual(high)
    expect(await found("in_segment('潜力')")).toEqual(high)
    expect(await found("rfm.level in ('Potential')")).toEqual(high)
    expect((await found("stage = '潜在客户'")).length).toBe(8)
    await segments.put('近期门店', { rule: "orders.count(20d, channel = '门店') >= 1" }, by)
    expect(await found("in_segment('近期门店') and not in_segment('潜力')")).toEqual(
      (await found("in_segment('近期门店')")).filter((p) => !high.includes(p)),
    )
  })

  it('says what it does not know', async () => {
    await expect(found('regoin = 1')).rejects.toThrow(/regoin.*region/s)
    await expect(found("rfm.level = '黄金'")).rejects.toThrow(/黄金.*high_value/s)
    await expect(found("in_segment('none')")).rejects.toThrow(InputError)
    await expect(found('orders.count(30d, 60d) > 1')).rejects.toThrow(/orders.count/)
    await expect(found("orders.count('x') > 1")).rejects.toThrow(InputError)
    await expect(found('orders.count(30d, colour = 1) > 1')).rejects.toThrow(/category/)
    await expect(found('orders.count(30d)')).rejects.toThrow(/comparison/)
  })
})

describe('segments', () => {
  it('previews size, waterfall, examples and warnings', async () => {
    const preview = await segments.preview(
      "region = '广东省' and orders.count(365d) >= 3 and not bought.category('羽绒服')",
    )
    expect(preview).toMatchObject({
      of: 40,
      rule: "region = '广东省' and orders.count(365d) >= 3 and not bought.category('羽绒服')",
    })
    expect(preview.waterfall).toEqual([
      { condition: "region = '广东省'", alone: 20, left: 20 },
      { condition: 'orders.count(365d) >= 3', alone: 16, left: 8 },
      { condition: "not bought.category('羽绒服')", alone: 29, left: 4 },
    ])
    expect(preview.size).toBe(4)
    expect(preview.examples).toEqual(['p13', 'p19', 'p23', 'p29'])
    expect(preview.warnings.map((w) => w.en).join()).toContain('fewer than 30')
    expect(await segments.preview(preview.tree)).toMatchObject({ rule: preview.rule, size: 4 })
    const many = await segments.preview('amount > 0 and name is not missing')
    expect(many.warnings.map((w) => w.en)).toEqual([expect.stringContaining('100%'), expect.stringContaining('name')])
  })

  it('keeps segments with their sizes over time', async () => {
    await segments.put('常客', { rule: 'orders.count(60d) >= 2', text: { zh: '常客', en: 'Regulars' } }, by)
    await segments.put('名单', { people: ['p01', 'p02', 'p02', ' '] }, by)
    await segments.put(
      '交集',
      {
        tree: {
          all: [
            { field: 'list', op: 'is', args: ['名单'] },
            { field: 'in_segment', op: 'is', args: ['常客'] },
          ],
        } as SegmentTree,
      },
      by,
    )
    const first = await segments.refresh({ asOf: '2024-06-01', windowDays: 365 })
    const second = await segments.refresh({ asOf: '2024-07-01', windowDays: 365 })
    expect(second.sizes).toMatchObject({ 常客: (await found('orders.count(60d) >= 2')).length, 名单: 2, 交集: 1 })
    const regulars = await segments.get('常客')
    expect(regulars).toMatchObject({
      kind: 'rule',
      builtIn: false,
      rule: 'orders.count(60d) >= 2',
      size: second.sizes['常客'],
    })
    expect(regulars.history).toEqual([
      { at: '2024-06-01', size: first.sizes['常客'] },
      { at: '2024-07-01', size: second.sizes['常客'] },
    ])
    expect(await ground.warehouse.query(segments.members('交集'))).toEqual([{ person_id: 'p02' }])
    // One that is put later is there at once, not after the next refresh; changed, its old members are gone.
    await segments.put('新群', { rule: 'amount > 0' }, by)
    expect(await segments.get('新群')).toMatchObject({ size: (await found('amount > 0')).length, asOf: '2024-07-01' })
    await segments.put('新群', { rule: "in_segment('交集')" }, by)
    expect(await ground.warehouse.query(segments.members('新群'))).toEqual([{ person_id: 'p02' }])
    expect(await segments.of('p02')).toEqual(expect.arrayContaining(['名单', '交集', '常客']))
  })

  it('refuses names and rules that cannot be', async () => {
    await expect(segments.put('高价值', { rule: 'amount > 1' }, by)).rejects.toThrow(/built-in/)
    await expect(segments.put(' ', { rule: 'amount > 1' }, by)).rejects.toThrow(InputError)
    await expect(segments.put('循环', { rule: "in_segment('循环') or amount > 1" }, by)).rejects.toThrow(/循环 → 循环/)
    await expect(segments.put('坏', { rule: 'amount >' }, by)).rejects.toThrow(InputError)
    expect(ground.definitions.get('segment', '坏')).toBeUndefined()
    await expect(segments.get('没有')).rejects.toThrow(/没有/)
    await expect(segments.putSettings('rfm', { high: 50 }, by)).rejects.toThrow(/potentialRecency/)
  })

  it('offers the fields a rule may use, with values to choose', async () => {
    const fields = await segments.fields()
    expect(fields.find((f) => f.path === 'region')).toMatchObject({ type: 'text', values: ['广东省', '浙江省'] })
    expect(fields.find((f) => f.path === 'orders.count')).toMatchObject({ type: 'number', call: true })
    for (const field of fields.filter((f) => !f.call)) await found(`${field.path} is missing`)
  })
})

describe('levels and stages of everybody', () => {
  it('adds up to all people and all money', async () => {
    const view = (await segments.rfm())!
    expect(view.levels.reduce((sum, l) => sum + l.customers, 0)).toBe(40)
    expect(view.levels.reduce((sum, l) => sum + l.amountShare, 0)).toBeCloseTo(1, 9)
    expect(view.levels.find((l) => l.level === 'no_purchase')!.customers).toBe(8)
    expect(view.grid.reduce((sum, cell) => sum + cell.customers, 0)).toBe(32)
    const stages = (await segments.lifecycle()).stages
    expect(stages.reduce((sum, s) => sum + s.customers, 0)).toBe(40)
    expect(stages.find((s) => s.stage === 'prospect')!.customers).toBe(8)
  })

  it('shows how customers moved between two days', async () => {
    const moves = (await segments.rfm({ compareWith: '2024-06-15' }))!.migration!
    expect(moves.reduce((sum, m) => sum + m.customers, 0)).toBe(32)
    // p01 … p16 bought on that day or after; of these p01, p06, p11 and p16 have one order, so none before.
    expect(moves.filter((m) => m.from === 'no_purchase').reduce((sum, m) => sum + m.customers, 0)).toBe(4)
  })

  it('skips a refresh when nothing changed', async () => {
    const period = { asOf: '2024-07-01', windowDays: 365, dataVersion: '1' }
    expect((await segments.refresh(period)).skipped).toBe(false)
    expect((await segments.refresh(period)).skipped).toBe(true)
    await segments.putSettings('rfm', { high: 81 }, by)
    expect((await segments.refresh(period)).skipped).toBe(false)
    expect((await segments.rfm())!.thresholds.high).toBe(81)
    expect((await segments.refresh({ ...period, dataVersion: '2' })).skipped).toBe(false)
  })

  it('has the same sizes over time after a rebuild', async () => {
    const before = await ground.warehouse.query(sql`select * from segment_size order by 1, 2`)
    await ground.projection.rebuild()
    expect(await ground.warehouse.query(sql`select * from segment_size order by 1, 2`)).toEqual(before)
    expect(before.length).toBeGreaterThan(0)
  })
})
