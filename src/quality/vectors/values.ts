import { vectors } from './vector.ts'

export const notNull = vectors('not_null', [[''], [' '], ['0'], ['null'], ['😀']], [[null]])
export const notMissing = vectors(
  'not_missing',
  [
    ['0'],
    ['a'],
    ['否'],
    ['--'],
    ['1900-01-02'],
    ['无锡'],
    ['未知数'],
    ['😀'],
    ['null值'],
    ['0000000000'],
    ['NA'],
    ['x'.repeat(5000)],
  ],
  [
    [null],
    [''],
    [' '],
    ['\u3000'],
    ['\u200b'],
    ['\t\n'],
    ['无'],
    ['未知'],
    ['-'],
    ['－', 'full width'],
    ['N/A'],
    ['n/a'],
    ['Ｎ／Ａ'],
    ['NULL'],
    ['null'],
    ['1900-01-01'],
    ['00000000000'],
    [' 无\u200b '],
  ],
)
export const typeInt = vectors(
  'type',
  [[null], ['0'], ['-1'], ['+12'], ['１２３'], [' 7 '], ['007'], ['123456789012345678']],
  [
    [''],
    ['1e3'],
    ['1.0'],
    ['1,000'],
    ['0x10'],
    ['一'],
    ['1 2'],
    ['9'.repeat(19)],
    ['😀'],
    ['--1'],
    ['1_000'],
    ['inf'],
    ['NaN'],
  ],
  { type: 'int' },
)
export const typeDecimal = vectors(
  'type',
  [[null], ['0'], ['-1.5'], ['１２．５'], ['100.00'], ['+0.1']],
  [[''], ['.5'], ['5.'], ['1e3'], ['1,000.00'], ['¥5'], ['abc'], ['inf'], ['NaN'], ['1_0'], ['5000'.repeat(1250)]],
  { type: 'decimal' },
)
export const typeDate = vectors(
  'type',
  [[null], ['2024-02-29'], ['1900-01-01'], ['２０２４-０１-０２'], [' 2024-12-31 ']],
  [
    [''],
    ['2024-02-30'],
    ['2023-02-29'],
    ['2024-13-01'],
    ['2024-00-10'],
    ['2024-1-2'],
    ['2024/01/02'],
    ['20240102'],
    ['0000-01-01'],
    ['2024-01-01 10:00'],
    ['昨天'],
    ['2024-01-32'],
    ['2024-04-31'],
  ],
  { type: 'date' },
)
export const typeTimestamp = vectors(
  'type',
  [[null], ['2024-02-29'], ['2024-02-29 23:59:59'], ['2024-02-29T00:00'], ['2024-02-29 12:30']],
  [
    [''],
    ['2024-02-30 10:00:00'],
    ['2024-02-29 24:00:00'],
    ['2024-02-29 10:60:00'],
    ['2024-02-29 10:00:60'],
    ['2024-02-29 1:00'],
    ['10:00'],
    ['2024-02-29 10:00:00Z'],
  ],
  { type: 'timestamp' },
)
export const typeBool = vectors(
  'type',
  [[null], ['true'], ['FALSE'], ['1'], ['0'], ['是'], ['否'], ['１']],
  [[''], ['yes'], ['2'], ['tRuE'], ['t']],
  { type: 'bool' },
)

export const age = vectors(
  'range',
  [[null], ['1'], ['120'], ['35'], ['３５'], [' 35 '], ['35.5'], ['+7'], ['1.0000']],
  [
    ['0'],
    ['200'],
    ['121'],
    ['-1'],
    ['0.999'],
    ['120.01'],
    ['abc'],
    [''],
    ['1e1'],
    ['三十'],
    ['inf'],
    ['NaN'],
    ['9'.repeat(5000)],
    ['😀'],
  ],
  { min: 1, max: 120 },
)
export const rangeOpen = vectors('range', [[null], ['0.1'], ['99.9']], [['0'], ['100'], ['-0']], {
  min: 0,
  max: 100,
  exclusive_min: true,
  exclusive_max: true,
})
export const birthDate = vectors(
  'range',
  [[null], ['1900-01-01'], ['1990-05-05'], ['2026-11-22'], ['２０００-０１-０１'], ['1990-05-05 10:00:00']],
  [['1899-12-31'], ['2026-11-23'], ['2999-01-01'], ['1990-02-30'], ['19900505'], [''], ['生日'], ['1990/05/05']],
  { min: '1900-01-01', max: 'today' },
)
export const future = vectors(
  'not_in_future',
  [[null], ['2026-11-22'], ['2026-11-22 08:30:00'], ['2026-11-22 08:35:00', 'within the skew'], ['1970-01-01']],
  [['2026-11-22 08:35:01'], ['2026-11-23'], ['2999-12-31'], ['soon'], [''], ['2024-02-30']],
)
export const inSet = vectors(
  'in_set',
  [[null], ['男'], ['女']],
  [['男 '], ['male'], [''], ['男男'], ['\u200b男'], ['😀']],
  { values: ['男', '女'] },
)
export const inSetCasefold = vectors(
  'in_set',
  [[null], ['VIP'], ['vip'], ['ＶＩＰ'], [' Vip '], ['金卡']],
  [['VIP1'], [''], ['V IP'], ['İ']],
  { values: ['Vip', '金卡'], normalise: 'casefold' },
)
export const inSetFold = vectors('in_set', [[null], ['é'], ['e\u0301', 'NFC'], ['Ａ']], [['e'], ['a'], ['É']], {
  values: ['é', 'A'],
  normalise: 'fold',
})
export const notInSet = vectors('not_in_set', [[null], ['好'], [''], ['坏 ']], [['坏'], ['test']], {
  values: ['坏', 'test'],
})
export const length = vectors(
  'length',
  [
    [null],
    ['ab'],
    ['张三'],
    ['😀😀', 'two code points, four UTF-16 units'],
    ['e\u0301', 'two code points'],
    ['12345'],
    ['  '],
    ['👨‍👩‍👧', 'five code points'],
  ],
  [[''], ['a'], ['123456'], ['😀'], ['1'.repeat(5000)]],
  { min: 2, max: 5 },
)
export const regex = vectors(
  'regex',
  [[null], ['C202405001'], ['C199912999'], ['c\u0327'.normalize('NFC') === 'ç' ? 'C200001001' : '']],
  [[''], ['c202405001'], ['C20240500'], ['XC202405001'], ['C202405001\n'], ['Ｃ202405001'], ['C２02405001'], ['😀']],
  { pattern: 'C[0-9]{9}' },
)
export const regexUnicode = vectors(
  'regex',
  [[null], ['é'], ['e\u0301', 'NFC first'], ['é'.repeat(3)]],
  [['e'], [''], ['x'.repeat(10_001)], ['é\n']],
  { pattern: 'é+' },
)
export const regexLong = vectors('regex', [[null], ['x'.repeat(10_000)]], [['x'.repeat(10_001)], ['xy']], {
  pattern: 'x*',
})
export const notRegex = vectors(
  'not_regex',
  [[null], [''], ['正常'], ['test1 '], ['x'.repeat(10_001)]],
  [['test'], ['test1'], ['test99']],
  { pattern: 'test[0-9]*' },
)
