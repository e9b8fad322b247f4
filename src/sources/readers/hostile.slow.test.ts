import * as fc from 'fast-check'
import { zipSync, strToU8 } from 'fflate'
import { writeXlsx } from 'hucre/xlsx'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../base/errors.ts'
import { testFolder } from '../folder.testing.ts'
import { createFileReader } from './file-reader.ts'

const folder = await testFolder()
const reader = createFileReader({ scratch: folder.work })
let n = 0

/** Whatever the bytes are: a table whose rows add up, or an error that tells the sender what to do. */
async function survives(bytes: Uint8Array): Promise<void> {
  const path = await folder.write(`h${++n % 10}-${process.pid}`, bytes)
  try {
    const { plan } = await reader.inspect(path)
    const prepared = await reader.prepare(path, plan, folder.work)
    if (prepared.format === 'csv') expect(await folder.engineRows(prepared)).toHaveLength(prepared.rows)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    expect(error.text.en).not.toMatch(/\{\w+\}/)
    expect(error.text.zh).not.toMatch(/\{\w+\}/)
  }
}

describe('hostile bytes', () => {
  it('any bytes', () =>
    fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), survives), { numRuns: 100, seed: 3 }))

  it('text that is nearly a CSV', () =>
    fc.assert(
      fc.asyncProperty(
        fc
          .array(
            fc.constantFrom(
              'a',
              '1',
              ',',
              ',',
              ';',
              '"',
              '""',
              '\n',
              '\n',
              '\r\n',
              '\r',
              '\t',
              ' ',
              '\0',
              '\ufeff',
              '中',
              '{',
              '[',
              '|',
            ),
            { minLength: 1, maxLength: 80 },
          )
          .map((p) => Buffer.from(p.join(''))),
        survives,
      ),
      { numRuns: 200, seed: 12 },
    ))

  it('files with bytes changed', async () => {
    const seeds = [
      Buffer.from(
        await writeXlsx({
          sheets: [{ name: 'S', rows: [['id', 'name'], ...Array.from({ length: 20 }, (_u, i) => [i, `name ${i}`])] }],
        }),
      ),
      Buffer.from(zipSync({ 'a.csv': strToU8('id,name\n1,a\n2,b\n') })),
      gzipSync('id,name\n1,a\n2,b\n'),
      Buffer.from('id,name,note\n1,张伟,"a\nb"\n2,李四,c\n'),
      Buffer.from('[{"id":1,"a":{"b":2}},{"id":2}]'),
      Buffer.from('{"id":1}\n{"id":2}\n'),
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 4,
        }),
        async (seed, changes) => {
          const bytes = Buffer.from(seed)
          for (const [at, value] of changes) bytes[Math.floor(at * bytes.length)] = value
          await survives(bytes)
        },
      ),
      { numRuns: 150, seed: 11 },
    )
  })
})
