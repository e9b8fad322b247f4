import { zipSync, strToU8 } from 'fflate'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { createFileReader } from '../file-reader.ts'
import { testFolder } from '../../folder.testing.ts'

const folder = await testFolder()
const reader = createFileReader({ scratch: folder.work })
let n = 0
async function read(bytes: Uint8Array, choice = {}, name = `x${++n}.xlsx`) {
  const path = await folder.write(name, bytes)
  const inspection = await reader.inspect(path, choice)
  const prepared = await reader.prepare(path, inspection.plan, folder.work)
  return { path, inspection, plan: inspection.plan, prepared, rows: await folder.engineRows(prepared) }
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook by hand, so that each odd cell is as Excel would store it. */
function workbook(
  sheets: Record<string, string>,
  options: { hidden?: string; strings?: string; formats?: string[]; level?: 0 | 6 } = {},
): Uint8Array {
  const names = Object.keys(sheets)
  const formats = options.formats ?? []
  return zipSync(
    Object.fromEntries(
      Object.entries({
        '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
        'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${rel}"><sheets>${names.map((s, i) => `<sheet name="${s}" sheetId="${i + 1}"${options.hidden === s ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': `<Relationships>${names.map((_s, i) => `<Relationship Id="rId${i + 1}" Type="${rel}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
        'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts>${formats.map((f, i) => `<numFmt numFmtId="${164 + i}" formatCode="${f}"/>`).join('')}</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/>${formats.map((_f, i) => `<xf numFmtId="${164 + i}"/>`).join('')}</cellXfs></styleSheet>`,
        'xl/sharedStrings.xml': `<sst xmlns="${main}">${options.strings ?? ''}</sst>`,
        ...Object.fromEntries(
          names.map((s, i) => [
            `xl/worksheets/sheet${i + 1}.xml`,
            `<worksheet xmlns="${main}"><sheetData>${sheets[s]}</sheetData></worksheet>`,
          ]),
        ),
      }).map(([k, v]) => [k, strToU8(v)]),
    ),
    { level: options.level ?? 6 },
  )
}
const t = (ref: string, text: string): string => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`
const row = (r: number, ...cells: string[]): string => `<row r="${r}">${cells.join('')}</row>`

describe('XLSX', () => {
  it('reads what another writer wrote', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'Customers',
          rows: [
            ['id', 'name', 'since'],
            [1, '张伟', new Date(Date.UTC(2024, 4, 1))],
            [2, 'O"Hara, Bob', new Date(Date.UTC(2024, 4, 2, 8, 30))],
          ],
        },
      ],
    })
    const { plan, rows } = await read(bytes)
    expect(plan).toMatchObject({
      format: 'xlsx',
      sheet: 'Customers',
      skipLines: 0,
      header: true,
      columns: ['id', 'name', 'since'],
    })
    expect(rows).toEqual([
      ['1', '1', '张伟', '2024-05-01'],
      ['2', '2', 'O"Hara, Bob', '2024-05-02 08:30:00'],
    ])
  })

  it('reads numbers, dates, booleans, formulas and errors as people see them', async () => {
    const { rows, prepared, inspection } = await read(
      workbook(
        {
          S: [
            row(
              1,
              t('A1', 'phone'),
              t('B1', 'price'),
              t('C1', 'day'),
              t('D1', 'at'),
              t('E1', 'sum'),
              t('F1', 'zip'),
              t('G1', 'ok'),
              t('H1', 'code'),
            ),
            row(
              2,
              '<c r="A2"><v>1.3812345678E10</v></c>',
              '<c r="B2"><v>0.30000000000000004</v></c>',
              '<c r="C2" s="1"><v>45413</v></c>',
              '<c r="D2" s="2"><v>45413.354166666664</v></c>',
              '<c r="E2"><f>B2*2</f><v>0.6</v></c>',
              '<c r="F2" s="3"><v>501</v></c>',
              '<c r="G2" t="b"><v>1</v></c>',
              t('H2', '007'),
            ),
            row(
              3,
              '<c r="A3"><v>13912345678</v></c>',
              '<c r="B3" t="e"><v>#REF!</v></c>',
              '<c r="C3" s="1"><v>1</v></c>',
              '<c r="D3"/>',
              '<c r="E3"><f>A1</f></c>',
              '<c r="F3" s="3"><v>10001</v></c>',
              '<c r="G3" t="b"><v>0</v></c>',
              t('H3', 'a_x000D_b'),
            ),
          ].join(''),
        },
        { formats: ['00000'] },
      ),
    )
    expect(rows).toEqual([
      ['1', '13812345678', '0.3', '2024-05-01', '2024-05-01 08:30:00', '0.6', '00501', 'true', '007'],
      ['2', '13912345678', null, '1900-01-01', null, null, '10001', 'false', 'a\rb'],
    ])
    expect(inspection.columns[0]!.type).toBe('phone')
    expect(prepared.warnings?.map((w) => w.code)).toEqual(['formula_cells', 'error_cells'])
    expect(inspection.warnings.find((w) => w.code === 'error_cells')!.text.en).toContain('B3 #REF!')
    expect(inspection.warnings.find((w) => w.code === 'formula_cells')!.text.en).toMatch(
      /^2 formula cells.*1 were never calculated/,
    )
  })

  it('finds the header below merged titles and skips blank rows', async () => {
    const { plan, rows, path } = await read(
      workbook({
        S:
          row(1, t('A1', '2024 客户表')) +
          row(2, t('A2', '制表：王芳')) +
          row(4, t('A4', '编号'), t('B4', '姓名'), t('C4', '城市')) +
          row(5, '<c r="A5"><v>1</v></c>', t('B5', '张伟'), t('C5', '广州')) +
          row(6, '<c r="A6" s="0"/>') +
          row(8, '<c r="A8"><v>2</v></c>', t('C8', '深圳')),
      }),
    )
    expect(plan).toMatchObject({ skipLines: 2, header: true, columns: ['编号', '姓名', '城市'] })
    expect(rows).toEqual([
      ['1', '1', '张伟', '广州'],
      ['2', '2', null, '深圳'],
    ])
    expect(await reader.rawRow(path, plan, 2)).toBe('2,,深圳')
  })

  it('offers the sheets, names hidden ones and reads the chosen one', async () => {
    const bytes = workbook(
      {
        Notes: row(1, t('A1', 'read me')),
        Data: row(1, t('A1', 'id'), t('B1', 'n')) + row(2, '<c r="A2"><v>1</v></c>', '<c r="B2"><v>2</v></c>'),
        Old: row(1, t('A1', 'x')) + row(2, t('A2', 'y')),
      },
      { hidden: 'Old' },
    )
    const { plan, inspection } = await read(bytes)
    expect(plan.sheet).toBe('Data')
    expect(inspection.choices?.sheets).toEqual(['Notes', 'Data', 'Old'])
    expect(inspection.warnings.find((w) => w.code === 'hidden_sheets')!.text.en).toContain('Old')
    expect((await read(bytes, { sheet: 'Old' })).plan.columns).toEqual(['x'])
    await expect(read(bytes, { sheet: 'None' })).rejects.toMatchObject({ code: 'sheet_not_found' })
  })

  it('joins rich text and leaves phonetic guides out', async () => {
    const { rows } = await read(
      workbook(
        {
          S: row(1, t('A1', 'id'), t('B1', 'name')) + row(2, '<c r="A2"><v>1</v></c>', '<c r="B2" t="s"><v>0</v></c>'),
        },
        { strings: '<si><r><t>张</t></r><r><t>伟</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh></si>' },
      ),
    )
    expect(rows).toEqual([['1', '1', '张伟']])
  })

  it('is told by content when it is named .csv', async () => {
    const { plan, inspection } = await read(
      workbook({ S: row(1, t('A1', 'a'), t('B1', 'b')) + row(2, '<c><v>1</v></c>', '<c><v>2</v></c>') }),
      {},
      'data.csv',
    )
    expect(plan.format).toBe('xlsx')
    expect(inspection.warnings[0]).toMatchObject({ code: 'wrong_extension' })
  })

  it('refuses a bomb, by what comes out and by what is declared, in bounded memory', async () => {
    const filler = `<c t="inlineStr"><is><t>${'0'.repeat(1_000_000)}</t></is></c>`
    const bomb = workbook({ S: row(1, t('A1', 'a')) + row(2, ...Array.from({ length: 70 }, () => filler)) })
    expect(bomb.length).toBeLessThan(312 * 1024)
    const path = await folder.write('bomb.xlsx', bomb)
    const before = process.memoryUsage().rss
    await expect(reader.inspect(path)).rejects.toMatchObject({ code: 'archive_bomb' })
    // the same with a small declared size in the central directory and the local header
    const lying = Buffer.from(bomb)
    let patched = 0
    for (let at = 0; (at = lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2]), at)) >= 0; at += 4) {
      if (lying.toString('latin1', at + 46, at + 46 + lying.readUInt16LE(at + 28)) !== 'xl/worksheets/sheet1.xml')
        continue
      lying.writeUInt32LE(5000, at + 24)
      patched++
    }
    expect(patched).toBe(1)
    const liar = await folder.write('liar.xlsx', lying)
    await expect(reader.inspect(liar)).rejects.toMatchObject({ code: 'archive_bomb' })
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024)
  })

  it('refuses too many cells and other office files', async () => {
    const small = createFileReader({ scratch: folder.work, limits: { workbookCells: 100 } })
    const path = await folder.write(
      'many.xlsx',
      workbook({ S: Array.from({ length: 60 }, (_u, i) => row(i + 1, '<c><v>1</v></c>', '<c><v>2</v></c>')).join('') }),
    )
    await expect(small.inspect(path)).rejects.toMatchObject({ code: 'archive_bomb', params: { what: 'cells' } })
    const word = await folder.write(
      'letter.xlsx',
      zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8('<x/>') }),
    )
    await expect(reader.inspect(word)).rejects.toMatchObject({
      code: 'wrong_extension',
      params: { kind: 'a Word document' },
    })
  })
})
