import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createFileReader } from '../file-reader.ts'
import { testFolder } from '../../folder.testing.ts'

const folder = await testFolder()
const reader = createFileReader({ scratch: folder.work })
let n = 0
async function read(content: string | Uint8Array, name = `f${++n}.csv`) {
  const path = await folder.write(name, content)
  const inspection = await reader.inspect(path)
  const prepared = await reader.prepare(path, inspection.plan, folder.work)
  return { path, inspection, plan: inspection.plan, prepared, rows: await folder.engineRows(prepared) }
}

describe('a sound CSV', () => {
  it('is used as it is, without a copy', async () => {
    const { path, prepared, rows } = await read('id,name\n1,Ann\n2,"O""Hara, Bob"\n3,"two\nlines"\n')
    expect(prepared).toMatchObject({ path, rows: 3, bad: [], skipLines: 1, delimiter: ',' })
    expect(rows).toEqual([
      ['1', 'Ann'],
      ['2', 'O"Hara, Bob'],
      ['3', 'two\nlines'],
    ])
  })

  it.each([
    [',', 'comma'],
    [';', 'semicolon'],
    ['\t', 'tab'],
    ['|', 'bar'],
  ])('tells the delimiter %j', async (d) => {
    const { plan, rows } = await read(
      ['id', 'amount', 'note'].join(d) +
        `\n1${d}1,5${d}a\n2${d}2,5${d}b\n`
          .replaceAll(d === ',' ? '1,5' : '\0', '1.5')
          .replaceAll(d === ',' ? '2,5' : '\0', '2.5'),
    )
    expect(plan.delimiter).toBe(d)
    expect(rows).toHaveLength(2)
  })

  it.each(['\n', '\r\n', '\r'])('reads line ends %j', async (end) => {
    const { rows } = await read(['id,name', '1,a', '2,b', ''].join(end))
    expect(rows.map((r) => r.slice(-2))).toEqual([
      ['1', 'a'],
      ['2', 'b'],
    ])
  })

  it('reads mixed line ends, blank lines and a missing last line end', async () => {
    const { rows, prepared } = await read('id,name\r\n1,a\n\n2,b\r3,c\r\n\r\n4,d')
    expect(prepared.rows).toBe(4)
    expect(rows).toEqual([
      ['1', '1', 'a'],
      ['2', '2', 'b'],
      ['3', '3', 'c'],
      ['4', '4', 'd'],
    ])
  })

  it('does not count empty lines at the end as rows', async () => {
    const { prepared, rows } = await read('id,name\n1,a\n\n\n\n')
    expect(prepared.rows).toBe(1)
    expect(rows).toHaveLength(1)
  })

  it('skips title lines above the header and says so', async () => {
    const { plan, rows, inspection } = await read(
      'Sales report\nMay 2024\n\nid,amount,region\n1,2.5,North\n2,3.5,South\n',
    )
    expect(plan).toMatchObject({ skipLines: 2, header: true, columns: ['id', 'amount', 'region'] })
    expect(rows).toEqual([
      ['1', '1', '2.5', 'North'],
      ['2', '2', '3.5', 'South'],
    ])
    expect(inspection.reasons.map((r) => r.en).join()).toContain('2 title lines')
  })

  it('sees that a file has no header', async () => {
    const { plan, rows } = await read('1,2024-05-01,Ann\n2,2024-05-02,Bob\n3,2024-05-03,Cid\n')
    expect(plan).toMatchObject({ header: false, columns: ['column_1', 'column_2', 'column_3'] })
    expect(rows).toHaveLength(3)
  })

  it('reads a header without rows', async () => {
    const { plan, prepared } = await read('id,name,amount\n')
    expect(plan).toMatchObject({ header: true, columns: ['id', 'name', 'amount'] })
    expect(prepared.rows).toBe(0)
  })

  it('renames duplicate headers, case ignored, and names blank ones', async () => {
    const { plan, inspection } = await read('id,amount,Amount,,_row\n1,2,3,4,5\n')
    expect(plan.columns).toEqual(['id', 'amount', 'Amount_2', 'column_4', '_row_2'])
    expect(inspection.warnings.map((w) => w.code)).toEqual(
      expect.arrayContaining(['duplicate_headers', 'blank_headers']),
    )
  })

  it('reads 2,000 columns', async () => {
    const names = Array.from({ length: 2000 }, (_u, i) => `c${i}`)
    const { plan, rows } = await read(`${names.join(',')}\n${names.map((_c, i) => i).join(',')}\n`)
    expect(plan.columns).toHaveLength(2000)
    expect(rows[0]![1999]).toBe('1999')
  })

  it('keeps quotes in the middle of an unquoted field', async () => {
    const { rows, prepared } = await read('id,name\n1,5" disk\n2,"5"" disk"\n3,"5" disk"\n')
    expect(prepared.bad).toEqual([])
    expect(rows.map((r) => r.at(-1))).toEqual(['5" disk', '5" disk', '5" disk'])
  })

  it('drops NUL bytes and byte order marks inside the file', async () => {
    const { rows } = await read('id,name\n1,a\0b\n\ufeff"2",c\n')
    expect(rows).toEqual([
      ['1', '1', 'ab'],
      ['2', '2', 'c'],
    ])
  })

  it('reads a mark at the beginning also without a header', async () => {
    const { rows, plan } = await read('\ufeff1,a\n2,b\n')
    expect(plan.header).toBe(false)
    expect(rows).toEqual([
      ['1', 'a'],
      ['2', 'b'],
    ])
  })

  it.each([
    ['id,name\n1,a,\n2,b,\n', ['id', 'name', 'column_3'], 'ragged_header'],
    ['name,size\n1,a,5\n2,b,6\n', ['column_1', 'name', 'size'], 'ragged_header'],
    ['id,name,\n1,a\n2,b\n', ['id', 'name'], undefined],
    ['sep=;\nid;name\n1;a\n2;b\n', ['id', 'name'], undefined],
  ])('mends a header that does not fit its rows: %j', async (content, columns, warning) => {
    const { plan, prepared, rows, inspection } = await read(content)
    expect(plan.columns).toEqual(columns)
    expect(prepared).toMatchObject({ rows: 2, bad: [] })
    expect(rows).toHaveLength(2)
    if (warning) expect(inspection.warnings.map((w) => w.code)).toContain(warning)
  })

  it('reads one column of text', async () => {
    const { plan, rows } = await read('phone\n13812345678\n13912345678\n\n13712345678\n')
    expect(plan.columns).toEqual(['phone'])
    expect(rows).toEqual([
      ['1', '13812345678'],
      ['2', '13912345678'],
      ['3', '13712345678'],
    ])
  })

  it('reads columns that are aligned by blanks', async () => {
    const { plan, rows } = await read(
      ' 00001 19970101  1   11.77\n 00002 19970112  1   12.00\n 00002 19970112  5   77.00\n 00003 19970102 12    2.50\n',
      'old.txt',
    )
    expect(plan).toMatchObject({ delimiter: ' +', header: false })
    expect(rows[2]).toEqual(['00002', '19970112', '5', '77.00'])
  })
})

describe('a broken CSV loses only what is broken', () => {
  it('loses one row to an unterminated quote in row 3 of 100,000', async () => {
    const lines = ['id,name,amount']
    for (let i = 1; i <= 100_000; i++) lines.push(i === 3 ? '3,"Ann,7' : `${i},name ${i},${i * 2}`)
    const { prepared, rows, path, plan } = await read(lines.join('\n') + '\n')
    expect(prepared.rows).toBe(99_999)
    expect(prepared.bad).toEqual([
      { row: 3, line: 4, raw: '3,"Ann,7', rawBytes: 8, code: 'unterminated_quote', params: { line: 4 } },
    ])
    expect(rows).toHaveLength(99_999)
    expect(rows[2]).toEqual(['4', '4', 'name 4', '8'])
    expect(rows.at(-1)).toEqual(['100000', '100000', 'name 100000', '200000'])
    expect(await reader.rawRow(path, plan, 3)).toBe('3,"Ann,7')
    expect(await reader.rawRow(path, plan, 100_000)).toBe('100000,name 100000,200000')
    expect(await reader.rawRow(path, plan, 100_001)).toBeUndefined()
  })

  it('loses one row to it also where later rows are quoted', async () => {
    const lines = ['id,name,amount']
    for (let i = 1; i <= 20_000; i++) lines.push(i === 3 ? '3,"Ann,7' : `${i},"name, ${i}","",`.slice(0, -1))
    const { prepared } = await read(lines.join('\r\n') + '\r\n')
    expect(prepared.bad.map((b) => b.row)).toEqual([3])
    expect(prepared.rows).toBe(19_999)
  })

  it('loses one row when the quote never closes in a file larger than the window', async () => {
    const filler = 'x'.repeat(80)
    const lines = ['id,name,amount']
    for (let i = 1; i <= 100_000; i++) lines.push(i === 50_000 ? '50000,"Ann,7' : `${i},${filler},${i}`)
    const { prepared } = await read(lines.join('\n'))
    expect(prepared.bad.map((b) => [b.row, b.line, b.code])).toEqual([[50_000, 50_001, 'unterminated_quote']])
    expect(prepared.rows).toBe(99_999)
  })

  it('keeps long proper fields with line breaks', async () => {
    const text = Array.from({ length: 500 }, (_u, i) => `line ${i}, with comma`).join('\n')
    const { prepared, rows } = await read(`id,text\n1,"${text}"\n2,b\n`)
    expect(prepared.bad).toEqual([])
    expect(rows[0]![1]).toBe(text)
  })

  it('puts rows with too many and too few fields into quarantine with what was expected', async () => {
    const { prepared } = await read('a,b,c\n1,2,3\n1,2\n1,2,3,4\n4,5,6\n')
    expect(prepared.bad.map((b) => [b.row, b.code, b.params])).toEqual([
      [2, 'too_few_fields', { expected: 3, got: 2 }],
      [3, 'too_many_fields', { expected: 3, got: 4 }],
    ])
    expect(prepared.rows).toBe(2)
  })

  it('survives a single line of 10 MB', async () => {
    const { prepared, rows } = await read(`a,b\n1,2\n9,${'y'.repeat(10 * 1024 * 1024)}\n3,4\n`)
    expect(prepared.bad).toHaveLength(1)
    expect(prepared.bad[0]).toMatchObject({ row: 2, line: 3, code: 'line_too_long', rawBytes: 10 * 1024 * 1024 + 2 })
    expect(prepared.bad[0]!.raw).toHaveLength(10_000)
    expect(rows).toEqual([
      ['1', '1', '2'],
      ['3', '3', '4'],
    ])
  })

  it('takes a proper quoted field above the cap as one row', async () => {
    const big = Array.from({ length: 300_000 }, (_u, i) => `text ${i}`).join('\n')
    const { prepared } = await read(`a,b,c\n1,2,3\n9,"${big}",1\n3,4,5\n`)
    expect(prepared.bad.map((b) => [b.row, b.code])).toEqual([[2, 'line_too_long']])
    expect(prepared.rows).toBe(2)
  })

  it('quarantines the lines of another encoding, shown as best decoded', async () => {
    const gbk = Buffer.from([0xd5, 0xc5, 0xc8, 0xfd])
    const content = Buffer.concat([
      Buffer.from('id,name\n'),
      ...Array.from({ length: 50 }, (_u, i) =>
        i === 20 ? Buffer.concat([Buffer.from('21,'), gbk, Buffer.from('\n')]) : Buffer.from(`${i + 1},李四\n`),
      ),
    ])
    const { prepared, plan, inspection } = await read(content)
    expect(plan.encoding).toBe('mixed')
    expect(inspection.warnings.map((w) => w.code)).toContain('mixed_encoding')
    expect(prepared.rows).toBe(49)
    expect(prepared.bad).toMatchObject([{ row: 21, line: 22, raw: '21,张三', code: 'invalid_encoding' }])
  })

  it('refuses a plan under which most rows are unreadable', async () => {
    const small = createFileReader({ scratch: folder.work, limits: { badRows: 100 } })
    const path = await folder.write('wrong.csv', 'a,b\n' + '1,2,3\n'.repeat(500))
    await expect(
      small.prepare(path, { format: 'csv', delimiter: ',', columns: ['a', 'b'] }, folder.work),
    ).rejects.toMatchObject({ code: 'mostly_unreadable' })
  })

  it('never changes the file', async () => {
    const content = 'a,b\n1,"x\n2,3\n4,5,6\n'
    const { path } = await read(content)
    expect(await readFile(path, 'utf8')).toBe(content)
  })
})

describe('what is no table', () => {
  it.each([
    ['empty.csv', '', 'file_empty'],
    ['blank.csv', '\n\n  \n', 'file_empty'],
    ['page.xls', '<html><body><table><tr><td>1</td></tr></table></body></html>', 'wrong_extension'],
    ['doc.csv', '%PDF-1.7\n%âãÏÓ', 'wrong_extension'],
    ['old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), 'xls_legacy'],
    [
      'secret.xlsx',
      Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        Buffer.alloc(512),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
      'encrypted_xlsx',
    ],
  ])('%s is refused with a message in both languages', async (name, content, code) => {
    const path = await folder.write(name, content)
    const error = await reader.inspect(path).catch((e: unknown) => e)
    expect(error).toMatchObject({ code })
    const { text } = error as { text: { zh: string; en: string } }
    expect(text.zh).toContain(name)
    expect(text.en).toContain(name)
    expect(text.en).not.toMatch(/\{\w+\}/)
  })

  it('says so when the file is not there', async () => {
    await expect(reader.inspect(`${folder.root}/none.csv`)).rejects.toMatchObject({ code: 'file_not_found' })
  })

  it('reads a CSV that is named .xlsx, with a warning', async () => {
    const { plan, inspection } = await read('a,b\n1,2\n', 'named.xlsx')
    expect(plan.format).toBe('csv')
    expect(inspection.warnings.map((w) => w.code)).toContain('wrong_extension')
  })
})
