import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx } from 'hucre/xlsx'
import iconv from 'iconv-lite'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { generateShop, type ShopSummary } from './generate.ts'
import { numbers } from './world/numbers.ts'

let root: string
let shop: ShopSummary
const dir = (name: string) => join(root, name)

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shop-'))
  shop = await generateShop({ customers: 2000, seed: 7, dir: dir('shop') })
}, 60_000)
afterAll(() => rm(root, { recursive: true }))

/** Cells of a CSV line; quoted cells of the generator never hold a newline. */
const cellsOf = (line: string) =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2]!)

type Table = Record<string, string>[]
async function csv(path: string, encoding = 'utf-8'): Promise<Table> {
  const lines = iconv
    .decode(await readFile(dir(`shop/${path}`)), encoding)
    .trimEnd()
    .split('\n')
  const header = cellsOf(lines[0]!)
  return lines.slice(1).map((line) => Object.fromEntries(cellsOf(line).map((v, i) => [header[i]!, v])))
}
async function table(path: string): Promise<Table> {
  if (path.endsWith('.xlsx')) {
    const [header, ...rows] = (await readXlsx(await readFile(dir(`shop/${path}`)))).sheets[0]!.rows
    return rows.map((row) => Object.fromEntries(header!.map((h, i) => [String(h), String(row[i] ?? '')])))
  }
  if (path.endsWith('.json')) return JSON.parse(await readFile(dir(`shop/${path}`), 'utf8')) as Table
  return csv(path, path.startsWith('till/') ? 'gb18030' : 'utf-8')
}
async function months(prefix: string): Promise<Table> {
  const found = shop.files.filter((f) => f.path.startsWith(prefix))
  return (await Promise.all(found.map((f) => table(f.path)))).flat()
}
const files = async (name: string) =>
  (await readdir(dir(name), { recursive: true, withFileTypes: true }))
    .filter((f) => f.isFile())
    .map((f) => join(f.parentPath, f.name).slice(dir(name).length + 1))
    .sort()
const hash = (data: Buffer) => createHash('sha256').update(data).digest('hex')

describe('the shop', () => {
  it('is the same to the byte for the same seed, and another one for another seed', async () => {
    for (const [name, seed] of [
      ['a', 3],
      ['b', 3],
      ['c', 4],
    ] as const)
      await generateShop({ customers: 150, seed, dir: dir(name) })
    const names = await files('a')
    expect(await files('b')).toEqual(names)
    for (const file of names) {
      const [a, b] = await Promise.all([readFile(dir(`a/${file}`)), readFile(dir(`b/${file}`))])
      expect(hash(b), file).toBe(hash(a))
    }
    expect(hash(await readFile(dir('c/mall/customers.csv')))).not.toBe(
      hash(await readFile(dir('a/mall/customers.csv'))),
    )
  })

  it('of a smaller size is the beginning of a larger one', async () => {
    await generateShop({ customers: 150, seed: 7, dir: dir('small') })
    for (const file of await files('small')) {
      // cost is in proportion to the size; the workbook is compressed
      if (/costs|summary|xlsx/.test(file)) continue
      const [small, large] = await Promise.all([readFile(dir(`small/${file}`)), readFile(dir(`shop/${file}`))])
      const part = file.endsWith('.json') ? small.subarray(0, -3) : small
      expect(large.subarray(0, part.length).equals(part), file).toBe(true)
    }
  })

  it('writes the rows it says, about ten lines a customer', async () => {
    expect(shop.orderLines / 2000).toBeGreaterThan(9)
    expect(shop.orderLines / 2000).toBeLessThan(12)
    for (const { path, rows } of shop.files) {
      const found = path.endsWith('.ndjson')
        ? (await readFile(dir(`shop/${path}`), 'utf8')).trimEnd().split('\n').length
        : (await table(path)).length
      expect(found, path).toBe(rows)
    }
  })

  it('gives customers phones that are real mobile forms, each to one person, and never one mistyped digit apart', () => {
    const { phone } = numbers(7)
    const all = new Set(Array.from({ length: 20_000 }, (_, n) => phone(n)))
    expect(all.size).toBe(20_000)
    for (const p of [...all].slice(0, 500)) {
      expect(parsePhoneNumberFromString(p, 'CN')?.isValid(), p).toBe(true)
      for (let at = 0; at < 11; at++)
        for (let d = 0; d < 10; d++)
          if (String(d) !== p[at]) expect(all.has(p.slice(0, at) + d + p.slice(at + 1))).toBe(false)
    }
  })
})

describe('the truth', () => {
  it('lists each fault with the value that stands in the file', async () => {
    const faults = await csv('truth/faults.csv')
    const cache = new Map<string, Table>()
    for (const fault of faults) {
      const rows = cache.get(fault.file!) ?? (await table(fault.file!))
      cache.set(fault.file!, rows)
      const row = rows[Number(fault.row) - 1]
      expect(row, JSON.stringify(fault)).toBeDefined()
      expect(Object.values(row!)[0], JSON.stringify(fault)).toBe(fault.record!.split('/')[0])
      if (fault.field) {
        const value = String(row![fault.field])
        const number = Number(value)
        expect(
          fault.written === value || (value !== '' && Number(fault.written) === number),
          JSON.stringify([fault, value]),
        ).toBe(true)
      }
    }
    for (const [kind, { count }] of Object.entries(shop.faults))
      expect(faults.filter((f) => f.class === kind).length, kind).toBe(count)
    for (const [kind, { count }] of Object.entries(shop.faults)) expect(count, kind).toBeGreaterThan(3)
  })

  it('leaves nothing faulty that is not listed', async () => {
    const listed = new Map<string, Set<string>>()
    for (const f of await csv('truth/faults.csv'))
      listed.set(f.class!, (listed.get(f.class!) ?? new Set()).add(`${f.file}#${f.row}`))
    const expectListed = (kind: string, found: string[]) => expect(new Set(found), kind).toEqual(listed.get(kind))
    const all = new Map<string, Table>()
    for (const { path } of shop.files) if (!path.endsWith('.ndjson')) all.set(path, await table(path))
    /** Rows of the files for which `faulty` holds, as `file#row`. */
    const rows = (paths: RegExp, faulty: (row: Record<string, string>) => boolean) =>
      [...all]
        .filter(([path]) => paths.test(path))
        .flatMap(([path, table]) => table.flatMap((row, i) => (faulty(row) ? [`${path}#${i + 1}`] : [])))
    const digits = (text: string) =>
      text
        .normalize('NFKC')
        .replace(/\D/g, '')
        .replace(/^86(?=\d{11}$)/, '')
    const phoneOf = (row: Record<string, string>) => row.手机号 ?? row.手机 ?? row.电话 ?? ''
    const emailOf = (row: Record<string, string>) => row.邮箱 ?? ''

    expectListed(
      'phone_digits',
      rows(/./, (r) => phoneOf(r) !== '' && digits(phoneOf(r)).length !== 11),
    )
    expectListed(
      'email_no_at',
      rows(/./, (r) => emailOf(r) !== '' && !emailOf(r).includes('@')),
    )
    expectListed(
      'impossible_age',
      rows(/members/, (r) => r.年龄 !== '' && (Number(r.年龄) < 15 || Number(r.年龄) > 90)),
    )
    expectListed(
      'date_style',
      rows(/members/, (r) => !/^\d{4}-\d\d-\d\d$/.test(r.入会日期!)),
    )
    const keyFields = ['姓名', '手机', '邮箱', '性别', '出生日期', '省份', '会员等级', '来源渠道']
    const mallFields = ['姓名', '手机号', '邮箱', '性别', '出生日期', '省份', '注册渠道']
    expectListed('missing_key_fields', [
      ...rows(/members/, (r) => keyFields.filter((f) => !r[f]).length / 8 > 0.3),
      ...rows(/mall.customers/, (r) => mallFields.filter((f) => !r[f]).length / 7 > 0.3),
    ])
    const levelOf = (spent: number) => shop.levels.findLast((l) => spent >= l.from)!.level
    expectListed(
      'level_mismatch',
      rows(/members/, (r) => r.会员等级 !== levelOf(Number(r.累计消费))),
    )
    expectListed(
      'negative_amount',
      rows(/lines|pos/, (r) => Number(r.实付金额 ?? r.金额) < 0 && Number(r.数量) > 0),
    )
    expectListed(
      'delivered_before_shipped',
      rows(/deliveries/, (r) => r.签收时间 !== '' && r.签收时间! < r.发货时间!),
    )

    const accounts = new Set(all.get('mall/customers.csv')!.map((r) => r.会员ID))
    const cards = new Set(all.get('crm/members.xlsx')!.map((r) => r.会员号))
    const skus = new Set(all.get('catalog/products.csv')!.map((r) => r.货号))
    const orders = new Set((await months('mall/orders')).map((r) => r.订单号))
    expectListed('orphan_customer', [
      ...rows(/orders|lines|touches|reviews/, (r) => !accounts.has(r.会员ID!)),
      ...rows(/pos/, (r) => r.会员号 !== '' && !cards.has(r.会员号!)),
    ])
    expectListed(
      'orphan_sku',
      rows(/lines|pos|reviews/, (r) => !skus.has(r.货号!)),
    )
    expectListed(
      'orphan_order',
      rows(/lines|reviews|deliveries/, (r) => !orders.has(r.订单号!)),
    )

    const copies: string[] = []
    for (const [path, table] of all) {
      const seen = new Set<string>()
      for (const [i, row] of table.entries()) {
        const text = JSON.stringify(row)
        if (seen.has(text)) copies.push(`${path}#${i + 1}`)
        seen.add(text)
      }
    }
    expectListed('exact_copy', copies)

    // ten times the mean of the others, of a source's orders or lines; and no sound one comes near
    const outliers: string[] = []
    for (const paths of [/orders/, /lines/, /pos/]) {
      const amounts = rows(paths, () => true).map((at) =>
        Math.abs(
          Number(
            all.get(at.split('#')[0]!)![Number(at.split('#')[1]) - 1]!.实付金额 ??
              all.get(at.split('#')[0]!)![Number(at.split('#')[1]) - 1]!.金额,
          ),
        ),
      )
      const mean = amounts.reduce((a, b) => a + b, 0) / amounts.length
      outliers.push(...rows(paths, (r) => Math.abs(Number(r.实付金额 ?? r.金额)) > 10 * mean))
      expect(rows(paths, (r) => Math.abs(Number(r.实付金额 ?? r.金额)) > 8.5 * mean).length).toBe(
        rows(paths, (r) => Math.abs(Number(r.实付金额 ?? r.金额)) > 12 * mean).length,
      )
    }
    expectListed('amount_outlier', outliers)
  })

  it('knows every account and card once, and keeps people with one phone apart', async () => {
    const people = await csv('truth/customers.csv')
    expect(people.length).toBe(2000)
    const mall = people.flatMap((p) => (p.mall ? [p.mall] : []))
    const cards = people.flatMap((p) => (p.cards ? p.cards.split(';') : []))
    expect(new Set(mall)).toEqual(new Set((await table('mall/customers.csv')).map((r) => r.会员ID)))
    expect(new Set(cards)).toEqual(new Set((await table('crm/members.xlsx')).map((r) => r.会员号)))
    expect(new Set([...mall, ...cards]).size).toBe(mall.length + cards.length)
    const named = new Map<string, string[]>()
    for (const p of people) if (p.household) named.set(p.household, [...(named.get(p.household) ?? []), p.name!])
    expect(named.size).toBeGreaterThan(20)
    for (const names of named.values()) expect(names[0]![0]).not.toBe(names[1]?.[0])
  })

  it('is what the story says', () => {
    expect(shop.completeness.before).toBeCloseTo(0.68, 1)
    expect(shop.completeness.fillable).toBeGreaterThan(0.9)
    expect(shop.cycle.before.months).toBeGreaterThan(2.8)
    expect(shop.cycle.before.months).toBeLessThan(3.2)
    expect(shop.cycle.lastHalfYear.months).toBeGreaterThan(4.1)
    expect(shop.cycle.lastHalfYear.months).toBeLessThan(4.9)
    const share = (from: number, to: number) => {
      const part = shop.limitedInterest.slice(from, to).map((m) => m.highValue)
      return part.reduce((a, m) => a + m.views * (m.share ?? 0), 0) / part.reduce((a, m) => a + m.views, 0)
    }
    expect(share(0, 18)).toBeGreaterThan(0.28)
    expect(share(21, 24)).toBeLessThan(0.2)
    expect(shop.test.B.rate! > shop.test.A.rate!).toBe(true)
  })

  it('is not reachable from the configuration', async () => {
    const config = parse(await readFile(new URL('./tributary.yaml', import.meta.url), 'utf8')) as {
      sources: Record<string, { path: string; map: Record<string, unknown> }>
    }
    for (const { path } of Object.values(config.sources))
      expect(path).toMatch(/^\$\{data\}\/(mall|till|crm|service|reviews|logistics|marketing|web|catalog)\//)
  })
})
