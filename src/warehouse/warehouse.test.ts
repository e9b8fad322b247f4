import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  openDuckDb,
  openWarehouse,
  sql,
  table,
  type Actor,
  type MaskKind,
  type ReadPolicy,
  type Warehouse,
} from './index.ts'

const text = { zh: '列', en: 'column' }
const people = table({
  name: 'people',
  owner: 'test',
  text,
  columns: {
    id: { type: 'bigint', text, class: 'non_sensitive' },
    name: { type: 'text', text, class: 'sensitive', mask: 'name' },
    phone: { type: 'text', text, class: 'sensitive', mask: 'phone' },
    born: { type: 'date', text, class: 'sensitive' },
  },
  key: ['id'],
})

const dir = mkdtempSync(join(tmpdir(), 'tributary-warehouse-'))
const told: Parameters<ReadPolicy['audit']>[0][] = []
const clear: Actor = { id: 'ann', role: 'admin' }
const masked: Actor = { id: 'ben', role: 'viewer' }
let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse({
    engine: await openDuckDb({ path: ':memory:', tmpDir: dir, allowedDirs: [] }),
    tables: [people],
    policy: {
      masking: (actor, _purpose, column) =>
        actor.role === 'admin' || column.class === 'non_sensitive' ? 'none' : (column.mask ?? 'redact'),
      audit: (entry) => told.push(entry),
    },
  })
  await warehouse.transaction((writer) =>
    writer.append(
      people,
      ['id', 'name', 'phone', 'born'],
      [
        [1, '张三', '13812348000', '1990-01-02'],
        [2, '欧阳娜娜', '+8613912348001', null],
      ],
    ),
  )
})
afterAll(async () => {
  await warehouse.close()
  rmSync(dir, { recursive: true, force: true })
})

const query = sql`select id, name, phone, born from people order by id desc`
const request = (actor: Actor) => ({ actor, purpose: 'service', query, columns: people.columns })

describe('reading through the one door', () => {
  it('masks by the policy, in the order of the query', async () => {
    expect(await warehouse.read(request(masked))).toEqual([
      { id: 2, name: '欧阳*', phone: '+86139****8001', born: null },
      { id: 1, name: '张*', phone: '138****8000', born: '***' },
    ])
  })

  it('keeps a long order through the masks', async () => {
    const rows = await warehouse.read<{ k: number }>({
      actor: masked,
      purpose: 'test',
      query: sql`select (x * 7919) % 100003 as k, 'secret' as s from range(50000) as t(x) order by k desc`,
      columns: { k: { class: 'non_sensitive' }, s: { class: 'sensitive' } },
    })
    expect(rows.every((r, i) => i === 0 || rows[i - 1]!.k > r.k)).toBe(true)
  })

  it('tells who saw which sensitive columns in clear, and only then', async () => {
    told.length = 0
    expect((await warehouse.read(request(clear)))[1]).toMatchObject({ name: '张三', phone: '13812348000' })
    await warehouse.read(request(masked))
    await warehouse.read({ ...request(clear), query: sql`select id from people` })
    await warehouse.read({ ...request(clear), query: sql`select name from people where id = 99` })
    expect(told).toEqual([{ actor: clear, purpose: 'service', columns: ['name', 'phone', 'born'], rows: 2 }])
  })

  it('refuses a column whose class nobody declared, even when no row comes back', async () => {
    const sneaky = sql`select id, phone as nick from people where id = ${99}`
    await expect(warehouse.read({ ...request(clear), query: sneaky })).rejects.toMatchObject({
      code: 'column_undeclared',
      params: { column: 'nick' },
    })
    const inherited = sql`select phone as "constructor" from people`
    await expect(warehouse.read({ ...request(masked), query: inherited })).rejects.toMatchObject({
      code: 'column_undeclared',
    })
  })

  it('streams with the same masks and the same record of who saw it', async () => {
    told.length = 0
    const rows: unknown[] = []
    for await (const chunk of warehouse.readStream(request(masked))) rows.push(...chunk)
    expect(rows).toEqual(await warehouse.read(request(masked)))
    for await (const _ of warehouse.readStream(request(clear))) break
    expect(told.map((t) => t.rows)).toEqual([2])
  })
})

describe('masks', () => {
  const show = async (mask: MaskKind, value: string | null): Promise<unknown> =>
    (
      await warehouse.read<{ v: unknown }>({
        actor: masked,
        purpose: 'test',
        query: sql`select cast(${value} as varchar) as v`,
        columns: { v: { class: 'sensitive', mask } },
      })
    )[0]!.v

  it.each<[MaskKind, string | null, string | null]>([
    ['phone', null, null],
    ['phone', '', '****'],
    ['phone', '13812348000', '138****8000'],
    ['phone', '１３８１２３４８０００', '****'],
    ['phone', '13812348000,13912348000', '****'],
    ['phone', '张三', '****'],
    ['phone', '1234', '****'],
    ['email', 'zhang@d.com', 'z***@d.com'],
    ['email', 'z@d.com', '***@d.com'],
    ['email', '😀li@d.com', '😀***@d.com'],
    ['email', 'a@b@c.com', '***'],
    ['email', 'no address', '***'],
    ['name', '张三', '张*'],
    ['name', '欧阳', '欧*'],
    ['name', '欧阳娜娜', '欧阳*'],
    ['name', 'John Smith', 'J*'],
    ['name', '张', '*'],
    ['name', '', '*'],
    ['name', '😀😀', '😀*'],
    ['id_number', '11010119900101002X', '110***********002X'],
    ['id_number', '123', '***********'],
    ['card', '6222 0202 0011 2233', '****2233'],
    ['card', '12', '****'],
    ['address', '浙江省杭州市西湖区文三路100号', '浙江省杭州市西湖区***'],
    ['address', '北京市朝阳区建国路1号', '北京市朝阳区***'],
    ['address', '广西壮族自治区桂林市阳朔县西街5号', '广西壮族自治区桂林市阳朔县***'],
    ['address', '湖北省恩施土家族苗族自治州利川市腾龙大道3号', '湖北省恩施土家族苗族自治州利川市***'],
    ['address', '文三路阳光小区5栋', '***'],
    ['address', '阳光小区5栋301', '***'],
    ['address', '12 Main Street, Springfield', '***'],
    ['redact', 'female', '***'],
    ['redact', '', '***'],
    ['redact', null, null],
  ])('show %s %s as %s', async (mask, value, shown) => {
    expect(await show(mask, value)).toBe(shown)
  })
})
