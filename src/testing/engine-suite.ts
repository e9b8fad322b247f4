import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bucketOf, foldText, md5 } from '../base/normalise.ts'
import { id, join, sql, w, type Engine, type Sql } from '../warehouse/index.ts'
import { awkwardTexts } from './awkward-texts.ts'

/**
 * What every engine must answer alike. An engine's test calls it once; what the engine cannot do is given in `lacks`
 * with the reason, and shown as skipped.
 */
export function engineSuite(options: {
  readonly name: string
  readonly open: () => Promise<Engine>
  readonly lacks?: Readonly<Partial<Record<string, string>>>
}): void {
  describe(`engine ${options.name}`, () => {
    let engine: Engine
    beforeAll(async () => {
      engine = await options.open()
    })
    afterAll(async () => {
      await engine.close()
    })

    /** The value of one expression. */
    const value = async (expression: Sql): Promise<unknown> =>
      (await engine.query<{ x: unknown }>(sql`select ${expression} as "x"`))[0]!.x
    /** An aggregate over values. */
    const over = (values: readonly Sql[], aggregate: Sql): Promise<unknown> =>
      value(
        sql`(select ${aggregate} from (${join(
          values.map((v) => sql`select ${v} as v`),
          ' union all ',
        )}) as t)`,
      )
    const day = (text: string): Sql => w.cast(sql`${text}`, 'date')
    const time = (text: string): Sql => w.cast(sql`${text}`, 'timestamp')
    const cases = (name: string, work: () => Promise<void>): void => {
      const reason = options.lacks?.[name]
      if (reason) it.skip(`${name}: ${reason}`, () => undefined)
      else it(name, work)
    }

    cases('brings every text back as it went in', async () => {
      for (const text of awkwardTexts) expect(await value(sql`${text}`)).toBe(text)
    })

    cases('takes every text as a name', async () => {
      for (const name of awkwardTexts.filter((t) => t.trim() && t.length < 100)) {
        const rows = await engine.query(sql`select ${id('t', name)} as ${id(name)} from (select 1 as ${id(name)}) as t`)
        expect(Object.keys(rows[0]!)).toEqual([name])
      }
    })

    cases('folds text as Node does', async () => {
      for (const text of awkwardTexts)
        expect([text, await value(w.foldText(sql`${text}`))]).toEqual([text, foldText(text)])
    })

    cases('hashes text as Node does', async () => {
      for (const text of awkwardTexts) {
        expect(await value(w.md5(sql`${text}`))).toBe(md5(text))
        expect(await value(w.bucket(sql`${text}`, 1000))).toBe(bucketOf(text, 1000))
      }
    })

    cases('counts code points', async () => {
      for (const text of awkwardTexts) expect(await value(w.length(sql`${text}`))).toBe([...text].length)
    })

    cases('gives dates and times as ISO text', async () => {
      expect(await value(day('2024-02-29'))).toBe('2024-02-29')
      expect(await value(time('2024-02-29 13:04:05'))).toBe('2024-02-29T13:04:05Z')
      expect(await value(sql`${new Date('2024-02-29T13:04:05Z')}`)).toBe('2024-02-29T13:04:05Z')
      expect(await value(w.timeText(time('2024-02-29 03:04:05')))).toBe('2024-02-29 03:04:05')
      expect(await value(w.monthText(day('2024-02-29')))).toBe('2024-02')
      expect(await value(w.epoch(time('1970-01-02 00:00:01')))).toBe(86_401)
    })

    cases('parses times entirely or not at all', async () => {
      const parse = (text: string, format: string): Promise<unknown> => value(w.tryParseTime(sql`${text}`, format))
      expect(await parse('29/02/2024 13:04:05', '%d/%m/%Y %H:%M:%S')).toBe('2024-02-29T13:04:05Z')
      expect(await parse('2024-02-30', '%Y-%m-%d')).toBeNull()
      expect(await parse('2024-02-29 tail', '%Y-%m-%d')).toBeNull()
      expect(await parse('', '%Y-%m-%d')).toBeNull()
    })

    cases('cuts times and knows the day of the week', async () => {
      const at = time('2024-08-14 13:45:59')
      const cut = Object.fromEntries(
        await Promise.all(
          (['hour', 'day', 'week', 'month', 'quarter', 'year'] as const).map(async (u) => [
            u,
            await value(w.dateTrunc(u, at)),
          ]),
        ),
      )
      expect(cut).toEqual({
        hour: '2024-08-14T13:00:00Z',
        day: '2024-08-14T00:00:00Z',
        week: '2024-08-12T00:00:00Z',
        month: '2024-08-01T00:00:00Z',
        quarter: '2024-07-01T00:00:00Z',
        year: '2024-01-01T00:00:00Z',
      })
      expect(await value(w.isoDayOfWeek(day('2024-08-12')))).toBe(1)
      expect(await value(w.isoDayOfWeek(day('2024-08-18')))).toBe(7)
      expect(await value(w.hourOf(at))).toBe(13)
    })

    cases('tells units elapsed from boundaries crossed', async () => {
      const [a, b] = [time('2024-01-31 23:00:00'), time('2024-02-01 01:00:00')]
      expect(await value(w.elapsed('day', a, b))).toBe(0)
      expect(await value(w.boundaries('day', a, b))).toBe(1)
      expect(await value(w.elapsed('month', a, b))).toBe(0)
      expect(await value(w.boundaries('month', a, b))).toBe(1)
      expect(await value(w.elapsed('month', day('2024-01-31'), day('2024-02-29')))).toBe(1)
      expect(await value(w.elapsed('day', b, a))).toBe(0)
      expect(await value(w.boundaries('week', day('2024-08-11'), day('2024-08-12')))).toBe(1)
    })

    cases('moves times, to the last day of a shorter month', async () => {
      expect(await value(w.addTime(day('2024-01-31'), 1, 'month'))).toBe('2024-02-29T00:00:00Z')
      expect(await value(w.addTime(day('2024-01-31'), -1, 'week'))).toBe('2024-01-24T00:00:00Z')
      expect(await value(w.addTime(day('2024-01-31'), 1, 'quarter'))).toBe('2024-04-30T00:00:00Z')
      expect(await value(w.addTime(time('2024-01-31 00:00:00'), 90, 'minute'))).toBe('2024-01-31T01:30:00Z')
    })

    cases('divides as doubles, by zero to null', async () => {
      expect(await value(w.ratio(sql`1`, sql`2`))).toBe(0.5)
      expect(await value(w.ratio(sql`1`, sql`0`))).toBeNull()
    })

    cases('puts nulls where the statement says', async () => {
      const from = sql`from (select 2 as v union all select null union all select 1) as t`
      const order = async (by: Sql): Promise<unknown[]> =>
        (await engine.query<{ v: unknown }>(sql`select v ${from} order by ${by}`)).map((r) => r.v)
      expect(await order(sql`v asc nulls last`)).toEqual([1, 2, null])
      expect(await order(sql`v desc nulls first`)).toEqual([null, 2, 1])
    })

    cases('orders text by code point', async () => {
      const rows = await engine.query<{ v: string }>(sql`
        select v from (${join(
          ['b', 'B', '中', 'é', '😀', '\uffe5'].map((t) => sql`select ${t} as v`),
          ' union all ',
        )}) as t order by v asc nulls last`)
      expect(rows.map((r) => r.v)).toEqual(['B', 'b', 'é', '中', '\uffe5', '😀'])
    })

    cases('has quantiles of type 7', async () => {
      const values = [sql`1`, sql`2`, sql`3`, sql`10`, sql`null`]
      // R: quantile(c(1, 2, 3, 10), c(.25, .5, .9), type = 7)
      expect(await over(values, w.quantile(sql`v`, 0.25))).toBeCloseTo(1.75, 12)
      expect(await over(values, w.median(sql`v`))).toBe(2.5)
      expect(await over(values, w.quantile(sql`v`, 0.9))).toBeCloseTo(7.9, 12)
    })

    cases('takes the most frequent value, the smallest among equals', async () => {
      expect(
        await over(
          ['b', 'a', 'b', 'a', 'c'].map((t) => sql`${t}`),
          w.mode(sql`v`),
        ),
      ).toBe('a')
    })

    cases('takes the value of the row with the largest key, null included', async () => {
      const pick = (rows: readonly Sql[], aggregate: Sql): Promise<unknown> =>
        value(
          sql`(select ${aggregate} from (${join(
            rows.map((r) => sql`select ${r}`),
            ' union all ',
          )}) as t)`,
        )
      const rows = [
        sql`3 as x, 1 as y`,
        sql`cast(null as integer) as x, 2 as y`,
        sql`5 as x, cast(null as integer) as y`,
      ]
      expect(await pick(rows, w.argMax(sql`x`, sql`y`))).toBeNull()
      expect(await pick(rows, w.argMin(sql`x`, sql`y`))).toBe(3)
    })

    cases('joins distinct texts in order', async () => {
      const values = ['b', 'a', 'b'].map((t) => sql`${t}`)
      expect(await over([...values, sql`null`], w.joinText(sql`v`, '、', sql`v`))).toBe('a、b')
    })

    cases('counts rows that fit', async () => {
      expect(await over([sql`1`, sql`null`, sql`3`], w.countIf(sql`v > 1`))).toBe(1)
      expect(await over([sql`1`, sql`1`, sql`3`], w.approxDistinct(sql`v`))).toBe(2)
    })

    cases('casts or gives null', async () => {
      expect(await value(w.tryCast(sql`${'12'}`, 'int'))).toBe(12)
      for (const type of ['int', 'double', 'date', 'timestamp', 'bool', 'decimal'] as const)
        expect(await value(w.tryCast(sql`${'abc'}`, type))).toBeNull()
      expect(await value(w.tryCast(sql`${'1e30'}`, 'decimal'))).toBeNull()
      expect(await value(w.cast(sql`${'12.34565'}`, 'decimal'))).toBe(12.3457)
    })

    cases('matches regular expressions of RE2', async () => {
      expect(await value(w.regexMatch(sql`${'abc'}`, 'b'))).toBe(false)
      expect(await value(w.regexMatch(sql`${'abc'}`, 'a|abc'))).toBe(true)
      expect(await value(w.regexMatch(sql`${'a\nb'}`, 'a.b'))).toBe(false)
      expect(await value(w.regexContains(sql`${'中文abc'}`, '[\u4e00-\u9fff]{2}a'))).toBe(true)
      expect(await value(w.regexReplace(sql`${'a1b22'}`, '([0-9]+)', '<\\1>'))).toBe('a<1>b<22>')
      expect(await value(w.regexExtract(sql`${'no 42 or 43'}`, '([0-9])([0-9])', 2))).toBe('2')
      expect(await value(w.regexExtract(sql`${'none'}`, '[0-9]+', 0))).toBe('')
      expect(await value(w.regexExtract(w.cast(sql`null`, 'text'), '[0-9]+', 0))).toBeNull()
    })

    cases('reads JSON, and null from what is none', async () => {
      expect(await value(w.jsonText(sql`${'{"a":{"b":"c"}}'}`, '$.a.b'))).toBe('c')
      expect(await value(w.jsonText(sql`${'{"a":1}'}`, '$.b'))).toBeNull()
      expect(await value(w.jsonText(sql`${'{broken'}`, '$.a'))).toBeNull()
      expect(await value(w.jsonText(sql`${'{"a":null}'}`, '$.a'))).toBeNull()
      expect(await value(w.jsonText(sql`${'{"a":[1,2]}'}`, '$.a'))).toBe('[1,2]')
    })

    cases('splits text into rows', async () => {
      const rows = await engine.query<{ item: string }>(sql`
        select item from (select 'a,b' as x union all select null) as t cross join ${w.unnestSplit(sql`t.x`, ',')} as u(item) order by 1 asc nulls last`)
      expect(rows.map((r) => r.item)).toEqual(['a', 'b'])
    })

    cases('makes a series of days', async () => {
      const rows = await engine.query<{ at: string }>(sql`
        select "at" from ${w.timeSeries(day('2024-02-28'), day('2024-03-01'), 'day')} as s order by 1 asc nulls last`)
      expect(rows.map((r) => r.at.slice(0, 10))).toEqual(['2024-02-28', '2024-02-29', '2024-03-01'])
    })

    cases('measures the distance of ASCII texts', async () => {
      expect(await value(w.levenshtein(sql`'kitten'`, sql`'sitting'`))).toBe(3)
    })

    cases('compares by Jaro and Winkler', async () => {
      // Winkler (1990): MARTHA, MARHTA 0.961
      expect(await value(w.jaroWinkler(sql`'MARTHA'`, sql`'MARHTA'`))).toBeCloseTo(0.9611, 4)
    })

    cases('concatenates with null as empty, and samples by hash', async () => {
      expect(await value(w.concat(sql`'a'`, w.cast(sql`null`, 'text'), sql`'b'`))).toBe('ab')
      const keys = Array.from({ length: 2000 }, (_, i) => `k${i}`)
      const share = (await over(
        keys.map((k) => sql`${k}`),
        w.countIf(w.sampled(sql`v`, 0.25)),
      )) as number
      expect(share).toBe(keys.filter((k) => bucketOf(k, 1_000_000) < 250_000).length)
    })

    cases('pages', async () => {
      const rows = await engine.query<{ v: number }>(
        sql`select v from (select 1 as v union all select 2 union all select 3) as t order by v asc nulls last ${w.page(1, 1)}`,
      )
      expect(rows).toEqual([{ v: 2 }])
    })

    cases('gives the same vectors as rows', async () => {
      const query = sql`select * from (select 1.5 as a, 'x' as b, cast(null as double) as c union all select 2.5, null, 4) as t order by a asc nulls last`
      const { rows, columns } = await engine.columns(query)
      expect(rows).toBe(2)
      expect([...(columns.a as Float64Array)]).toEqual([1.5, 2.5])
      expect(columns.b).toEqual(['x', null])
      expect([...(columns.c as Float64Array)]).toEqual([Number.NaN, 4])
    })

    cases('names the statement that failed', async () => {
      const statement = sql`select ${id('no such column')} as "x"`
      await expect(engine.query(statement)).rejects.toMatchObject({
        code: 'query_failed',
        params: { sql: expect.stringContaining('no such column') },
      })
    })
  })
}
