import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { createFileReader } from '../file-reader.ts'
import { testFolder } from '../../folder.testing.ts'
import { detectEncoding } from './detect.ts'
import { repairMojibake } from './mojibake.ts'

const folder = await testFolder()
const reader = createFileReader({ scratch: folder.work })
let n = 0

const simplified =
  '客户编号,姓名,电话,城市,备注\n1,张伟,13812345678,广州市天河区,喜欢蓝色连衣裙\n2,王芳,13912345678,深圳市南山区,投诉物流太慢，要求退货\n3,李娜,13712345678,北京市朝阳区,会员等级是金卡\n'
const traditional =
  '客戶編號,姓名,電話,城市,備註\n1,張偉,0912345678,臺北市大安區,喜歡藍色洋裝\n2,王芳,0922345678,高雄市左營區,投訴物流太慢，要求退貨\n3,陳美麗,0933345678,新北市板橋區,會員等級是金卡\n'
const western =
  'id,name,city,note\n1,François,Orléans,très bien\n2,Jürgen Müller,Köln,“schön” – 5 €\n3,José,Málaga,señor\n'

async function read(content: Uint8Array) {
  const path = await folder.write(`e${++n}.csv`, content)
  const inspection = await reader.inspect(path)
  const prepared = await reader.prepare(path, inspection.plan, folder.work)
  return { path, inspection, plan: inspection.plan, prepared, rows: await folder.engineRows(prepared) }
}
const cells = (text: string): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((l) => l.split(','))

describe('encodings are told apart and read', () => {
  it.each([
    ['utf-8', simplified, (t: string) => Buffer.from(t)],
    ['utf-8', simplified, (t: string) => Buffer.from('\ufeff' + t)],
    ['utf-16le', simplified, (t: string) => Buffer.from('\ufeff' + t, 'utf16le')],
    ['utf-16le', western, (t: string) => Buffer.from(t, 'utf16le')],
    ['utf-16be', simplified, (t: string) => iconv.encode(t, 'utf-16be', { addBOM: true })],
    ['utf-16be', western, (t: string) => iconv.encode(t, 'utf-16be')],
    ['gb18030', simplified, (t: string) => iconv.encode(t, 'gbk')],
    ['gb18030', simplified.replace('张伟', '张𠮷㐂'), (t: string) => iconv.encode(t, 'gb18030')],
    ['big5', traditional, (t: string) => iconv.encode(t, 'big5')],
    ['windows-1252', western, (t: string) => iconv.encode(t, 'windows-1252')],
    ['windows-1252', western.repeat(3), (t: string) => iconv.encode(t, 'windows-1252')],
  ] as const)('%s (%#)', async (encoding, text, encode) => {
    const { plan, rows, prepared } = await read(encode(text))
    expect(plan.encoding).toBe(encoding)
    expect(prepared.bad).toEqual([])
    expect(rows).toEqual(cells(text))
  })

  it('does not take a single short Chinese line for western text', () => {
    expect(detectEncoding([iconv.encode('姓名\n张三\n', 'gbk')]).encoding).toBe('gb18030')
    expect(detectEncoding([iconv.encode('姓名,電話\n陳小明,0912\n', 'big5')]).encoding).toBe('big5')
  })

  it('says how sure it is, in both languages', () => {
    const { reason } = detectEncoding([iconv.encode(simplified, 'gbk')])
    expect(reason.en).toMatch(/^GB18030: 100 % decodes, \d+(\.\d)? % common characters$/)
    expect(reason.zh).toContain('GB18030')
  })

  it('sees trouble that begins in the middle of a large file', async () => {
    const padding = 'x'.repeat(40)
    const lines: Buffer[] = [Buffer.from('id,name\n')]
    for (let i = 0; i < 100_000; i++)
      lines.push(
        i > 50_000 ? iconv.encode(`${i},张伟的备注${padding}\n`, 'gbk') : Buffer.from(`${i},plain text${padding}\n`),
      )
    const { plan, prepared } = await read(Buffer.concat(lines))
    expect(plan.encoding).toBe('gb18030')
    expect(prepared).toMatchObject({ rows: 100_000, bad: [] })
  })

  it('quarantines what cannot be decoded in a GB18030 file', async () => {
    const content = Buffer.concat([
      iconv.encode(simplified, 'gbk'),
      Buffer.from('4,'),
      Buffer.from([0xff, 0xff]),
      iconv.encode(',1,城市,备注\n5,赵六,2,上海,好\n', 'gbk'),
    ])
    const { prepared } = await read(content)
    expect(prepared.bad.map((b) => [b.row, b.code])).toEqual([[4, 'invalid_encoding']])
    expect(prepared.rows).toBe(4)
  })

  it('quarantines UTF-8 lines inside a GB18030 file and shows them rightly', async () => {
    const content = Buffer.concat([
      iconv.encode(simplified.repeat(3), 'gbk'),
      Buffer.from('9,赵六,13612345678,上海市,好评\n'),
    ])
    const { prepared, plan } = await read(content)
    expect(plan.encoding).toBe('gb18030')
    expect(prepared.bad.map((b) => b.code)).toEqual(['invalid_encoding'])
    expect(prepared.bad[0]!.raw).toContain('赵六')
  })
})

describe('text that was decoded wrongly once', () => {
  const asLatin = (t: string): string =>
    [...Buffer.from(t)].map((b) => iconv.decode(Buffer.from([b]), 'windows-1252')).join('')
  const asGbk = (t: string): string => iconv.decode(Buffer.from(t), 'gb18030')

  it.each([
    ['utf8_as_latin1', 'id,name\n1,François\n2,Müller\n3,José\n', asLatin],
    ['utf8_as_gbk', 'id,name\n1,客户\n2,广州\n3,订单金额\n', asGbk],
  ] as const)('%s is found and can be undone', async (repair, text, spoil) => {
    const spoiled = text
      .split(/(?<=[\n,])/)
      .map((p) => (/\P{ASCII}/u.test(p) ? spoil(p.trimEnd()) + p.slice(p.trimEnd().length) : p))
      .join('')
    const { path, inspection } = await read(Buffer.from(spoiled))
    expect(inspection.warnings.map((w) => w.code)).toContain('mojibake')
    expect(inspection.choices?.repair).toEqual([repair])
    const again = await reader.inspect(path, { repair })
    const prepared = await reader.prepare(path, again.plan, folder.work)
    expect(await folder.engineRows(prepared)).toEqual(cells(text))
  })

  it('leaves sound text alone', async () => {
    for (const text of [simplified, traditional, western]) {
      const { inspection } = await read(Buffer.from(text))
      expect(inspection.warnings.map((w) => w.code)).not.toContain('mojibake')
    }
    expect(repairMojibake('Café 张伟', 'utf8_as_latin1')).toBe('Café 张伟')
  })
})
