import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createFileReader } from '../file-reader.ts'
import { withoutMarks } from './fields.ts'
import { testFolder } from '../../folder.testing.ts'

const folder = await testFolder()
const reader = createFileReader({ scratch: folder.work })

const cell = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.string({
      unit: fc.constantFrom(
        'a',
        'Z',
        '1',
        ' ',
        '"',
        ',',
        ';',
        '|',
        '\t',
        '\n',
        '\r',
        '\r\n',
        '中',
        'é',
        '😀',
        "'",
        '\\',
        '=',
      ),
      maxLength: 8,
    }),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
)

/** RFC 4180, written here a second time on purpose; `loose` leaves quotes in the middle of a field bare. */
function write(value: string, delimiter: string, always: boolean, loose: boolean): string {
  const must = value.startsWith('"') || value.includes(delimiter) || /[\n\r]/.test(value) || value !== value.trim()
  if (!always && !must && (loose || !value.includes('"'))) return value
  return `"${value.replaceAll('"', '""')}"`
}

it('reads back the cells that were written, through the real engine', async () => {
  let n = 0
  await fc.assert(
    fc.asyncProperty(
      fc
        .integer({ min: 2, max: 6 })
        .chain((width) =>
          fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
        ),
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      async (generated, delimiter, end, always, loose, bom) => {
        // NUL and byte order marks are dropped by design
        const rows = generated.map((r) => r.map((c) => withoutMarks(c).replaceAll('\ufffd', '')))
        const columns = rows[0]!.map((_c, i) => `c${i}`)
        const text =
          (bom ? '\ufeff' : '') +
          [columns, ...rows].map((r) => r.map((c) => write(c, delimiter, always, loose)).join(delimiter)).join(end) +
          end
        const path = await folder.write(`round-${++n}.csv`, text)
        const plan = { format: 'csv', encoding: 'utf-8', delimiter, skipLines: 0, header: true, columns } as const
        const prepared = await reader.prepare(path, plan, folder.work)
        expect(prepared.bad).toEqual([])
        expect(prepared.rows).toBe(rows.length)
        const back = await folder.engineRows(prepared)
        const cells = prepared.rowColumn ? back.map((r) => r.slice(1)) : back
        expect(cells).toEqual(rows.map((r) => r.map((c) => (c === '' ? null : c))))
        if (prepared.rowColumn) expect(back.map((r) => r[0])).toEqual(rows.map((_r, i) => String(i + 1)))
      },
    ),
    { numRuns: 250, seed: 7 },
  )
})
