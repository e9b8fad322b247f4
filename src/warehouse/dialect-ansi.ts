import { foldBlankClass, foldFrom, foldInvisibleClass, foldTo, foldWideClass } from '../base/normalise.ts'
import { InternalError } from '../base/errors.ts'
import type { ColumnType, DateUnit, Dialect } from './dialect.ts'
import { join, raw, sql, word, type Sql } from './sql.ts'

/** What engines agree on; a dialect spreads this and replaces the rest. */
export const ansi = {
  quote: (name: string): string => {
    if (!name || name.includes('\0')) throw new InternalError('bad_identifier', { name })
    return `"${name.replaceAll('"', '""')}"`
  },
  cast: (x: Sql, type: ColumnType) => sql`cast(${x} as ${word('type', type)})`,
  tryCast: (x: Sql, type: ColumnType) => sql`try_cast(${x} as ${word('type', type)})`,
  bare: (x: Sql) => sql`nullif(trim(${x}), '')`,
  // A date given to date_trunc comes back as a date here and a timestamp there: always a timestamp with us.
  dateTrunc: (unit: DateUnit, x: Sql) => sql`date_trunc('${raw(unit)}', cast(${x} as timestamp))`,
  addTime: (x: Sql, amount: number, unit: DateUnit) => sql`(cast(${x} as timestamp) + ${interval(amount, unit)})`,
  hourOf: (x: Sql) => sql`extract(hour from ${x})`,
  median: (x: Sql) => word('quantile', x, 0.5),
  // count(*) filter (…) may not be used as a window everywhere.
  countIf: (condition: Sql) => sql`count(case when ${condition} then 1 end)`,
  ratio: (a: Sql, b: Sql) => sql`(cast(${a} as double) / nullif(cast(${b} as double), 0))`,
  bucket: (x: Sql, n: number) =>
    sql`mod(${word('hexNumber', sql`substr(${word('md5', x)}, 1, 8)`)}, ${raw(String(Math.trunc(n)))})`,
  sampled: (key: Sql, share: number) => sql`(${word('bucket', key, 1_000_000)} < ${Math.round(share * 1_000_000)})`,
  concat: (...items: readonly Sql[]) => sql`concat(${join(items)})`,
} satisfies Partial<Dialect>

/** `interval '3' month`; weeks and quarters as days and months, which every engine has. */
export function interval(amount: number, unit: DateUnit): Sql {
  if (!Number.isInteger(amount)) throw new InternalError('bad_interval', { amount, unit })
  const [n, name] = unit === 'week' ? [amount * 7, 'day'] : unit === 'quarter' ? [amount * 3, 'month'] : [amount, unit]
  return raw(`interval '${n}' ${name}`)
}

/** The SQL twin of `foldText` in base, given the engine's NFC. */
export function foldWith(nfc: (x: Sql) => Sql): (x: Sql) => Sql {
  return (x) => {
    const narrow = sql`case when ${word('regexContains', x, `[${foldWideClass}]`)} then translate(${x}, ${foldFrom}, ${foldTo}) else ${x} end`
    const visible = word('regexReplace', narrow, `[${foldInvisibleClass}]`, '')
    const single = word('regexReplace', nfc(visible), `[${foldBlankClass}]+`, ' ')
    // Plain ASCII and Han, the most frequent cases (nothing of them is folded), are passed through: the rest costs ten times as much.
    return sql`case when ${word('regexMatch', x, '(?:[!-~㐀-䶿一-鿿]+(?: [!-~㐀-䶿一-鿿]+)*)?')} then ${x} else trim(${single}) end`
  }
}
