import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RuleKind, Vector, VectorSet } from '../quality/contract.ts'
import { id, openDuckDb, sql, table, type Engine } from '../warehouse/index.ts'

/** Values that break careless rules: blanks, widths, marks, placeholders, long texts. */
export const awkward: readonly (string | null)[] = [
  null,
  '',
  ' ',
  '\u3000',
  '\t',
  '\n',
  '\u00a0',
  '\u200b',
  '\ufeff',
  '0',
  '-',
  '--',
  '-0',
  '+1',
  '00',
  '1e3',
  '1_000',
  ' 12 ',
  '.5',
  '5.',
  'inf',
  'NaN',
  'null',
  'NULL',
  '无',
  '未知',
  'N/A',
  '１３８００１３８０００',
  '13800138000',
  '+8613800138000',
  '8613800138000',
  '0086 138-0013-8000',
  '138\u200b0013\u200b8000',
  '😀',
  '👨‍👩‍👧',
  'e\u0301',
  'é',
  'İ',
  'ı',
  'ß',
  'Σ',
  'ς',
  'ﬁ',
  '㍿',
  '①',
  '张三',
  '欧阳·修',
  '𠮷',
  '\u202eabc',
  'a\u0000b',
  "'; drop table x; --",
  '"',
  '\\',
  '%',
  '{field}',
  '<script>',
  '=cmd()',
  'x'.repeat(5000),
  '汉'.repeat(5000),
  '1'.repeat(5000),
  '😀'.repeat(2500),
  '2024-02-29',
  '2024-02-30',
  '2024-02-29 23:59:60',
  '2024-02-29T10:00',
  '1900-01-01',
  '0000-00-00',
  '9999-12-31',
  '11010519491231002X',
  '91350100M000100Y43',
  '4111111111111111',
  'a@b.co',
  'CNY',
  'true',
]

/** What every rule must do; `sets` are all vectors, those of a kind are chosen here. */
export function ruleSuite(kinds: readonly RuleKind[], sets: readonly VectorSet[], now: number): void {
  describe('rules: rows and SQL agree', () => {
    const dir = mkdtempSync(joinPath(tmpdir(), 'rules-'))
    let engine: Engine
    beforeAll(async () => {
      engine = await openDuckDb({ path: ':memory:', tmpDir: dir, allowedDirs: [dir] })
    })
    afterAll(async () => {
      await engine.close()
      rmSync(dir, { recursive: true, force: true })
    })

    /** The verdicts of the SQL form over rows of text values: true = fails. */
    const inSql = (
      kind: RuleKind,
      params: unknown,
      rows: readonly (readonly (string | null)[])[],
    ): Promise<boolean[]> => {
      const width = rows[0]?.length ?? 1
      const names = Array.from({ length: width }, (_, i) => `c${i}`)
      const scratch = table({
        name: 'corpus',
        owner: 'test',
        text: { zh: '', en: '' },
        key: ['i'],
        columns: Object.fromEntries(
          ['i', ...names].map((name) => [
            name,
            { type: name === 'i' ? 'bigint' : 'text', text: { zh: '', en: '' }, class: 'non_sensitive' } as const,
          ]),
        ),
      })
      return engine.transaction(async (writer) => {
        await writer.run(sql`drop table if exists corpus`)
        await writer.run(sql`create table corpus (i bigint)`)
        for (const name of names) await writer.run(sql`alter table corpus add column ${id(name)} varchar`)
        await writer.append(
          scratch,
          ['i', ...names],
          rows.map((row, i) => [i, ...row]),
        )
        const fails = kind.fails(
          names.map((name) => id(name)),
          params as never,
          {},
        )
        const answers = await writer.query<{ i: number; f: boolean | null }>(
          sql`select i, ${fails} as f from corpus order by i`,
        )
        return answers.map(({ i, f }) => {
          expect(f, `verdict of ${kind.name} on ${JSON.stringify(rows[Number(i)])} is null`).not.toBeNull()
          return f!
        })
      })
    }

    const agree = async (
      kind: RuleKind,
      params: unknown,
      rows: readonly (readonly (string | null)[])[],
    ): Promise<void> => {
      const verdicts = await inSql(kind, params, rows)
      expect(verdicts).toHaveLength(rows.length)
      const apart = rows.filter((row, i) => kind.passes!(row, params as never) === verdicts[i])
      expect(
        apart.map((row) => row.map((v) => v?.slice(0, 80))),
        `${kind.name}: rows and SQL differ`,
      ).toEqual([])
    }

    it('every rule of one row has vectors', () => {
      const without = kinds.filter((kind) => kind.scope !== 'set' && !sets.some((set) => set.rule === kind.name))
      expect(without.map((kind) => kind.name)).toEqual([])
    })

    for (const set of sets) {
      const kind = kinds.find((k) => k.name === set.rule)!
      describe(`${set.rule} ${set.params ? JSON.stringify(set.params) : ''}`, () => {
        const params = kind.params(set.params ?? {}, { now })
        const width = set.vectors[0]!.values.length
        it(`gives the ${set.vectors.length} known verdicts in rows`, () => {
          const wrong = set.vectors.filter((v) => kind.passes!(v.values, params) !== v.passes)
          expect(wrong.map(show)).toEqual([])
        })
        it('gives the same verdicts in SQL', async () => {
          const verdicts = await inSql(
            kind,
            params,
            set.vectors.map((v) => v.values as (string | null)[]),
          )
          const wrong = set.vectors.filter((v, i) => verdicts[i] === v.passes)
          expect(wrong.map(show)).toEqual([])
        })
        it('agrees with itself on awkward values', async () => {
          await agree(
            kind,
            params,
            awkward.map((value, i) =>
              Array.from({ length: width }, (_, k) => awkward[(i + k * 7) % awkward.length] ?? value),
            ),
          )
        })
        it('agrees with itself on random values', async () => {
          const value = randomValue(set.vectors)
          const rows = fc.array(fc.tuple(...Array.from({ length: width }, () => value)), {
            minLength: 100,
            maxLength: 400,
          })
          await fc.assert(
            fc.asyncProperty(rows, (sample) => agree(kind, params, sample)),
            { numRuns: 5, seed: 7, endOnFailure: true },
          )
        })
      })
    }
  })
}

/** Random text near the vectors: mutated ones, digits, dates, and any Unicode. */
function randomValue(vectors: readonly Vector[]): fc.Arbitrary<string | null> {
  const known = vectors.flatMap((v) => v.values).filter((v): v is string => typeof v === 'string' && v.length < 300)
  const one = fc.constantFrom(...known.filter(Boolean), '0')
  const odd = fc.constantFrom(...'0123456789Xx-+. ·@ａ１\u200b\u3000\u0301A男é'.split(''), '')
  const mutated = fc.tuple(one, fc.nat(40), odd).map(([text, at, c]) => {
    const chars = [...text]
    chars.splice(at % (chars.length || 1), 1, c)
    return chars.join('')
  })
  return fc.oneof(
    { weight: 4, arbitrary: mutated },
    { weight: 2, arbitrary: fc.stringMatching(/^[+]?[0-9]{1,20}$/) },
    {
      weight: 1,
      arbitrary: fc
        .date({ min: new Date('1890-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
        .map((d) => d.toISOString().slice(0, 10)),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
    { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
    { weight: 1, arbitrary: fc.constantFrom(...awkward) },
  )
}

function show(v: Vector): string {
  return `${v.passes ? 'must pass' : 'must fail'}: ${v.values.map((x) => (typeof x === 'string' ? JSON.stringify(x.slice(0, 60)) : String(x))).join(' | ')}${v.why ? ` (${v.why})` : ''}`
}
