import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { quiet } from '../base/context.ts'
import type { DomainName } from '../intake/index.ts'
import { canonicalHash, sql, type Row } from '../warehouse/index.ts'
import { manualVerbs } from './manual.ts'
import { resolve } from './resolve.ts'
import { identityDecisionTable, identityRunTable, personKeyTable, personTable } from './tables.ts'
import { openWorkbench, type Workbench } from './workbench.testing.ts'

const open: Workbench[] = []
afterEach(async () => {
  while (open.length) await open.pop()!.close()
})

async function bench(): Promise<Workbench> {
  const made = await openWorkbench()
  open.push(made)
  return made
}

/** Resolve some customer rows of one space and give person id by customer number. */
async function persons(
  rows: readonly Row[],
  more: (b: Workbench) => Promise<unknown> = async () => undefined,
): Promise<Record<string, string>> {
  const b = await bench()
  await b.add('customer', rows)
  await more(b)
  await resolve(b.ground, quiet)
  return byRef(b)
}

async function byRef(b: Workbench): Promise<Record<string, string>> {
  const rows = await b.ground.warehouse.query<{ key_value: string; person_id: string }>(
    sql`select key_value, person_id from person_key where key_type = 'ref' order by key_value`,
  )
  return Object.fromEntries(rows.map((r) => [r.key_value.replace('crm:', ''), r.person_id]))
}

async function reasons(b: Workbench): Promise<Record<string, string>> {
  const rows = await b.ground.warehouse.query<{ key_value: string; reason: string }>(
    sql`select key_value, reason from identity_conflict`,
  )
  return Object.fromEntries(rows.map((r) => [r.key_value, r.reason]))
}

const zhangWei = { name: '张伟', phone: '+8613912345678' }

describe('links', () => {
  it('join one name on one phone, however both are written', async () => {
    const p = await persons([
      { customer_id: 'a', ...zhangWei },
      { customer_id: 'b', name: '張 偉', phone: '0086 139-1234-5678' },
      { customer_id: 'c', name: '张伟', phone: '+8613912345679' },
    ])
    expect(p['a']).toBe(p['b'])
    expect(p['c']).not.toBe(p['a'])
    expect(p['a']).toMatch(/^P[0-9a-v]{20}$/)
  })

  it('reach over a third record by another key', async () => {
    const p = await persons([
      { customer_id: 'a', ...zhangWei },
      { customer_id: 'b', ...zhangWei, email: 'zw@qq.com' },
      { customer_id: 'c', name: '张伟', email: ' ZW@qq.com ' },
    ])
    expect(new Set([p['a'], p['b'], p['c']]).size).toBe(1)
  })

  it('leave a household with one phone apart, and say so', async () => {
    const b = await bench()
    await b.add('customer', [
      { customer_id: 'a', ...zhangWei },
      { customer_id: 'b', name: '李娜', phone: zhangWei.phone },
      { customer_id: 'c', name: '', phone: zhangWei.phone },
    ])
    await resolve(b.ground, quiet)
    expect(new Set(Object.values(await byRef(b))).size).toBe(3)
    expect(await reasons(b)).toEqual({ '+8613912345678': 'different_names' })
    // What two persons share names nobody.
    expect(await b.ground.warehouse.query(sql`select * from person_key where key_type = 'phone'`)).toEqual([])
  })

  it('join a record without a name only to the only name, and only when a second key agrees', async () => {
    const p = await persons([
      { customer_id: 'a', ...zhangWei, email: 'zw@qq.com' },
      { customer_id: 'b', name: '顾客', phone: zhangWei.phone, email: 'zw@qq.com' },
      { customer_id: 'c', phone: zhangWei.phone },
      { customer_id: 'd', name: '李娜', phone: '13711112222', birth_date: '1990-05-06' },
      { customer_id: 'e', phone: '13711112222', birth_date: '1990-05-06' },
    ])
    expect(p['a']).toBe(p['b'])
    // the card without a name may be that of the wife
    expect(p['c']).not.toBe(p['a'])
    expect(p['d']).toBe(p['e'])
    const q = await persons([
      { customer_id: 'a', ...zhangWei },
      { customer_id: 'b', phone: zhangWei.phone, email: 'x@qq.com' },
      { customer_id: 'c', name: '李娜', email: 'x@qq.com' },
    ])
    expect(new Set(Object.values(q)).size).toBe(3)
  })

  it('keep father and son of one name apart', async () => {
    const b = await bench()
    await b.add('customer', [
      { customer_id: 'a', ...zhangWei, birth_date: '1960-03-04' },
      { customer_id: 'b', ...zhangWei, birth_date: '1988-07-09' },
      { customer_id: 'c', ...zhangWei, birth_date: '1988-07-09' },
      { customer_id: 'd', ...zhangWei, birth_date: '1900-01-01' },
    ])
    await resolve(b.ground, quiet)
    const p = await byRef(b)
    expect(p['b']).toBe(p['c'])
    expect(new Set(Object.values(p)).size).toBe(3)
    expect(await reasons(b)).toEqual({ '+8613912345678': 'different_birth_date' })
  })

  it('do not pass over a third record that hides a contradiction', async () => {
    const b = await bench()
    await b.add('customer', [
      { customer_id: 'a', ...zhangWei, birth_date: '1960-03-04' },
      { customer_id: 'b', ...zhangWei, email: 'zw@qq.com' },
      { customer_id: 'c', name: '张伟', email: 'zw@qq.com', birth_date: '1988-07-09' },
    ])
    await resolve(b.ground, quiet)
    const p = await byRef(b)
    expect(p['a']).toBe(p['b'])
    expect(p['c']).not.toBe(p['a'])
    expect(await reasons(b)).toEqual({ 'zw@qq.com': 'contradiction' })
  })

  it('want a second key for masked names and for names that only sound alike', async () => {
    const p = await persons([
      { customer_id: 'a', ...zhangWei },
      { customer_id: 'b', name: '张*', phone: zhangWei.phone },
      { customer_id: 'c', name: '王芳', phone: '13711112222', email: 'wf@qq.com' },
      { customer_id: 'd', name: '王**', phone: '13711112222', email: 'wf@qq.com' },
      { customer_id: 'e', name: '李玮', phone: '13733334444' },
      { customer_id: 'f', name: '李伟', phone: '13733334444' },
      { customer_id: 'g', name: '赵玮', phone: '13755556666', email: 'zhaow@qq.com' },
      { customer_id: 'h', name: 'Zhao Wei', phone: '13755556666', email: 'zhaow@qq.com' },
    ])
    expect(p['a']).not.toBe(p['b'])
    expect(p['c']).toBe(p['d'])
    expect(p['e']).not.toBe(p['f'])
    expect(p['g']).toBe(p['h'])
  })

  it('ignore rubbish and what a till types for everybody', async () => {
    const b = await bench()
    const till = Array.from({ length: 8 }, (_, i) => ({
      customer_id: `t${i}`,
      name: `客人${'甲乙丙丁戊己甲乙'[i]}`,
      phone: '021-66668888',
    }))
    await b.add('customer', [
      { customer_id: 'a', name: '张伟', phone: '13800138000', email: 'test@test.com' },
      { customer_id: 'b', name: '张伟', phone: '138 0013 8000', email: 'TEST@test.com' },
      { customer_id: '-1', name: '王五', record_key: 'r1' },
      { customer_id: '-1', name: '赵六', record_key: 'r2' },
      ...till,
    ])
    await resolve(b.ground, quiet)
    expect(new Set(Object.values(await byRef(b))).size).toBe(12)
    expect(await reasons(b)).toEqual({ '02166668888': 'generic' })
  })

  it('take references of other domains, and ID cards without keeping them', async () => {
    const p = await persons([{ customer_id: 'a', name: '张伟', id_card: '11010519491231002X' }], async (b) => {
      await b.add('order', [{ customer_id: 'z', order_id: '1' }], { source: 'crm' })
      await b.add('customer', [{ customer_id: 'b', id_card: '11010519491231002x' }])
      expect(JSON.stringify(await b.ground.warehouse.query(sql`select * from person_key`))).not.toContain(
        '11010519491231002',
      )
    })
    expect(Object.keys(p)).toEqual(['a', 'b', 'z'])
    expect(p['a']).toBe(p['b'])
  })

  it('compare membership numbers of two systems only where their names say that they are the same', async () => {
    const names = ['张伟', '王芳', '李娜', '刘洋', '陈静', '杨光', '赵敏', '黄磊', '周杰', '吴迪', '徐丽', '孙浩']
    const given = async (other: (i: number) => string) => {
      const b = await bench()
      await b.add(
        'customer',
        names.map((name, i) => ({ customer_id: `c${i}`, name, member_no: `8800${i}` })),
      )
      await b.add(
        'customer',
        names.map((_, i) => ({ customer_id: `m${i}`, name: other(i), member_no: `8800${i}` })),
        { source: 'mall' },
      )
      await resolve(b.ground, quiet)
      return byRef(b)
    }
    const shared = await given((i) => names[i]!)
    expect(names.map((_, i) => shared[`mall:m${i}`] === shared[`c${i}`])).toEqual(names.map(() => true))
    // Two systems that both count from 1: the one equal name is chance.
    const apart = await given((i) => names[i ? (i + 5) % names.length : 0]!)
    expect(names.map((_, i) => apart[`mall:m${i}`] === apart[`c${i}`])).toEqual(names.map(() => false))
  })

  it('take company and name together only where nothing differs', async () => {
    const p = await persons([
      { customer_id: 'a', name: '张伟', company: '上海百川有限公司' },
      { customer_id: 'b', name: '张伟', company: '上海百川', phone: '13711112222' },
      { customer_id: 'c', name: '李娜', company: '上海百川有限公司' },
      { customer_id: 'd', name: '王芳', company: '北京江河有限公司', phone: '13711113333' },
      { customer_id: 'e', name: '王芳', company: '北京江河有限公司', phone: '13711114444' },
    ])
    expect(p['a']).toBe(p['b'])
    expect(p['c']).not.toBe(p['a'])
    expect(p['d']).not.toBe(p['e'])
  })
})

describe('the ledger', () => {
  const pool: Row[] = [
    { customer_id: 'a', ...zhangWei },
    { customer_id: 'b', ...zhangWei, email: 'zw@qq.com' },
    { customer_id: 'c', name: '张伟', email: 'zw@qq.com', birth_date: '1988-07-09' },
    { customer_id: 'd', name: '李娜', phone: zhangWei.phone },
    { customer_id: 'e', name: '张*', phone: zhangWei.phone, email: 'zw@qq.com' },
    { customer_id: 'f', phone: '13711112222' },
    { customer_id: 'g', name: '王芳', phone: '13711112222' },
    { customer_id: 'h', name: '张伟', birth_date: '1960-03-04', phone: zhangWei.phone },
    { customer_id: 'i', name: '王芳', member_no: '88001' },
    { customer_id: 'j', member_no: '88001', phone: '13711112222' },
  ]

  it('gives the same ids for the same rows in any order and any batches', async () => {
    const reference = await persons(pool)
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(pool, { minLength: pool.length }),
        fc.integer({ min: 0, max: pool.length }),
        async (rows, cut) => {
          const b = await openWorkbench()
          try {
            const parts: [DomainName, Row[]][] = [
              ['customer', rows.slice(0, cut)],
              ['customer', rows.slice(cut)],
            ]
            for (const [domain, part] of parts) if (part.length) await b.add(domain, part)
            await resolve(b.ground, quiet)
            expect(await byRef(b)).toEqual(reference)
          } finally {
            await b.close()
          }
        },
      ),
      { numRuns: 8 },
    )
  }, 60_000)

  it('writes nothing when nothing is new, and nothing when new rows change nobody', async () => {
    const b = await bench()
    await b.add('customer', pool)
    await resolve(b.ground, quiet)
    const head = b.ground.journal.status().head
    expect(await resolve(b.ground, quiet)).toMatchObject({
      skipped: true,
      persons: new Set(Object.values(await byRef(b))).size,
    })
    await b.add('customer', [{ customer_id: 'a', ...zhangWei, city: '上海' }])
    expect(await resolve(b.ground, quiet)).toMatchObject({
      skipped: false,
      counts: { minted: 0, attached: 0, merged: 0 },
    })
    expect(b.ground.journal.status().head).toBe(head)
  })

  it('looks again after a row was mended in review', async () => {
    const b = await bench()
    await b.add('customer', [
      { customer_id: 'a', ...zhangWei },
      { customer_id: 'b', name: '张伟', phone: '13712345678' },
    ])
    await resolve(b.ground, quiet)
    await b.ground.warehouse.transaction(async (writer) => {
      await writer.run(sql`update customer set phone = ${zhangWei.phone} where customer_id = 'b'`)
      await writer.run(sql`insert into review (id, state, decided_at) values ('r', 'fixed', ${new Date(0)})`)
    })
    expect(await resolve(b.ground, quiet)).toMatchObject({ skipped: false, counts: { merged: 1 } })
  })

  it('keeps the older id when persons merge, and forwards the other', async () => {
    const b = await bench()
    await b.add('customer', [{ customer_id: 'y', name: '张伟', phone: '13700001234' }])
    await resolve(b.ground, quiet)
    await b.add('customer', [{ customer_id: 'b', name: '张伟', email: 'zw@qq.com' }])
    await resolve(b.ground, quiet)
    const before = await byRef(b)
    await b.add('customer', [{ customer_id: 'a', name: '张伟', phone: '13700001234', email: 'zw@qq.com' }])
    expect((await resolve(b.ground, quiet)).counts).toEqual({
      minted: 0,
      attached: 1,
      merged: 1,
      split: 0,
      detached: 0,
    })
    const after = await byRef(b)
    expect(after).toEqual({ a: before['y'], b: before['y'], y: before['y'] })
    expect(
      await b.ground.warehouse.query(sql`select state, merged_into from person where person_id = ${before['b']!}`),
    ).toEqual([{ state: 'merged', merged_into: before['y'] }])
  })

  it('gives the ids back when a batch is undone and when it returns', async () => {
    const b = await bench()
    await b.add('customer', [
      { customer_id: 'y', name: '张伟', phone: '13700001234' },
      { customer_id: 'b', name: '张伟', email: 'zw@qq.com' },
    ])
    await resolve(b.ground, quiet)
    const before = await byRef(b)
    const bridge = [{ customer_id: 'c', name: '张伟', phone: '13700001234', email: 'zw@qq.com' }]
    const batch = await b.add('customer', bridge)
    await resolve(b.ground, quiet)
    expect(new Set(Object.values(await byRef(b))).size).toBe(1)
    await b.ground.warehouse.transaction(async (writer) => {
      await writer.run(sql`delete from customer where batch = ${batch}`)
      await writer.run(sql`update batch set undone_at = ${new Date(0)} where batch = ${batch}`)
    })
    await resolve(b.ground, quiet)
    expect(await byRef(b)).toEqual(before)
    expect(await b.ground.warehouse.query(sql`select distinct state from person`)).toEqual([{ state: 'active' }])
  })

  it('is the same after a rebuild', async () => {
    const b = await bench()
    await b.add('customer', pool.slice(0, 5))
    await resolve(b.ground, quiet)
    await b.add('customer', pool.slice(5))
    await resolve(b.ground, quiet)
    const ledger = [personTable, identityDecisionTable, identityRunTable]
    const { warehouse } = b.ground
    const refs = await byRef(b)
    const before = await canonicalHash(warehouse, ledger)
    // Domain rows come from intake, which is not here: only what identity owns is dropped.
    await warehouse.transaction(async (writer) => {
      for (const t of [...ledger, personKeyTable])
        await writer.run(sql`delete from ${{ parts: [{ kind: 'id', name: t.name }] }}`)
      await writer.run(sql`delete from projection`)
    })
    await replay(b)
    expect(await canonicalHash(warehouse, ledger)).toEqual(before)
    expect(await byRef(b)).toEqual(refs)
  })

  it('lets people merge, split and take it back', async () => {
    const b = await bench()
    await b.add('customer', [
      { customer_id: 'a', ...zhangWei },
      { customer_id: 'b', ...zhangWei },
      { customer_id: 'c', name: '李娜', phone: '13711112222' },
    ])
    await resolve(b.ground, quiet)
    const start = await byRef(b)
    const verbs = manualVerbs(b.ground)
    const by = { actor: 'steward', why: 'called them' }
    const split = await verbs.split(start['a']!, ['crm:b'], by)
    await resolve(b.ground, quiet)
    const apart = await byRef(b)
    expect(apart['a']).toBe(start['a'])
    expect(apart['b']).not.toBe(start['a'])
    // It survives new rows that say the opposite.
    await b.add('customer', [{ customer_id: 'd', ...zhangWei }])
    await resolve(b.ground, quiet)
    expect((await byRef(b))['b']).toBe(apart['b'])
    await verbs.undo(split, by)
    await resolve(b.ground, quiet)
    const back = await byRef(b)
    expect(back['b']).toBe(start['a'])
    const merge = await verbs.merge(start['a']!, start['c']!, by)
    await resolve(b.ground, quiet)
    expect(new Set(Object.values(await byRef(b))).size).toBe(1)
    await verbs.undo(merge, by)
    await resolve(b.ground, quiet)
    expect((await byRef(b))['c']).toBe(start['c'])
    await expect(verbs.split(start['a']!, ['crm:zzz'], by)).rejects.toMatchObject({ code: 'references_unknown' })
    await expect(verbs.undo(split, by)).rejects.toMatchObject({ code: 'decision_unknown' })
  })
})

/** What a rebuild does, for the ledger alone: read the journal from the beginning through the projectors. */
async function replay(b: Workbench): Promise<void> {
  const { identityProjectors } = await import('./projector.ts')
  const { openProjection } = await import('../warehouse/index.ts')
  const projection = await openProjection({
    journal: b.ground.journal,
    warehouse: b.ground.warehouse,
    projectors: () => identityProjectors(b.ground),
  })
  await projection.catchUp()
}
