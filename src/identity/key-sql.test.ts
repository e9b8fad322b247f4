import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql, type Sql } from '../warehouse/index.ts'
import { companyKeySql, emailKeySql, phoneKeySql, refOf } from './key-sql.ts'
import { openWorkbench, type Workbench } from './workbench.testing.ts'

let b: Workbench
beforeAll(async () => void (b = await openWorkbench()))
afterAll(() => b.close())

const key = async (of: (x: Sql) => Sql, value: string | null): Promise<unknown> =>
  (await b.ground.warehouse.query(sql`select ${of(sql`x`)} as k from (select cast(${value} as varchar) as x) t`))[0]![
    'k'
  ]

describe('keys', () => {
  it.each([
    ['13912345678', '+8613912345678'],
    ['139-1234-5678', '+8613912345678'],
    ['+86 139 1234 5678', '+8613912345678'],
    ['0086-13912345678', '+8613912345678'],
    ['8613912345678', '+8613912345678'],
    ['021-6666 8888', '02166668888'],
    ['+44 20 7946 0958', '+442079460958'],
    ['138****1234', null],
    ['13800138000', null],
    ['+8613800138000', null],
    ['00000000000', null],
    ['11111111111', null],
    ['13999999999', null],
    ['-1', null],
    ['null', null],
    ['', null],
    [null, null],
  ])('phone %j is %j', async (value, expected) => expect(await key(phoneKeySql, value)).toBe(expected))

  it.each([
    [' ZW@QQ.com ', 'zw@qq.com'],
    ['Zhang.Wei+shop@gmail.com', 'zhangwei@gmail.com'],
    ['zhang.wei+shop@qq.com', 'zhang.wei+shop@qq.com'],
    ['test@test.com', null],
    ['info@shop.cn', null],
    ['z***@qq.com', null],
    ['no at sign', null],
    [null, null],
  ])('e-mail %j is %j', async (value, expected) => expect(await key(emailKeySql, value)).toBe(expected))

  it('company forgets legal form and brackets', async () => {
    expect(await key(companyKeySql, '百川（上海）科技有限公司')).toBe(
      await key(companyKeySql, '百川(上海)科技 股份有限公司'),
    )
    expect(await key(companyKeySql, '个人')).toBe(null)
  })

  it.each([
    ['C1', 's:C1'],
    ['-1', null],
    ['000', null],
    ['NULL', null],
    [null, null],
  ])('customer number %j refers to %j', async (value, expected) =>
    expect(await key((x) => refOf(sql`'s'`, x), value)).toBe(expected),
  )
})
