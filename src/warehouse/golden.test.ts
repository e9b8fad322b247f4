import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join as joinPath } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseExpression } from '../base/expression.ts'
import {
  compile,
  compileExpression,
  duckdb,
  id,
  list,
  sql,
  steps,
  trino,
  w,
  type ColumnType,
  type Sql,
} from './index.ts'
import { maskSql } from './mask.ts'

/** The compiled text of each engine is a reviewed file; `UPDATE_GOLDEN=1` writes it anew. */
const folder = joinPath(dirname(fileURLToPath(import.meta.url)), '../../test/golden/sql')

/** In ASCII: a reviewer must see a zero-width blank. */
const shownParams = (params: readonly unknown[]): string =>
  JSON.stringify(params, (_key, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v)).replace(
    /[^ -~]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const types: Record<string, ColumnType> = {
  name: 'text',
  age: 'int',
  amount: 'decimal',
  ordered_at: 'timestamp',
  day: 'date',
}
const scope = {
  field: ([name]: readonly string[]) => (name && types[name] ? { sql: id(name), type: types[name] } : undefined),
  known: () => Object.keys(types),
}

const cases: Record<string, Sql> = {
  'named-steps': steps(
    {
      past_orders: sql`select customer_id, ordered_at, amount from ${id('order')} where ordered_at < ${w.cast(sql`${'2024-12-31'}`, 'date')}`,
      customers: sql`select customer_id, count(*) as frequency, sum(amount) as monetary from past_orders group by 1`,
    },
    sql`select * from customers order by customer_id asc nulls last ${w.page(20, 40)}`,
  ),
  recency: sql`select customer_id, ${w.elapsed('day', sql`max(ordered_at)`, w.now())} as days, ${w.boundaries('month', sql`min(ordered_at)`, sql`max(ordered_at)`)} as months from ${id('order')} group by 1`,
  months: sql`select ${w.monthText(sql`ordered_at`)} as month, ${w.dateTrunc('week', sql`ordered_at`)} as week, ${w.isoDayOfWeek(sql`ordered_at`)} as dow, ${w.hourOf(sql`ordered_at`)} as h, ${w.epoch(sql`ordered_at`)} as s, ${w.timeText(sql`ordered_at`)} as t from ${id('order')}`,
  series: sql`select s."at", count(o.order_id) as orders from ${w.timeSeries(sql`${'2024-01-01'}`, sql`${'2024-02-01'}`, 'week')} as s left join ${id('order')} as o on o.ordered_at >= s."at" and o.ordered_at < ${w.addTime(sql`s."at"`, 1, 'week')} group by 1`,
  spread: sql`select category, ${w.quantile(sql`amount`, 0.9)} as p90, ${w.median(sql`amount`)} as median, ${w.mode(sql`sku`)} as top, ${w.approxDistinct(sql`sku`)} as skus, ${w.ratio(sql`sum(amount)`, sql`count(*)`)} as mean, ${w.countIf(sql`amount < 0`)} as negative from order_line group by 1`,
  latest: sql`select customer_id, ${w.argMax(sql`channel`, sql`ordered_at`)} as last_channel, ${w.argMin(sql`channel`, sql`ordered_at`)} as first_channel, ${w.joinText(sql`channel`, ', ', sql`channel`)} as channels from ${id('order')} group by 1`,
  texts: sql`select ${w.foldText(sql`name`)} as folded, ${w.md5(sql`name`)} as h, ${w.bucket(sql`name`, 16)} as b, ${w.concat(sql`name`, sql`${' '}`, sql`phone`)} as both, ${w.length(sql`name`)} as n from customer where ${w.sampled(sql`record_key`, 0.1)}`,
  patterns: sql`select ${w.regexMatch(sql`phone`, '1[3-9][0-9]{9}')} as whole, ${w.regexContains(sql`phone`, '[0-9]{4}')} as part, ${w.regexReplace(sql`phone`, '([0-9]{3})$', '-\\1 $')} as replaced, ${w.regexExtract(sql`phone`, '^([+][0-9]+)', 1)} as extracted from customer`,
  casts: sql`select ${w.tryCast(sql`age`, 'int')} as age, ${w.tryCast(sql`amount`, 'decimal')} as amount, ${w.tryParseTime(sql`at`, '%d/%m/%Y %H:%M:%S')} as at_time, ${w.cast(sql`${'[]'}`, 'json')} as more, ${w.jsonText(sql`properties`, '$.page.name')} as page from event`,
  tags: sql`select t.item as tag, count(*) as n from customer as c cross join ${w.unnestSplit(sql`c.customer_tags`, ',')} as t(item) group by 1`,
  literals: sql`select ${"it's"} as a, ${1.5} as b, ${10n ** 12n} as c, ${true} as d, ${null} as e, ${new Date(0)} as f, ${id('we"ird')} from ${id('main', 'order')} where status in ${list(['paid', 'sent'])} and level in ${list([])}`,
  expression: sql`select 1 as one from customer where ${compileExpression(parseExpression(`not (age >= 18 and amount / 2 < 0.5) or name contains 'a%' and name ~ '[A-Z].*' or ordered_at > '2024-12-31' or day in ('2024-01-01', '2024-01-02') or name is missing or ordered_at + 3m < day`), scope)}`,
  masks: sql`select ${maskSql('phone', id('phone'))} as phone, ${maskSql('email', id('email'))} as email, ${maskSql('id_number', id('id_card'))} as id_card, ${maskSql('card', id('card'))} as card, ${maskSql('redact', id('age'))} as age from customer`,
}

describe('compiled statements', () => {
  for (const dialect of [duckdb, trino])
    for (const [name, query] of Object.entries(cases))
      it(`${name} for ${dialect.name} is as reviewed`, () => {
        const path = joinPath(folder, `${name}.${dialect.name}.sql`)
        const { text, params } = compile(query, dialect)
        const shown = `${text}\n-- ${shownParams(params)}\n`
        if (process.env.UPDATE_GOLDEN) {
          mkdirSync(folder, { recursive: true })
          writeFileSync(path, shown)
        }
        expect(existsSync(path), `${path} is missing: run with UPDATE_GOLDEN=1 and review it`).toBe(true)
        expect(shown).toBe(readFileSync(path, 'utf8'))
      })

  it('refuses what an engine cannot do, by name', () => {
    expect(() => compile(sql`select ${w.jaroWinkler(sql`a`, sql`b`)}`, trino)).toThrow(/trino.*jaroWinkler/)
  })
})
