import { describe, expect, it } from 'vitest'
import { ambiguousFormats, dateFormatsOf } from './dates.ts'
import { inferColumns } from './columns.ts'
import { inferColumn } from './infer.ts'

describe('date formats are told by the value', () => {
  it.each([
    ['2024-05-01', ['%Y-%m-%d']],
    ['2024/5/1', ['%Y/%m/%d']],
    ['20240501', ['%Y%m%d']],
    ['31/05/2024', ['%d/%m/%Y']],
    ['05/31/2024', ['%m/%d/%Y']],
    ['01/05/2024', ['%m/%d/%Y', '%d/%m/%Y']],
    ['2024年5月1日', ['%Y年%m月%d日']],
    ['May 1, 2024', ['%b %d, %Y']],
    ['September 1, 2024', ['%B %d, %Y']],
    ['2024-05-01T08:30:00Z', ['%Y-%m-%dT%H:%M:%S%z']],
    ['2024-05-01T08:30:00.123+08:00', ['%Y-%m-%dT%H:%M:%S.%f%z']],
    ['2024-05-01 08:30:00', ['%Y-%m-%d %H:%M:%S']],
    ['12/1/10 8:26', ['%m/%d/%y %H:%M', '%d/%m/%y %H:%M']],
    ['1714521600', ['unix_s']],
    ['1714521600000', ['unix_ms']],
    ['2024-13-01', []],
    ['2024-05-01 25:00', []],
    ['hello', []],
    ['12345678', []],
  ])('%s', (value, formats) => {
    expect([...dateFormatsOf(value)].sort()).toEqual([...formats].sort())
  })

  it('decides day first by a day above 12, and asks when there is none', () => {
    expect(inferColumn('d', ['01/05/2024', '13/05/2024']).formats).toEqual(['%d/%m/%Y'])
    expect(inferColumn('d', ['01/05/2024', '05/13/2024']).formats).toEqual(['%m/%d/%Y'])
    const open = inferColumn('d', ['01/05/2024', '02/05/2024'])
    expect(ambiguousFormats(open.formats!)).toEqual(['%d/%m/%Y', '%m/%d/%Y'])
    expect(inferColumns(['d'], [['01/05/2024'], ['02/05/2024']]).warnings.map((w) => w.code)).toEqual([
      'ambiguous_date',
    ])
  })

  it('lists several styles of one column, most frequent first', () => {
    const column = inferColumn('d', ['2024-05-01', '2024-05-02', '2024/5/3', '2024年5月4日', 'May 5, 2024', '20240506'])
    expect(column.type).toBe('date')
    expect(column.formats![0]).toBe('%Y-%m-%d')
    expect(column.formats).toHaveLength(5)
  })
})

describe('types are told by values', () => {
  it.each([
    ['int', ['1', '2', '-3', null]],
    ['decimal', ['1.5', '2', '1,234.50', '$84,835.00 ', '¥12']],
    ['bool', ['true', 'false', 'true']],
    ['bool', ['是', '否', '是']],
    ['phone', ['13812345678', '+86 139 1234 5678', '138-1234-5678']],
    ['email', ['a@b.cn', 'x.y@example.com']],
    ['id_card', ['11010519491231002X', '440524188001010014']],
    ['json', ['{"a":1}', '[1,2]']],
    ['text', ['C536379', '536370', '536371', '536372', '536373', '536374']],
    ['text', ['00123', '00456', '00789']],
    ['timestamp', ['2024-05-01 08:00', '2024-05-01 09:00']],
    ['text', ['hello', 'world']],
    ['int', ['20240', '1714521600', '12']],
  ] as const)('%s from %j', (type, values) => {
    expect(inferColumn('x', values).type).toBe(type)
  })

  it('counts missing and distinct values', () => {
    expect(inferColumn('x', ['a', 'a', null, ' ', 'b'])).toMatchObject({
      missing: 2,
      distinct: 2,
      examples: ['a', 'b'],
      confidence: 1,
    })
  })
})
