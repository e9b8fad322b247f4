import { describe, expect, it } from 'vitest'
import { createFileReader } from '../file-reader.ts'
import { testFolder } from '../../folder.testing.ts'

const folder = await testFolder()
const reader = createFileReader({ scratch: folder.work })
let n = 0
async function read(content: string, choice = {}) {
  const path = await folder.write(`j${++n}.json`, content)
  const inspection = await reader.inspect(path, choice)
  const prepared = await reader.prepare(path, inspection.plan, folder.work)
  return { path, inspection, plan: inspection.plan, prepared, rows: await folder.engineRows(prepared) }
}

describe('JSON', () => {
  it('flattens nested objects and keeps arrays as JSON text', async () => {
    const { plan, rows } = await read(
      '[{"id":1,"who":{"name":"Ann","city":{"zip":"00501"}},"tags":["a","b"]},{"id":2,"who":{"name":"Bob"},"vip":true}]',
    )
    expect(plan).toMatchObject({
      format: 'json',
      recordsAt: '',
      columns: ['id', 'who.name', 'who.city.zip', 'tags', 'vip'],
    })
    expect(rows).toEqual([
      ['1', '1', 'Ann', '00501', '["a","b"]', null],
      ['2', '2', 'Bob', null, null, 'true'],
    ])
  })

  it('finds the records inside a document and offers the other places', async () => {
    const { plan, inspection, prepared } = await read(
      '{"code":0,"data":{"items":[{"a":1},{"a":2},{"a":3}],"facets":[{"f":1}]}}',
    )
    expect(plan.recordsAt).toBe('data.items')
    expect(inspection.choices?.recordsAt).toEqual(['data.items', 'data.facets'])
    expect(prepared.rows).toBe(3)
    expect(
      (await read('{"code":0,"data":{"items":[{"a":1},{"a":2}],"facets":[{"f":1}]}}', { recordsAt: 'data.facets' }))
        .plan.columns,
    ).toEqual(['f'])
  })

  it('keeps all digits of long ids', async () => {
    const { rows } = await read('[{"id":123456789012345678901,"text":"say \\"1234567890123456789\\"","x":0.1}]')
    expect(rows).toEqual([['1', '123456789012345678901', 'say "1234567890123456789"', '0.1']])
  })

  it('says the line of a syntax error', async () => {
    const path = await folder.write('broken.json', '[\n{"a":1},\n{"a":2,,}\n]')
    await expect(reader.inspect(path)).rejects.toMatchObject({ code: 'json_invalid', params: { line: 3 } })
  })

  it('puts entries that are no objects into quarantine', async () => {
    const { prepared, rows } = await read('[{"a":1},5,{"a":2}]')
    expect(prepared.bad).toMatchObject([{ row: 2, raw: '5', code: 'not_json' }])
    expect(rows).toEqual([
      ['1', '1'],
      ['3', '2'],
    ])
  })
})

describe('NDJSON', () => {
  it('streams lines, with broken ones in quarantine', async () => {
    const lines = Array.from({ length: 5000 }, (_u, i) =>
      i === 2500 ? '{"id":2501,' : JSON.stringify({ id: i + 1, props: { n: i } }),
    )
    const { plan, prepared, rows, path } = await read(lines.join('\n') + '\n')
    expect(plan).toMatchObject({ format: 'ndjson', columns: ['id', 'props.n'] })
    expect(prepared.rows).toBe(4999)
    expect(prepared.bad).toMatchObject([{ row: 2501, line: 2501, raw: '{"id":2501,', code: 'not_json' }])
    expect(rows.at(-1)).toEqual(['5000', '5000', '4999'])
    expect(await reader.rawRow(path, plan, 2501)).toBe('{"id":2501,')
    expect(await reader.rawRow(path, plan, 2)).toBe('{"id":2,"props":{"n":1}}')
  })

  it('reads columns that differ only by case', async () => {
    const { plan, rows } = await read('{"a":1,"A":2}\n{"A":3,"a":4}\n')
    expect(plan.columns).toEqual(['a', 'A_2'])
    expect(rows.map((r) => r.slice(1))).toEqual([
      ['1', '2'],
      ['4', '3'],
    ])
  })
})
