import { rowVectors } from './vector.ts'

export const dateOrder = rowVectors(
  'compare_columns',
  [
    ['2024-01-01', '2024-01-02'],
    ['2024-01-01', '2024-01-01'],
    [null, '2024-01-01'],
    ['2024-01-01', null],
    ['bad', '2024-01-01'],
    ['2024-01-01', '2024-01-01 00:00:01'],
    [null, null],
  ],
  [
    ['2024-01-02', '2024-01-01'],
    ['2024-01-01 00:00:01', '2024-01-01'],
    ['２０２４-０１-０２', '2024-01-01'],
  ],
  { op: '<=' },
)
export const numberOrder = rowVectors(
  'compare_columns',
  [
    ['9', '10'],
    ['１', '2'],
    [null, '1'],
    ['x', '1'],
    ['-1', '0.5'],
  ],
  [
    ['10', '9'],
    ['5', '5'],
    ['0.30', '0.3'],
  ],
  { op: '<', as: 'number' },
)
export const textDiffers = rowVectors(
  'compare_columns',
  [
    ['a', 'b'],
    [null, 'a'],
    ['a', 'A'],
  ],
  [
    ['a', 'a'],
    ['é', 'e\u0301'],
    ['', ''],
  ],
  { op: '!=', as: 'text' },
)
export const requiredIf = rowVectors(
  'required_if',
  [
    [null, null],
    ['', null],
    ['无', null],
    ['vip', '13800138000'],
    ['vip', '0'],
  ],
  [
    ['vip', null],
    ['vip', ''],
    ['vip', '未知'],
    ['0', '\u3000'],
  ],
)
export const requiredIfIn = rowVectors(
  'required_if',
  [
    ['sale', 'a', 'b'],
    ['return', null, null],
    [null, null, null],
    ['Sale', null, null],
  ],
  [
    ['sale', null, 'b'],
    ['sale', 'a', ''],
    ['ｓａｌｅ', 'a', '-'],
  ],
  { in: ['sale'] },
)
export const atLeastOne = rowVectors(
  'at_least_one',
  [
    ['a', null],
    [null, 'b'],
    ['a', 'b'],
    ['', '0'],
  ],
  [
    [null, null],
    ['', ' '],
    ['无', '-'],
    [null, 'N/A'],
  ],
)
export const requiredShare = rowVectors(
  'required_share',
  [
    ['a', 'b', 'c', 'd'],
    ['a', 'b', 'c', null],
    ['a', '无', 'c', 'd'],
  ],
  [
    ['a', 'b', null, null],
    ['a', '-', '', 'd'],
    [null, null, null, null],
    ['', ' ', '未知', 'x'],
  ],
)
