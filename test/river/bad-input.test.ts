import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import iconv from 'iconv-lite'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { quiet } from '../../src/base/context.ts'
import { TributaryError } from '../../src/base/errors.ts'
import type { Text } from '../../src/base/text.ts'
import { loadConfig } from '../../src/config.ts'
import type { DomainName } from '../../src/intake/index.ts'
import { openPlatform, type Platform } from '../../src/platform.ts'
import type { ReadPlan } from '../../src/sources/index.ts'
import { sql, type Row, type Sql } from '../../src/warehouse/index.ts'
import { tributary } from './cli.ts'

const root = mkdtempSync(join(tmpdir(), 'tributary-bad-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let n = 0
let dir = ''
let platform: Platform
beforeEach(async () => {
  dir = join(root, String(++n))
  platform = await openPlatform({ home: join(dir, 'home') })
})
afterEach(async () => {
  await platform.close()
  rmSync(dir, { recursive: true, force: true })
})

const operator = { id: 'tester', role: 'admin' } as const
const mib = 1024 ** 2

function put(name: string, content: string | Uint8Array): string {
  const path = join(dir, 'in', name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

const look = (path: string, choice?: Partial<ReadPlan>, dataset?: DomainName) =>
  platform.intake.inspect({ path, name: path.split('/').at(-1), choice, dataset })

/** Inspect, accept what is suggested, import; as the wizard does. */
async function take(path: string, dataset?: DomainName, choice?: Partial<ReadPlan>) {
  const { inspection, mapping } = await look(path, choice, dataset)
  const name = path.split('/').at(-1)!
  const batches = await platform.intake.takeFiles('desk', [{ path, name, plan: inspection.plan, mapping }], {
    actor: 'tester',
  })
  await balanced()
  return { inspection, mapping, batch: batches[0]! }
}

/** Nothing lost, in every source. */
async function balanced(): Promise<void> {
  for (const b of await platform.balances()) expect(b, b.source).toMatchObject({ balanced: true })
}

const rows = (query: Sql): Promise<Row[]> => platform.ground.warehouse.query<Row>(query)
const quarantine = async () => (await platform.intake.quarantine({ limit: 500 }, operator)).items

async function refusal(work: Promise<unknown>): Promise<TributaryError> {
  const error = await work.then(
    () => expect.fail('it was accepted'),
    (e: unknown) => e,
  )
  expect(error).toBeInstanceOf(TributaryError)
  return error as TributaryError
}

/** Both languages say it, each with the places that matter, and no blank is left unfilled. */
function tells(text: Text, zh: readonly (string | RegExp)[], en: readonly (string | RegExp)[]): void {
  for (const [told, wanted] of [
    [text.zh, zh],
    [text.en, en],
  ] as const) {
    expect(told).not.toMatch(/\{\w+\}|undefined|\[object/)
    for (const w of wanted)
      expect(told).toMatch(w instanceof RegExp ? w : new RegExp(w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  }
  expect(text.zh).toMatch(/\p{Script=Han}/u)
  // Names of files and columns may be Chinese; the sentence is not.
  expect(text.en).not.toMatch(/[。；，请]/)
}

/** A project folder with its own files; run as `tributary run` does. */
async function project(yaml: string, files: Record<string, string | Uint8Array>) {
  for (const [name, content] of Object.entries(files)) put(name, content)
  const file = join(dir, 'tributary.yaml')
  writeFileSync(file, yaml)
  await platform.applyConfig(loadConfig(file), { file, variables: { dir } })
  return platform.run({}, quiet)
}

const good = (from: number, count: number): string =>
  [
    '客户编号,姓名,手机',
    ...Array.from(
      { length: count },
      (_, i) => `C${from + i},张${from + i},1380000${String(from + i).padStart(4, '0')}`,
    ),
  ].join('\n') + '\n'

describe('files that hold nothing, or something else', () => {
  it('an empty file is refused with its name', async () => {
    const error = await refusal(look(put('leer.csv', '')))
    expect(error.code).toBe('file_empty')
    tells(error.text, ['leer.csv', '请重新导出'], ['leer.csv', 'Export it again'])
  })

  it('a file with nothing but a header is taken as 0 rows, and that is said', async () => {
    const path = put('kopf.csv', '客户编号,姓名,手机\n')
    const { inspection } = await look(path)
    const warning = inspection.warnings.find((w) => w.code === 'no_rows')
    tells(warning!.text, ['没有数据行'], ['no data rows'])
    const { batch } = await take(path, 'customer')
    expect(batch).toMatchObject({ rowsRead: 0, stored: 0, quarantined: 0 })
  })

  it('a workbook named .csv is read by its content, with a word about the name', async () => {
    const book = await writeXlsx({
      sheets: [
        {
          name: 'S',
          rows: [
            ['客户编号', '姓名', '手机'],
            ['C1', '张三', '13800000001'],
          ],
        },
      ],
    })
    const { inspection, batch } = await take(put('kunden.csv', book), 'customer')
    expect(inspection.plan.format).toBe('xlsx')
    tells(
      inspection.warnings.find((w) => w.code === 'wrong_extension')!.text,
      ['kunden.csv', 'XLSX'],
      ['kunden.csv', 'XLSX'],
    )
    expect(batch).toMatchObject({ rowsRead: 1, stored: 1 })
  })

  it('a CSV named .xlsx too', async () => {
    const { inspection, batch } = await take(put('kunden.xlsx', good(1, 3)), 'customer')
    expect(inspection.plan.format).toBe('csv')
    tells(
      inspection.warnings.find((w) => w.code === 'wrong_extension')!.text,
      ['kunden.xlsx', 'CSV'],
      ['kunden.xlsx', 'CSV'],
    )
    expect(batch).toMatchObject({ rowsRead: 3, stored: 3 })
  })

  it('a web page named .xls is refused and told what it is', async () => {
    const error = await refusal(
      look(put('bericht.xls', '<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table></body></html>')),
    )
    expect(error.code).toBe('wrong_extension')
    tells(error.text, ['bericht.xls', 'HTML', '请导出为'], ['bericht.xls', 'HTML', 'Export it as'])
  })
})

describe('rows that cannot be read', () => {
  it('lines of another encoding inside a UTF-8 file: only these rows are held', async () => {
    const lines = good(1, 200).trimEnd().split('\n')
    const bytes = Buffer.concat(
      // Three rows of a second system, appended to the file in its own encoding.
      lines.map((line, i) =>
        Buffer.concat([
          [50, 90, 150].includes(i) ? iconv.encode(line.replace('张', '錢镕'), 'gb18030') : Buffer.from(line),
          Buffer.from('\n'),
        ]),
      ),
    )
    const { inspection, batch } = await take(put('gemischt.csv', bytes), 'customer')
    const warning = inspection.warnings.find((w) => w.code === 'mixed_encoding')
    expect(batch.rowsRead).toBe(200)
    const held = await quarantine()
    expect(batch.stored + batch.quarantined).toBe(200)
    // Whatever could be decoded without doubt is stored right; the others are held, and nothing else is.
    expect(held.every((q) => [50, 90, 150].includes(q.row))).toBe(true)
    expect(await rows(sql`select count(*) as n from customer where name like '%�%'`)).toEqual([{ n: 0 }])
    expect(batch.stored).toBe(197)
    tells(warning!.text, ['3 行', '隔离区', '请'], ['3 of the lines', 'quarantine', 'save the whole file as UTF-8'])
    for (const q of held) tells(q.message, [/第 \d+ 行/, '编码'], [/Line \d+/, 'encoding'])
  })

  it('an unterminated quote in row 3 of 100,000: only the broken row is lost to quarantine', async () => {
    const lines = good(1, 100_000).trimEnd().split('\n')
    lines[3] = 'C3,"张3,13800000003'
    const { batch } = await take(put('anfuehrung.csv', lines.join('\n') + '\n'), 'customer')
    expect(batch).toMatchObject({ rowsRead: 100_000, stored: 99_999, quarantined: 1 })
    const [held] = await quarantine()
    expect(held).toMatchObject({ row: 3, rule: 'read', raw: 'C3,"张3,13800000003' })
    tells(held!.message, ['第 4 行', '引号', '请'], ['line 4', 'quote', 'Close it'])
  })

  it('one line of 10 MB is held without being kept in memory', async () => {
    const path = join(dir, 'in', 'lang.csv')
    mkdirSync(dirname(path), { recursive: true })
    const out = createWriteStream(path)
    out.write('客户编号,姓名,手机\nC1,张1,13800000001\nC2,')
    for (let i = 0; i < 10; i++) out.write('x'.repeat(mib))
    out.end(',13800000002\nC3,张3,13800000003\n')
    await once(out, 'close')
    const before = process.memoryUsage()
    const { batch } = await take(path, 'customer')
    const after = process.memoryUsage()
    expect(batch).toMatchObject({ rowsRead: 3, stored: 2, quarantined: 1 })
    const [held] = await quarantine()
    expect(held!.raw.length).toBeLessThanOrEqual(10_000)
    expect(after.heapUsed - before.heapUsed).toBeLessThan(100 * mib)
    tells(held!.message, ['第 3 行', /1048\d{4}/, '请'], ['Line 3', /1048\d{4}/, /Check|Shorten/])
  })
})

// The parts of the smallest workbook that a spreadsheet program opens.
const bookTypes =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
const rootRels =
  '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
const bookXml =
  '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
const bookRels =
  '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'

describe('workbooks', () => {
  it('a zip bomb is refused before it is inflated', async () => {
    const sheet = new Uint8Array(300 * mib)
    sheet.fill(0x20)
    sheet.set(strToU8('<worksheet><sheetData>'))
    const bomb = zipSync({
      '[Content_Types].xml': strToU8(bookTypes),
      'xl/workbook.xml': strToU8(bookXml),
      'xl/_rels/workbook.xml.rels': strToU8(bookRels),
      'xl/worksheets/sheet1.xml': [sheet, { level: 9 }],
    })
    expect(bomb.length).toBeLessThan(mib)
    const error = await refusal(take(put('bombe.xlsx', bomb), 'customer'))
    expect(error.code).toBe('archive_bomb')
    tells(error.text, ['bombe.xlsx', '请拆分'], ['bombe.xlsx', 'Split it'])
  })

  it('formula cells give their stored result; one that was never calculated is empty, and that is said', async () => {
    const cell = (ref: string, inner: string, type = ''): string => `<c r="${ref}"${type}>${inner}</c>`
    const text = (ref: string, value: string): string => cell(ref, `<is><t>${value}</t></is>`, ' t="inlineStr"')
    const book = zipSync({
      '[Content_Types].xml': strToU8(bookTypes),
      '_rels/.rels': strToU8(rootRels),
      'xl/workbook.xml': strToU8(bookXml),
      'xl/_rels/workbook.xml.rels': strToU8(bookRels),
      'xl/worksheets/sheet1.xml': strToU8(
        `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` +
          `<row r="1">${text('A1', '客户编号')}${text('B1', '姓名')}${text('C1', '累计消费')}</row>` +
          `<row r="2">${text('A2', 'C1')}${text('B2', '张三')}${cell('C2', '<f>1+2</f><v>3</v>')}</row>` +
          `<row r="3">${text('A3', 'C2')}${text('B3', '李四')}${cell('C3', '<f>1+2</f>')}</row>` +
          `<row r="4">${text('A4', 'C3')}${text('B4', '王五')}${cell('C4', '<v>7.5</v>')}</row></sheetData></worksheet>`,
      ),
    })
    const { inspection, batch } = await take(put('formel.xlsx', book), 'customer')
    tells(
      inspection.warnings.find((w) => w.code === 'formula_cells')!.text,
      ['2 个公式单元格', '1 个从未计算', '请在 Excel 中打开并保存'],
      ['2 formula cells', '1 were never calculated', 'open and save the file in Excel'],
    )
    expect(batch).toMatchObject({ rowsRead: 3, stored: 3, quarantined: 0 })
    expect(await rows(sql`select customer_id, total_spent from customer order by customer_id`)).toEqual([
      { customer_id: 'C1', total_spent: 3 },
      { customer_id: 'C2', total_spent: null },
      { customer_id: 'C3', total_spent: 7.5 },
    ])
  })
})

describe('columns', () => {
  it('duplicate headers get names of their own, and all their cells are kept', async () => {
    const { inspection, batch } = await take(
      put('doppelt.csv', '客户编号,备注,备注,手机\nC1,a,b,13800000001\nC2,c,d,13800000002\n'),
      'customer',
    )
    expect(inspection.plan.columns).toEqual(['客户编号', '备注', '备注_2', '手机'])
    tells(inspection.warnings.find((w) => w.code === 'duplicate_headers')!.text, ['备注 → 备注_2'], ['备注 → 备注_2'])
    expect(batch).toMatchObject({ rowsRead: 2, stored: 2 })
    expect((await platform.intake.rowLineage('customer', batch.batch, 1, operator)).raw).toContain('a,b')
  })

  it('2,000 columns are read; the mapped ones are stored', async () => {
    const names = Array.from({ length: 2000 }, (_, i) => (i === 0 ? '客户编号' : i === 1999 ? '手机' : `f${i}`))
    const line = (k: number): string =>
      names.map((_, i) => (i === 0 ? `C${k}` : i === 1999 ? `1380000${String(k).padStart(4, '0')}` : `${i}`)).join(',')
    const { inspection, batch } = await take(
      put('breit.csv', [names.join(','), ...Array.from({ length: 50 }, (_, k) => line(k + 1))].join('\n') + '\n'),
      'customer',
    )
    expect(inspection.plan.columns).toHaveLength(2000)
    expect(batch).toMatchObject({ rowsRead: 50, stored: 50 })
    expect(await rows(sql`select phone from customer where customer_id = 'C7'`)).toEqual([{ phone: '+8613800000007' }])
  })

  it('more columns than the limit is refused with the number', async () => {
    const names = Array.from({ length: 5000 }, (_, i) => `f${i}`)
    const error = await refusal(take(put('zubreit.csv', `${names.join(',')}\n${names.join(',')}\n`), 'customer'))
    expect(error.code).toBe('too_many_columns')
    tells(error.text, ['zubreit.csv', '5000', '请'], ['zubreit.csv', '5000', 'Export only'])
  })

  it('dates in five styles in one column are all read right', async () => {
    const days = ['2024-05-31', '2024/5/31', '2024年5月31日', '31.05.2024', '20240531']
    const { batch } = await take(
      put('daten.csv', `订单号,客户编号,下单时间,金额\n${days.map((d, i) => `O${i},C1,${d},10`).join('\n')}\n`),
      'order',
    )
    expect(batch).toMatchObject({ rowsRead: 5, stored: 5, quarantined: 0 })
    const stored = await rows(sql`select distinct cast(ordered_at as varchar) as at from "order"`)
    // Midnight in Shanghai, kept in UTC.
    expect(stored).toEqual([{ at: '2024-05-30 16:00:00' }])
  })

  it('a column whose day and month cannot be told apart is warned about; one that is no date is held', async () => {
    const days = [...Array.from({ length: 30 }, (_, i) => `0${(i % 9) + 1}/0${(i % 5) + 1}/2024`), '31/31/2024']
    const { inspection, batch } = await take(
      put('offen.csv', `订单号,客户编号,下单时间,金额\n${days.map((d, i) => `O${i + 1},C1,${d},10`).join('\n')}\n`),
      'order',
    )
    tells(inspection.warnings.find((w) => w.code === 'ambiguous_date')!.text, ['下单时间'], ['下单时间'])
    expect(batch).toMatchObject({ rowsRead: 31, stored: 30, quarantined: 1 })
    const [held] = await quarantine()
    expect(held).toMatchObject({ row: 31, value: '31/31/2024' })
    tells(held!.message, ['日期', '请写成'], ['date', 'Write 2024-05-31'])
  })
})

describe('what goes out', () => {
  it('cells that a spreadsheet would run leave as text, numbers stay numbers', async () => {
    await take(
      put('cmd.csv', `客户编号,姓名,手机\nC1,"=cmd('/C calc')",13800000001\nC2,@SUM(1),13800000002\n`),
      'customer',
    )
    await take(put('kauf.csv', '订单号,客户编号,下单时间,金额,类型\nO1,C1,2024-05-01,120.5,sale\n'), 'order')
    await platform.flow()
    const file = async (format: string): Promise<Buffer> => {
      const chunks: Uint8Array[] = []
      for await (const chunk of await platform.export(
        { what: 'customers', format, encoding: 'utf-8', locale: 'en' },
        operator,
      ))
        chunks.push(chunk)
      return Buffer.concat(chunks)
    }
    const text = (await file('csv')).toString('utf8')
    expect(text).toContain(`,'=cmd('/C calc'),`)
    expect(text).toContain(`,'@SUM(1),`)
    expect(text).toMatch(/,1,120\.5,/)
    const sheet = (await readXlsx(await file('xlsx'))).sheets[0]!
    const cells = sheet.rows.flat()
    expect(cells).toContain(`'=cmd('/C calc')`)
    expect(cells).toContain(120.5)
    expect(cells.every((c) => !(typeof c === 'object' && c !== null && 'formula' in c))).toBe(true)
  })
})

describe('a project that is not right', () => {
  it('unknown keys: the line, the known keys, exit code 2', async () => {
    writeFileSync(
      join(dir, 'tributary.yaml'),
      'zone: Asia/Shanghai\nsources:\n  shop:\n    path: ./x.csv\n    as: order\n    mapp: {}\n',
    )
    for (const [lang, words] of [
      ['en', ['tributary.yaml', 'line 6', 'sources.shop.mapp', 'Known keys', 'map']],
      ['zh', ['tributary.yaml', '第 6 行', 'sources.shop.mapp', '可用的键', 'map']],
    ] as const) {
      const ended = await tributary('--lang', lang, '--home', join(dir, 'cli'), 'run', dir, '--json')
      expect(ended.code, ended.stderr).toBe(2)
      for (const word of words) expect(ended.stderr).toContain(word)
      expect(ended.json).toMatchObject({ error: { code: 'config_invalid' } })
    }
  })

  it('a path that does not exist: the other sources run, the result and the health name it', async () => {
    const summary = await project(
      `sources:
  fehlt: { path: '${'${dir}'}/in/nirgends.csv', as: customer }
  crm: { path: '${'${dir}'}/in/crm/*.csv', as: customer }
`,
      { 'crm/a.csv': good(1, 5) },
    )
    expect(summary).toMatchObject({ rows_stored: 5, files_taken: 1 })
    expect(summary.problems).toMatchObject([{ source: 'fehlt', code: 'file_not_found' }])
    tells(summary.problems[0]!.text, ['nirgends.csv', '请检查'], ['nirgends.csv', 'Check'])
    const sources = await platform.intake.sources()
    expect(sources.find((s) => s.id === 'fehlt')).toMatchObject({ status: 'error' })
    tells(sources.find((s) => s.id === 'fehlt')!.health, ['nirgends.csv'], ['nirgends.csv'])
    expect(sources.find((s) => s.id === 'crm')).toMatchObject({ status: 'ok' })
    await balanced()
  })

  it('the command line tells the bad file and goes on; a source that gave nothing makes exit code 3', async () => {
    put('crm/a.csv', good(1, 5))
    put('crm/b.csv', '')
    const yaml = "sources:\n  crm: { path: '${dir}/in/crm', as: customer }\n"
    writeFileSync(join(dir, 'tributary.yaml'), yaml)
    const run = () => tributary('--home', join(dir, 'cli'), 'run', dir, '--json')
    const one = await run()
    expect(one.code, one.stderr).toBe(0)
    expect(one.json).toMatchObject({ rows_stored: 5, problems: [{ source: 'crm', file: 'b.csv', code: 'file_empty' }] })
    expect(one.stderr).toContain('b.csv')
    writeFileSync(join(dir, 'tributary.yaml'), `${yaml}  gone: { path: '\${dir}/in/gone.csv', as: customer }\n`)
    const two = await run()
    expect(two.code, two.stderr).toBe(3)
    expect(two.json).toMatchObject({
      rows_stored: 5,
      problems: [{ source: 'crm' }, { source: 'gone', code: 'file_not_found' }],
    })
    expect(two.stderr).toContain('gone.csv')
  })

  it('a mapping that names a column which is not there: the column and the columns of the file', async () => {
    const summary = await project(
      `sources:
  crm: { path: '${'${dir}'}/in/crm.csv', as: customer, map: { customer_id: 客户编号, email: 电子信箱 } }
  shop: { path: '${'${dir}'}/in/shop.csv', as: customer }
`,
      { 'crm.csv': good(1, 5), 'shop.csv': good(11, 4) },
    )
    expect(summary).toMatchObject({ rows_stored: 4 })
    expect(summary.problems).toMatchObject([{ source: 'crm', file: 'crm.csv', code: 'unknown_column' }])
    tells(
      summary.problems[0]!.text,
      ['crm.csv', '电子信箱', '客户编号, 姓名, 手机', '请修改'],
      ['crm.csv', '电子信箱', '客户编号, 姓名, 手机', 'Change the mapping'],
    )
    const crm = (await platform.intake.sources()).find((s) => s.id === 'crm')!
    expect(crm.status).toBe('error')
    await balanced()
    // Mended, the very same file comes in.
    const again = await project(
      `sources:
  crm: { path: '${'${dir}'}/in/crm.csv', as: customer, map: { customer_id: 客户编号, phone: 手机 } }
`,
      {},
    )
    expect(again).toMatchObject({ rows_stored: 9, problems: [] })
    expect((await platform.intake.sources()).find((s) => s.id === 'crm')).toMatchObject({ status: 'ok' })
  })

  it('one bad file among good ones: the good ones are stored, the bad one is named until it is mended', async () => {
    const yaml = `sources:
  crm: { path: '${'${dir}'}/in/crm', as: customer }
`
    const files = {
      'crm/a.csv': good(1, 5),
      'crm/b.csv': '',
      'crm/c.xlsx': 'PK\u0003\u0004 nothing',
      'crm/d.csv': good(11, 5),
      'crm/e.zip': 'PK\u0003\u0004 torn',
    }
    const summary = await project(yaml, files)
    expect(summary).toMatchObject({ rows_stored: 10, files_taken: 2 })
    expect(summary.problems.map((p) => [p.source, p.file])).toEqual([
      ['crm', 'b.csv'],
      ['crm', 'c.xlsx'],
      ['crm', 'e.zip'],
    ])
    tells(summary.problems[0]!.text, ['b.csv', '空'], ['b.csv', 'empty'])
    tells(summary.problems[1]!.text, ['c.xlsx'], ['c.xlsx'])
    tells(summary.problems[2]!.text, ['e.zip', '请重新下载'], ['e.zip', 'Download or pack it again'])
    const health = async () => (await platform.intake.sources()).find((s) => s.id === 'crm')!
    expect(await health()).toMatchObject({ status: 'error' })
    tells((await health()).health, ['3 个文件', 'b.csv'], ['3 files', 'b.csv'])
    // Looking again with nothing new keeps the bad ones in view.
    expect((await platform.run({}, quiet)).problems).toHaveLength(3)
    put('crm/b.csv', good(21, 2))
    put('crm/e.zip', zipSync({ 'e.csv': strToU8(good(41, 2)) }))
    put(
      'crm/c.xlsx',
      await writeXlsx({
        sheets: [
          {
            name: 'S',
            rows: [
              ['客户编号', '姓名', '手机'],
              ['C31', '张三', '13800000031'],
            ],
          },
        ],
      }),
    )
    expect(await platform.run({}, quiet)).toMatchObject({ rows_stored: 15, problems: [] })
    expect(await health()).toMatchObject({ status: 'ok' })
    await balanced()
  })
})
