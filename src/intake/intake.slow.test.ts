import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sql, w, type Row } from '../warehouse/index.ts'
import type { Judge, Mapping } from './contract.ts'
import { openBench, type Bench } from './testing/ground.ts'

let bench: Bench
afterEach(() => bench.close())

const by = { actor: 'test' }
const steward = { id: 'anna', role: 'admin' } as const

const customers: Mapping = {
  dataset: 'customer',
  fields: {
    customer_id: { column: '会员号' },
    name: { column: '姓名' },
    phone: { column: '手机' },
    level: { column: '等级' },
    age: { column: '年龄' },
    registered_at: { column: '入会' },
    region: { column: '省份' },
    total_spent: { column: '累计消费' },
  },
}
const head = '会员号,姓名,手机,等级,年龄,入会,省份,累计消费\n'
const lines: Mapping = {
  dataset: 'order_line',
  fields: {
    order_id: { column: 'no' },
    sku: { column: 'sku' },
    quantity: { column: 'qty' },
    unit_price: { column: 'price' },
    ordered_at: { column: 'at' },
  },
}

async function source(files: Record<string, string>, mapping: Mapping, judge?: Judge): Promise<void> {
  bench = await openBench({ judge })
  for (const [name, text] of Object.entries(files)) file(name, text)
  await bench.intake.putSource('s', { connector: 'file', config: { path: join(bench.home, 'files') }, mapping }, by)
}
function file(name: string, text: string): void {
  writeFileSync(join(bench.home, 'files', name), text)
}
async function balanced(): Promise<void> {
  for (const b of (await bench.intake.batches()).items)
    expect(b.rowsRead, `batch ${b.batch}`).toBe(b.stored + b.duplicate + b.quarantined + b.skipped)
}

describe('standard forms', () => {
  it('casts money, dates, phones, regions and ages as people write them', async () => {
    await source(
      {
        'a.csv':
          head +
          [
            'C1,张 三,138 0013 8000,金,30,2024-05-01 08:00:00,广东,"¥1,234.50"',
            'C2,Ｌｉ,+86-13900139000,银,31.0,2024年5月1日,内蒙古自治区呼和浩特,(20)',
            'C3,王五,0755-8888 8888,,,2024/5/1,上海市,1.5万',
            'C4,赵六,8613700137000,,NaN,20240501,北京,-',
            'C5.0,钱七,(020) 87654321,,,2024-05-01T00:00:00Z,Bavaria,"1.234,56"',
            '17850.0,孙八,１３６００１３６０００,,,1714521600,海南藏族自治州,12元',
          ].join('\n'),
      },
      customers,
    )
    await bench.intake.take('s')
    const rows = await bench.query(
      sql`select customer_id, name, phone, age, ${w.timeText(sql`registered_at`)} as at, region, cast(total_spent as double) as spent from customer order by row`,
    )
    expect(rows).toEqual([
      {
        customer_id: 'C1',
        name: '张 三',
        phone: '+8613800138000',
        age: 30,
        at: '2024-05-01 00:00:00',
        region: '广东省',
        spent: 1234.5,
      },
      {
        customer_id: 'C2',
        name: 'Li',
        phone: '+8613900139000',
        age: 31,
        at: '2024-04-30 16:00:00',
        region: '内蒙古自治区',
        spent: -20,
      },
      {
        customer_id: 'C3',
        name: '王五',
        phone: '+8675588888888',
        age: null,
        at: '2024-04-30 16:00:00',
        region: '上海市',
        spent: 15000,
      },
      {
        customer_id: 'C4',
        name: '赵六',
        phone: '+8613700137000',
        age: null,
        at: '2024-04-30 16:00:00',
        region: '北京市',
        spent: null,
      },
      {
        customer_id: 'C5.0',
        name: '钱七',
        phone: '+862087654321',
        age: null,
        at: '2024-05-01 00:00:00',
        region: 'Bavaria',
        spent: 1234.56,
      },
      {
        customer_id: '17850',
        name: '孙八',
        phone: '+8613600136000',
        age: null,
        at: '2024-05-01 00:00:00',
        region: '海南藏族自治州',
        spent: 12,
      },
    ])
  })

  it('reads five styles of dates, and holds what is no date with a message that says how to mend it', async () => {
    await source(
      {
        'a.csv':
          'no,sku,qty,price,at\n1,a,1,2,2024-05-31\n2,a,1,2,31/05/2024\n3,a,1,2,31.05.2024 10:30\n4,a,1,2,"May 31, 2024"\n5,a,1,2,31-May-24\n6,a,1,2,2024-02-30\n7,a,=cmd(),2,2024-05-31\n',
      },
      { ...lines, zone: 'UTC' },
    )
    await bench.intake.take('s')
    const rows = await bench.query(
      sql`select order_id, ${w.timeText(sql`ordered_at`)} as at from order_line order by row`,
    )
    expect(rows.map((r) => r.at)).toEqual([
      '2024-05-31 00:00:00',
      '2024-05-31 00:00:00',
      '2024-05-31 10:30:00',
      '2024-05-31 00:00:00',
      '2024-05-31 00:00:00',
    ])
    const held = (await bench.intake.quarantine({}, steward)).items
    expect(held.map((q) => [q.row, q.rule, q.field, q.value])).toEqual([
      [6, 'type', 'ordered_at', '2024-02-30'],
      [7, 'type', 'quantity', '=cmd()'],
    ])
    expect(held[0]!.message.zh).toContain('下单时间')
    expect(held[0]!.message.en).toContain('2024-05-31')
    expect(JSON.parse(held[1]!.raw)).toEqual({ no: '7', sku: 'a', qty: '=cmd()', price: '2', at: '2024-05-31' })
    await balanced()
  })

  it('fills amount and kind of order lines, conditions on columns in backticks, and leaves out rows of other kinds', async () => {
    await source(
      { 'a.csv': '单 号,sku,qty,price\nA1,x,2,3.5\nC2,x,1,1\n3,x,-1,4\nZ9,x,1,1\n' },
      {
        dataset: 'order_line',
        where: "not `单 号` ~ 'Z.*'",
        fields: {
          order_id: { column: '单 号' },
          sku: { column: 'sku' },
          quantity: { column: 'qty' },
          unit_price: { column: 'price' },
          kind: { cases: [{ when: "`单 号` ~ 'C.*'", then: 'cancellation' }] },
        },
      },
    )
    await bench.intake.take('s')
    expect(
      await bench.query(sql`select order_id, kind, cast(amount as double) as amount from order_line order by row`),
    ).toEqual([
      { order_id: 'A1', kind: 'sale', amount: 7 },
      { order_id: 'C2', kind: 'cancellation', amount: 1 },
      { order_id: '3', kind: 'return', amount: -4 },
    ])
    expect(await bench.intake.figures('s')).toMatchObject({ rows_read: 4, stored: 3, skipped: 1 })
  })
})

describe('what comes again', () => {
  it('takes a file once, a grown file only for its new rows, and marks exact copies', async () => {
    const text = 'no,sku,qty,price,at\n1,a,1,2,2024-05-31\n1,a,1,2,2024-05-31\n2,b,x,2,2024-05-31\n'
    await source({ 'a.csv': text }, lines)
    await bench.intake.take('s')
    expect(await bench.intake.take('s')).toEqual([])
    expect(await bench.intake.figures('s')).toMatchObject({ rows_read: 3, stored: 2, quarantined: 1, copies: 1 })
    appendFileSync(join(bench.home, 'files', 'a.csv'), '1,a,1,2,2024-05-31\n3,c,1,2,2024-06-01\n')
    const [second] = await bench.intake.take('s')
    expect(second).toMatchObject({ rowsRead: 5, stored: 2, duplicate: 3, quarantined: 0, copies: 1 })
    expect(await bench.query(sql`select order_id, copy from order_line order by order_id, copy`)).toEqual([
      { order_id: '1', copy: 1 },
      { order_id: '1', copy: 2 },
      { order_id: '1', copy: 3 },
      { order_id: '3', copy: 1 },
    ])
    await balanced()
  })

  it('replaces a record of a key by its new version, and brings the old one back when that import is undone', async () => {
    await source({ 'a.csv': `${head}C1,张三,,金,,,,\nC2,李四,,银,,,,\n` }, customers)
    await bench.intake.take('s')
    file('b.csv', `${head}C1,张三,,钻石,,,,\nC2,李四,,银,,,,\n`)
    const [second] = await bench.intake.take('s')
    expect(second).toMatchObject({ stored: 1, duplicate: 1 })
    const levels = async (): Promise<unknown[]> =>
      (await bench.query(sql`select level from customer order by customer_id`)).map((r) => r.level)
    expect(await levels()).toEqual(['钻石', '银'])
    const rebuilt = await bench.hash()
    await bench.intake.undo(second!.batch, by)
    expect(await levels()).toEqual(['金', '银'])
    const undone = await bench.hash()
    expect(undone).not.toBe(rebuilt)
    await bench.rebuild()
    expect(await bench.hash()).toBe(undone)
    expect(await bench.intake.take('s')).toEqual([])
    await expect(bench.intake.undo(second!.batch, by)).rejects.toMatchObject({ code: 'unknown_batch' })
  })

  it('gives rows that a later file had left out as known to that file, when the first import is undone', async () => {
    await source({ 'a.csv': 'no,sku,qty,price,at\n1,a,1,2,2024-05-31\n' }, lines)
    const [first] = await bench.intake.take('s')
    appendFileSync(join(bench.home, 'files', 'a.csv'), '2,b,1,2,2024-05-31\n')
    const [second] = await bench.intake.take('s')
    await bench.intake.undo(first!.batch, by)
    expect(await bench.query(sql`select order_id, batch from order_line order by order_id`)).toEqual([
      { order_id: '1', batch: second!.batch },
      { order_id: '2', batch: second!.batch },
    ])
    await balanced()
  })

  it('keeps the last row of a key in a file for customers, and counts nothing as lost', async () => {
    await source({ 'a.csv': `${head}C1,旧,,,,,,\nC1,新,,,,,,\nC1,新,,,,,,\n` }, customers)
    await bench.intake.take('s')
    expect(await bench.query(sql`select name, copy from customer order by copy`)).toEqual([
      { name: '新', copy: 1 },
      { name: '新', copy: 2 },
    ])
    expect(await bench.intake.figures('s')).toMatchObject({ rows_read: 3, stored: 3, copies: 1 })
  })
})

describe('quarantine', () => {
  const judge: Judge = (dataset, fields) =>
    dataset === 'customer' && fields.includes('age')
      ? [
          {
            id: 'age_range',
            version: 1,
            field: 'age',
            onFail: 'quarantine',
            fails: sql`coalesce(age > 150, false)`,
            text: { zh: '年龄不可能', en: 'Impossible age' },
          },
          {
            id: 'no_phone',
            version: 1,
            field: 'phone',
            onFail: 'tag',
            fails: sql`phone is null`,
            text: { zh: '无手机', en: 'No phone' },
          },
          {
            id: 'bad_level',
            version: 1,
            field: 'level',
            onFail: 'nullify',
            fails: sql`coalesce(level = '?', false)`,
            text: { zh: '等级无效', en: 'Bad level' },
          },
        ]
      : []

  it('judges each row once; a mended row goes through the same way, and twice changes nothing', async () => {
    const bad = Array.from({ length: 40 }, (_, i) => `B${i},坏${i},,,${i % 2 ? 200 : 'abc'},,,`).join('\n')
    await source({ 'a.csv': `${head}C1,张三,13800138000,?,30,,,\n${bad}\n` }, customers, judge)
    const [batch] = await bench.intake.take('s')
    expect(batch).toMatchObject({ rowsRead: 41, stored: 1, quarantined: 40 })
    expect(await bench.query(sql`select level, tags from customer`)).toEqual([{ level: null, tags: null }])
    expect((await bench.intake.quarantineSummary()).byRule.map((r) => [r.rule, r.rows])).toEqual([
      ['age_range', 20],
      ['type', 20],
    ])
    const result = await bench.intake.fix(batch!.batch, 2, { age: '28' }, by)
    expect(result.state).toBe('replayed')
    expect(await bench.intake.fix(batch!.batch, 3, { 年龄: '999' }, by)).toMatchObject({
      state: 'open',
      entries: [{ rule: 'age_range' }],
    })
    const all = Array.from({ length: 40 }, (_, i) => ({ batch: batch!.batch, row: i + 2, values: { 年龄: '28' } }))
    await bench.intake.fixMany(all, by)
    await bench.intake.fixMany(all, by)
    expect(await bench.intake.figures('s')).toMatchObject({ rows_read: 41, stored: 41, quarantined: 0, duplicate: 0 })
    expect(
      await bench.query(sql`select count(*) as n, count(distinct customer_id) as ids, min(tags) as tags from customer`),
    ).toEqual([{ n: 41, ids: 41, tags: 'no_phone' }])
    await expect(bench.intake.fix(batch!.batch, 2, { age: '1' }, by)).rejects.toMatchObject({
      code: 'row_not_in_quarantine',
    })
    const before = await bench.hash()
    await bench.rebuild()
    expect(await bench.hash()).toBe(before)
    await balanced()
  })

  it('equals a clean import once all rows are mended, and knows the bad rows when the file comes again', async () => {
    await source({ 'a.csv': `${head}C1,甲,,,9x,,,\nC2,乙,,,20,,,\n` }, customers)
    const [batch] = await bench.intake.take('s')
    await bench.intake.fix(batch!.batch, 1, { age: '19' }, by)
    appendFileSync(join(bench.home, 'files', 'a.csv'), 'C3,丙,,,21,,,\n')
    expect((await bench.intake.take('s'))[0]).toMatchObject({ rowsRead: 3, stored: 1, duplicate: 2, quarantined: 0 })
    expect(await bench.query(sql`select customer_id, age from customer order by 1`)).toEqual([
      { customer_id: 'C1', age: 19 },
      { customer_id: 'C2', age: 20 },
      { customer_id: 'C3', age: 21 },
    ])
  })

  it('holds rows that cannot be read with their raw text, lets them be discarded, and follows a row to its file', async () => {
    await source({ 'a.csv': `${head}C1,甲,,,1,,,\nC2,"乙,,,2,,,\nC3,丙,,,3,,,\nC4,丁,,,4,,,\n` }, customers)
    const [batch] = await bench.intake.take('s')
    expect(batch!.rowsRead).toBe(batch!.stored + batch!.quarantined)
    expect(batch!.quarantined).toBeGreaterThan(0)
    const [held] = (await bench.intake.quarantine({}, steward)).items
    expect(held).toMatchObject({ rule: 'read', state: 'open' })
    expect(held!.raw).toContain('"乙')
    await bench.intake.discard(held!.batch, held!.row, by)
    expect(await bench.intake.figures('s')).toMatchObject({ quarantined: batch!.quarantined - 1, skipped: 1 })
    const lineage = await bench.intake.rowLineage('customer', batch!.batch, 1, steward)
    expect(lineage).toMatchObject({ path: 'a.csv', source: 's', raw: 'C1,甲,,,1,,,' })
    await balanced()
  })

  it('shows a viewer no values', async () => {
    await source({ 'a.csv': `${head}C1,甲,,,secret9,,,\n` }, customers)
    await bench.intake.take('s')
    const seen = JSON.stringify((await bench.intake.quarantine({}, { id: 'v', role: 'viewer' })).items)
    expect(seen).toContain('type')
    expect(seen).not.toContain('secret9')
  })
})

describe('awkward files', () => {
  it('a file without a column of the mapping is left and told, until it has it; the others go on', async () => {
    await source({ 'a.csv': 'no,sku,qty,price,at\n1,a,1,2,2024-05-31\n', 'b.csv': 'other,columns\n1,2\n' }, lines)
    const batches = await bench.intake.take('s')
    expect(batches.map((b) => b.stored)).toEqual([1])
    const [problem] = bench.intake.problems()
    expect(problem).toMatchObject({ source: 's', file: 'b.csv', code: 'unknown_column' })
    expect(problem!.text.en).toContain('other, columns')
    expect((await bench.intake.sources())[0]!.status).toBe('error')
    writeFileSync(join(bench.home, 'files', 'b.csv'), 'no,sku,qty,price,at\n2,a,1,2,2024-05-31\n')
    expect((await bench.intake.take('s')).map((b) => b.stored)).toEqual([1])
    expect(bench.intake.problems()).toEqual([])
  })

  it('takes 2,000 columns', async () => {
    const names = Array.from({ length: 2000 }, (_, i) => `c${i}`)
    await source(
      { 'a.csv': `${names.join(',')}\n${names.map((_, i) => i).join(',')}\n` },
      { dataset: 'customer', fields: { customer_id: { column: 'c0' }, note: { column: 'c1999' } } },
    )
    await bench.intake.take('s')
    expect(await bench.query(sql`select customer_id, note from customer`)).toEqual([{ customer_id: '0', note: '1999' }])
  })

  it('validates a sample and stores nothing', async () => {
    await source({ 'a.csv': `${head}C1,甲,,,x,,,\nC2,乙,,,20,,,\n` }, customers)
    const path = join(bench.home, 'files', 'a.csv')
    const { inspection, suggestion, mapping } = await bench.intake.inspect({ path })
    expect(suggestion.dataset).toBe('customer')
    expect(Object.keys(mapping.fields)).toEqual(expect.arrayContaining(['customer_id', 'name', 'level', 'region']))
    const checked = await bench.intake.validate({ path, plan: inspection.plan, mapping: customers })
    expect(checked.counts).toEqual({ rows: 2, ok: 1, quarantined: 1, tagged: 0 })
    expect(checked.rows[0]!.issues).toMatchObject([{ field: 'age', rule: 'type', outcome: 'quarantine' }])
    expect(
      await bench.query(sql`select (select count(*) from customer) as c, (select count(*) from batch) as b`),
    ).toEqual([{ c: 0, b: 0 }] satisfies Row[])
  })
})
