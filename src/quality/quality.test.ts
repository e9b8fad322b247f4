import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quiet } from '../base/context.ts'
import { intakeTables, type DomainName } from '../intake/index.ts'
import { openSmallGround, type SmallGround } from '../testing/small-ground.ts'
import { id, join, sql, type Row } from '../warehouse/index.ts'
import { createQuality, qualityTables, type Quality } from './index.ts'

const actor = { id: 'tester', role: 'admin' } as const
const now = Date.UTC(2026, 10, 22, 8)
// The world brings some domain tables along already.
const own = ['event', 'product', 'interaction']
const tables = [...qualityTables, ...intakeTables.filter((t) => !own.includes(t.name))]

let ground: SmallGround
let quality: Quality
let runs = 0

const person = (n: number, more: Row = {}): Row => ({
  source: 'crm',
  space: 'shop',
  customer_id: `C${n}`,
  record_key: `c${n}`,
  name: '陈晓明',
  phone: `+86139${String(10_000_000 + n)}`,
  email: `c${n}@example.com`,
  gender: '女',
  birth_date: '1990-01-01',
  region: '广东省',
  city: '广州市',
  level: '普通',
  channel: '门店',
  total_spent: 100 + n,
  age: 30,
  ...more,
})

beforeAll(async () => {
  ground = await openSmallGround(tables, { now })
  quality = createQuality({ ...ground, lineage: { run: (_s, _i, work) => work(`run-${++runs}`) } })
  ground.register(quality.projectors)
  // 60 sound ones of two levels: 普通 below 1,000, 金卡 from 1,000 on
  const sound = Array.from({ length: 60 }, (_, i) =>
    person(i, i < 30 ? {} : { level: '金卡', total_spent: 1000 + i * 10 }),
  )
  await ground.fill('customer', [
    ...sound,
    person(100, { phone: '1380013800' }),
    person(101, { email: 'nobody.example.com' }),
    person(102, { birth_date: '1899-12-31' }),
    person(103, { id_card: '110105194912310021' }),
    person(104, { id_card: '11010519491231002X' }),
    person(105, { city: '广洲市' }),
    person(106, { name: '顾客' }),
    person(107, { phone: '+8613800138000' }),
    // 3 of 8 key fields are 37.5 %
    person(108, { email: null, gender: '未知', channel: '' }),
    // 2 of 8 are 25 %
    person(109, { email: null, gender: null }),
    person(110, { level: '金卡', total_spent: 60 }),
    person(111, { level: '普通', total_spent: 9000 }),
    person(112, { customer_id: 'C1', record_key: 'c112' }),
    person(113, { phone: '+8613910000001', company: '河图科技' }),
    person(114, { company: '河图科技' }),
    person(115, { first_contact_at: '2026-02-01 00:00:00', last_active_at: '2026-01-01 00:00:00' }),
    // A till delivers name and phone only: that is no fault of its customers.
    { source: 'till', space: 'till', customer_id: 'T1', record_key: 't1', name: '林静', phone: '+8613712345678' },
    { source: 'till', space: 'till', customer_id: 'T2', record_key: 't2', name: '王敏', phone: null },
  ])
  await ground.fill('order', [
    ...Array.from({ length: 20 }, (_, i) => ({
      source: 'mall',
      space: 'shop',
      order_id: `O${i}`,
      record_key: `o${i}`,
      customer_id: `C${i}`,
      amount: 100,
      kind: 'sale',
      region: '广东省',
      ordered_at: '2026-01-05 10:00:00',
    })),
    {
      source: 'mall',
      space: 'shop',
      order_id: 'O90',
      record_key: 'o90',
      customer_id: 'C1',
      amount: 1009.53,
      kind: 'sale',
      ordered_at: '2026-01-05 10:00:00',
    },
    {
      source: 'mall',
      space: 'shop',
      order_id: 'O91',
      record_key: 'o91',
      customer_id: 'nobody',
      amount: 120,
      kind: 'sale',
      ordered_at: '2027-01-05 10:00:00',
    },
    {
      source: 'mall',
      space: 'shop',
      order_id: 'O92',
      record_key: 'o92',
      customer_id: 'C2',
      amount: -50,
      kind: 'return',
      ordered_at: '2026-01-05 10:00:00',
    },
    // Another shop's customers are not known here: its orders cannot be judged.
    {
      source: 'partner',
      space: 'elsewhere',
      order_id: 'P1',
      record_key: 'p1',
      customer_id: 'X',
      amount: 5,
      ordered_at: '2026-01-05 10:00:00',
    },
  ])
  await ground.fill('order_line', [
    ...Array.from({ length: 20 }, (_, i) => ({
      source: 'lines',
      space: 'shop',
      order_id: `O${i}`,
      record_key: `l${i}`,
      sku: 'A',
      quantity: 1,
      unit_price: 100,
      amount: 100,
      kind: 'sale',
      ordered_at: '2026-01-05 10:00:00',
    })),
    {
      source: 'lines',
      space: 'shop',
      order_id: 'O90',
      record_key: 'l90',
      sku: 'A',
      quantity: 1,
      unit_price: 1009.53,
      amount: 1009.53,
      kind: 'sale',
      ordered_at: '2026-01-05 10:00:00',
    },
    {
      source: 'lines',
      space: 'shop',
      order_id: 'none',
      record_key: 'l91',
      sku: 'Z',
      quantity: 1,
      unit_price: 1,
      amount: 1,
      kind: 'sale',
      ordered_at: '2026-01-05 10:00:00',
    },
  ])
  await ground.fill('product', [{ source: 'goods', space: 'goods', sku: 'A', product_name: '外套' }])
  await ground.fill('delivery', [
    {
      source: 'parcels',
      space: 'shop',
      delivery_id: 'D1',
      order_id: 'O1',
      record_key: 'd1',
      shipped_at: '2026-01-06 00:00:00',
      delivered_at: '2026-01-05 00:00:00',
      region: '广东省',
    },
    {
      source: 'parcels',
      space: 'shop',
      delivery_id: 'D2',
      order_id: 'O2',
      record_key: 'd2',
      shipped_at: '2026-01-06 00:00:00',
      delivered_at: '2026-01-08 00:00:00',
      region: '北京市',
    },
    {
      source: 'parcels',
      space: 'shop',
      delivery_id: 'D3',
      order_id: 'gone',
      record_key: 'd3',
      shipped_at: '2026-01-06 00:00:00',
      delivered_at: null,
      region: '北京市',
    },
  ])
  await ground.fill('batch', [
    {
      batch: 1,
      source: 'mall',
      dataset: 'order',
      path: 'o.csv',
      sha256: '',
      rows_read: 30,
      taken_at: '2026-01-05 12:00:00',
    },
  ])
  await ground.fill('quarantine', [
    {
      batch: 1,
      row: 28,
      source: 'mall',
      dataset: 'order',
      rule: 'amount_negative',
      code: 'rule',
      raw: '{}',
      state: 'open',
    },
    {
      batch: 1,
      row: 29,
      source: 'mall',
      dataset: 'order',
      rule: 'amount_negative',
      code: 'rule',
      raw: '{}',
      state: 'fixed',
    },
  ])
  await quality.run(quiet)
})
afterAll(() => ground.close())

/** Record keys of the rows that a rule fails, of any source. */
async function failing(dataset: DomainName, rule: string): Promise<string[]> {
  const keys: string[] = []
  for await (const rows of quality.failingRows(dataset, rule, actor))
    keys.push(...rows.map((r) => String(r.record_key)))
  return keys.sort()
}

describe('the default pack over real tables', () => {
  it.each<[DomainName, string, string[]]>([
    ['customer', 'phone_form', ['c100']],
    ['customer', 'email_form', ['c101']],
    ['customer', 'birth_date_impossible', ['c102']],
    ['customer', 'id_card_invalid', ['c103']],
    ['customer', 'city_unknown', ['c105']],
    ['customer', 'name_placeholder', ['c106']],
    ['customer', 'phone_dummy', ['c107']],
    ['customer', 'incomplete', ['c108', 't2']],
    ['customer', 'level_spend', ['c110', 'c111']],
    ['customer', 'customer_id_unique', ['c1', 'c112']],
    ['customer', 'contact_order', ['c115']],
    ['order', 'amount_negative', []],
    ['order', 'customer_id_known', ['o91']],
    ['order', 'ordered_at_future', ['o91']],
    ['order_line', 'order_id_known', ['l91']],
    ['order_line', 'sku_known', ['l91']],
    ['delivery', 'delivered_before_shipped', ['d1']],
    ['delivery', 'region_differs', ['d2']],
    ['delivery', 'order_id_known', ['d3']],
  ])('%s.%s finds exactly the planted rows', async (dataset, rule, keys) => {
    expect(await failing(dataset, rule)).toEqual(keys)
  })

  it('counts in a run what failing rows list, for every rule', async () => {
    const wrong: string[] = []
    for (const line of await quality.rules()) {
      if (!line.last || line.off) continue
      const listed = (await failing(line.dataset as DomainName, line.id)).length
      if (listed !== line.last.failed)
        wrong.push(`${line.dataset}.${line.id}: ${listed} listed, ${line.last.failed} counted`)
      if (line.last.status === 'broken') wrong.push(`${line.dataset}.${line.id} is broken`)
    }
    expect(wrong).toEqual([])
  })

  it('leaves rows out of the count that cannot be judged', async () => {
    const rows = await ground.warehouse.query(
      sql`select source, evaluated, failed, status from quality_result where run = 'run-1' and dataset = 'order' and rule = 'customer_id_known' order by source`,
    )
    expect(rows).toEqual([
      { source: 'mall', evaluated: 23, failed: 1, status: 'warn' },
      { source: 'partner', evaluated: 0, failed: 0, status: 'skipped' },
    ])
  })
})

describe('judging rows at the door', () => {
  const outcomes = async (
    dataset: DomainName,
    fields: readonly string[],
    rows: readonly (readonly (string | null)[])[],
  ): Promise<string[][]> => {
    const rules = quality.judge(dataset, fields)
    const types = intakeTables.find((t) => t.name === dataset)!.columns
    const typed = rows.map(
      (row) =>
        sql`select ${join(row.map((v, i) => sql`cast(${v} as ${sqlType(types[fields[i]!]!.type)}) as ${id(fields[i]!)}`))}`,
    )
    const found = await ground.warehouse.query(
      sql`select ${join(rules.map((r, i) => sql`${r.fails} as ${id(`r${i}`)}`))} from (${join(typed, ' union all ')}) as mapped`,
    )
    return found.map((row) => rules.flatMap((r, i) => (row[`r${i}`] === true ? [`${r.onFail}:${r.id}`] : [])))
  }

  it('holds negative amounts back unless the record is no sale', async () => {
    expect(
      await outcomes(
        'order_line',
        ['amount', 'kind'],
        [
          ['-1', null],
          ['-1', 'sale'],
          ['-1', 'return'],
          ['-1', 'cancellation'],
          ['-1', 'adjustment'],
          ['0', 'sale'],
          [null, 'sale'],
        ],
      ),
    ).toEqual([['quarantine:amount_negative'], ['quarantine:amount_negative'], [], [], [], [], []])
    expect(await outcomes('order_line', ['amount'], [['-1'], ['1']])).toEqual([['quarantine:amount_negative'], []])
  })

  it('holds impossible ages back and only tags what can be mended', async () => {
    expect(
      await outcomes(
        'customer',
        ['name', 'age'],
        [
          ['林静', '0'],
          ['林静', '200'],
          ['林静', '35'],
          ['林静', null],
        ],
      ),
    ).toEqual([['quarantine:age_impossible'], ['quarantine:age_impossible'], [], []])
    expect(await outcomes('customer', ['phone'], [['123'], ['+8613912345678']])).toEqual([['tag:phone_form'], []])
  })

  it('names fields in the words of the sender, with the way to mend it', () => {
    const issues = quality.check('customer', { name: '林静', phone: '1380013800', age: 200 })
    expect(issues.map((i) => [i.rule, i.onFail])).toEqual([
      ['mobile_at_capture', 'reject'],
      ['phone_form', 'tag'],
      ['age_impossible', 'quarantine'],
    ])
    expect(issues[0]!.message).toEqual({
      zh: '“手机号”的值“1380013800”不是有效的手机号：应为 11 位、以 1 开头的数字。',
      en: '"Phone" has the value "1380013800", which is no Chinese mobile number: write 11 digits that begin with 1.',
    })
    expect(quality.check('customer', { phone: '+442079460123', country: 'GB' })).toEqual([])
  })
})

describe('cleaning report', () => {
  it('tells the steps of the founding document with rows', async () => {
    const { lines } = await quality.cleaningReport()
    const line = (item: string) => lines.find((l) => l.item === item)
    expect(line('phone')).toMatchObject({ step: 'duplicates', groups: 1, rows: 2, total: 77 })
    expect(line('company')).toMatchObject({ step: 'duplicates', groups: 1, rows: 2, total: 2 })
    expect(line('incomplete')).toMatchObject({ step: 'missing', rows: 2, total: 78 })
    expect(line('amount_negative')).toMatchObject({ step: 'outliers', rows: 1, total: 30 })
    expect(line('order_outlier:open')!.rows).toBe(1)
  })

  it('lists which values are shared', async () => {
    expect(await quality.duplicates('phone', actor)).toEqual([{ key: '+8613910000001', records: 2 }])
  })
})

describe('review', () => {
  const open = async (kind: string) =>
    (await quality.review({ state: 'open' }, actor)).items.filter((i) => i.kind === kind)

  it('lists orders above ten times the mean of the other orders, and the line at fault', async () => {
    // The 21 other sales come to 2,120: ten times their mean is 1,009.52, and 1,009.53 is above it.
    const items = await open('order_outlier')
    expect(items.map((i) => [i.dataset, i.recordKey, i.field, i.value, i.expected]).sort()).toEqual([
      ['order', 'o90', 'amount', '1009.53', '≤ 1009.52'],
      ['order_line', 'l90', 'amount', '1009.53', '≤ 1009.52'],
    ])
    expect(items.find((i) => i.dataset === 'order')!.reason).toEqual({
      zh: '订单 O90 的金额 1009.53 超过来源“mall”其余订单均值 100.95 的 10 倍（共 22 单，不含本单，不限时间）。请核实后保留或修正。',
      en: 'Order O90 has the amount 1009.53, above 10 × the mean 100.95 of the other orders of the source "mall" (22 orders of any time, this one left out). Check it, then keep or fix it.',
    })
  })

  it('lists levels that do not fit the amount, with the level that does', async () => {
    expect((await open('level_spend')).map((i) => [i.recordKey, i.value, i.expected]).sort()).toEqual([
      ['c110', '金卡', '普通'],
      ['c111', '普通', '金卡'],
    ])
  })

  it('refuses a fix without a value that fits the column', async () => {
    const [item] = await open('order_outlier')
    await expect(quality.decide(item!.id, { decision: 'fix' }, { actor: 'li' })).rejects.toMatchObject({
      code: 'review_value',
    })
    await expect(quality.decide(item!.id, { decision: 'fix', value: 'a lot' }, { actor: 'li' })).rejects.toMatchObject({
      code: 'review_value',
    })
    await expect(quality.decide('none', { decision: 'keep' }, { actor: 'li' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('fixes the value through the journal, once, and keeps what was decided over later runs', async () => {
    const items = await open('order_outlier')
    const order = items.find((i) => i.dataset === 'order')!
    const line = items.find((i) => i.dataset === 'order_line')!
    const fixed = await quality.decide(
      order.id,
      { decision: 'fix', value: '100.95', reason: '小数点错位' },
      { actor: 'li' },
    )
    expect(fixed).toMatchObject({ state: 'fixed', fixedValue: '100.95', value: '1009.53', decidedBy: 'li' })
    expect(
      await ground.warehouse.query(sql`select cast(amount as double) as amount from "order" where record_key = 'o90'`),
    ).toEqual([{ amount: 100.95 }])
    await quality.decide(line.id, { decision: 'keep' }, { actor: 'li' })
    await expect(quality.decide(order.id, { decision: 'keep' }, { actor: 'li' })).rejects.toMatchObject({
      code: 'review_decided',
    })

    await quality.run(quiet)
    expect(await open('order_outlier')).toEqual([])
    const { items: all } = await quality.review({}, actor)
    expect(
      all
        .filter((i) => i.kind === 'order_outlier')
        .map((i) => [i.recordKey, i.state])
        .sort(),
    ).toEqual([
      ['l90', 'kept'],
      ['o90', 'fixed'],
    ])
  })

  it('pages', async () => {
    const first = await quality.review({ limit: 1 }, actor)
    const rest = await quality.review({ limit: 10, cursor: first.next }, actor)
    expect(first.items.length + rest.items.length).toBe(first.total)
    expect(rest.next).toBeUndefined()
  })
})

describe('rules in use', () => {
  const by = { actor: 'li', why: 'test' }

  it('raises the version with every change, and with nothing else', async () => {
    const before = (await quality.rules()).find((r) => r.dataset === 'customer' && r.id === 'age_impossible')!
    expect(before.version).toBe(1)
    const changed = await quality.putRule({ ...pick(before), params: { min: 16, max: 120 } }, by)
    expect(changed).toMatchObject({ version: 2, params: { min: 16, max: 120 } })
    expect((await quality.putRule({ ...pick(before), params: { min: 16, max: 120 } }, by)).version).toBe(2)
    expect(quality.check('customer', { age: 12 }).map((i) => i.rule)).toContain('age_impossible')
  })

  it('switches a rule of the pack off, and removes one of its own', async () => {
    await quality.removeRule('customer', 'name_placeholder', by)
    expect((await quality.rules()).find((r) => r.dataset === 'customer' && r.id === 'name_placeholder')).toMatchObject({
      off: true,
      version: 2,
    })
    expect(quality.check('customer', { name: '测试' })).toEqual([])
    await quality.putConfigRules(
      [{ field: 'customer.level', rule: 'in_set', id: 'level_set', params: { values: ['普通', '金卡'] } }],
      { file: 'tributary.yaml' },
      by,
    )
    expect(quality.check('customer', { level: '钻石' }).map((i) => i.rule)).toEqual(['level_set'])
    await quality.removeRule('customer', 'level_set', by)
    expect(quality.check('customer', { level: '钻石' })).toEqual([])
    await expect(quality.removeRule('customer', 'level_set', by)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('shows a rule that cannot run as broken, and lets the others run', async () => {
    await ground.definitions.put(
      'rule',
      'customer.bad',
      { ...pick((await quality.rules())[0]!), dataset: 'customer', id: 'bad', where: 'land = 1', stage: ['batch'] },
      by,
    )
    const { results } = await quality.run(quiet)
    expect(results.filter((r) => r.ruleId === 'bad').map((r) => [r.status, r.evaluated])).toContainEqual(['broken', 0])
    expect(results.find((r) => r.ruleId === 'phone_form' && r.source === 'crm')).toMatchObject({
      failed: 1,
      status: 'warn',
    })
    await ground.definitions.remove('rule', 'customer.bad', by)
  })

  it('tells when a rule that stops the pipeline fails', async () => {
    await quality.putRule(
      {
        id: 'stopper',
        dataset: 'customer',
        rule: 'not_missing',
        columns: ['phone'],
        onFail: 'stop_pipeline',
        errorIf: 'failed > 0',
      },
      by,
    )
    const { stopped } = await quality.run(quiet)
    expect(stopped.map((r) => [r.ruleId, r.source, r.failed])).toEqual([['stopper', 'till', 1]])
    await quality.removeRule('customer', 'stopper', by)
  })
})

/** The rule alone, without what the list adds. */
function pick(line: Awaited<ReturnType<Quality['rules']>>[number]) {
  const { version: _version, name: _name, definition: _definition, last: _last, ...rule } = line
  return rule
}

function sqlType(type: string) {
  return { parts: [{ kind: 'word' as const, word: 'type' as const, args: [type] }] }
}
