import { readXlsx } from 'hucre/xlsx'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { csv, type FileColumn } from './csv.ts'
import { escapeFormula } from './formula.ts'
import { xlsx } from './xlsx.ts'

const columns: FileColumn[] = [
  { name: 'id', text: { zh: '编号', en: 'Id' }, type: 'text' },
  { name: 'phone', text: { zh: '手机', en: 'Phone' }, type: 'text' },
  { name: 'amount', text: { zh: '金额', en: 'Amount' }, type: 'money' },
  { name: 'share', text: { zh: '占比', en: 'Share' }, type: 'percent' },
  { name: 'day', text: { zh: '日期', en: 'Day' }, type: 'date' },
  {
    name: 'level',
    text: { zh: '等级', en: 'Level' },
    type: 'text',
    values: { high_value: { zh: '高价值', en: 'High value' } },
  },
]
const rows = [
  { id: '007', phone: '13800000001', amount: -12.5, share: 0.125, day: '2024-05-01', level: 'high_value' },
  { id: '=cmd()', phone: '＝1+1', amount: 3, share: null, day: null, level: '张三, "李四"\n王五𠮷' },
]

async function bytes(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

describe('files people open in a spreadsheet', () => {
  it('writes CSV with numbers as numbers and formulas made harmless', async () => {
    const text = (await bytes(csv(columns, rows, { locale: 'zh', encoding: 'utf-8-bom' }))).toString('utf8')
    expect(text).toBe(
      '\ufeff编号,手机,金额,占比,日期,等级\r\n007,13800000001,-12.5,0.125,2024-05-01,高价值\r\n' +
        `'=cmd(),'＝1+1,3,,,"张三, ""李四""\n王五𠮷"\r\n`,
    )
  })

  it('writes GB18030 that reads back the same, rare characters included', async () => {
    const gb = await bytes(csv(columns, rows, { locale: 'en', encoding: 'gb18030' }))
    const utf = await bytes(csv(columns, rows, { locale: 'en', encoding: 'utf-8' }))
    expect(iconv.decode(gb, 'gb18030')).toBe(utf.toString('utf8'))
  })

  it('escapes every way into a formula and nothing else', () => {
    for (const bad of ['=1', '+1', '-1', '@a', '\t=1', '\rx', '＝1', '＋1', '－1', '＠a', ' =1', '\u3000=1'])
      expect(escapeFormula(bad)).toBe(`'${bad}`)
    for (const fine of ['', '1', 'a=b', '张三', '2024-05-01', "'x"]) expect(escapeFormula(fine)).toBe(fine)
  })

  it('writes XLSX that reads back with the right types', async () => {
    const book = await readXlsx(
      await xlsx(
        [
          { name: '等级/分布', notes: ['标题', '说明'], columns, rows },
          { name: '等级:分布', columns, rows: [] },
        ],
        'zh',
      ),
    )
    expect(book.sheets.map((s) => s.name)).toEqual(['等级 分布', '等级 分布 2'])
    const [first] = book.sheets
    expect(first!.rows[0]![0]).toBe('标题')
    expect(first!.rows[3]).toEqual(['编号', '手机', '金额', '占比', '日期', '等级'])
    expect(first!.rows[4]!.slice(0, 4)).toEqual(['007', '13800000001', -12.5, 0.125])
    expect(new Date(first!.rows[4]![4] as Date).toISOString().slice(0, 10)).toBe('2024-05-01')
    expect(first!.rows[4]![5]).toBe('高价值')
    expect(first!.rows[5]!.slice(0, 3)).toEqual(["'=cmd()", "'＝1+1", 3])
    expect(first!.rows[5]![5]).toBe('张三, "李四"\n王五𠮷')
  })
})
