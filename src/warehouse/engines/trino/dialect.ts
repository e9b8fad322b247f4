import { UnsupportedError } from '../../../base/errors.ts'
import type { ColumnType, Dialect } from '../../dialect.ts'
import { ansi, foldWith, interval } from '../../dialect-ansi.ts'
import { join, raw, sql, type Sql } from '../../sql.ts'

const types: Readonly<Record<ColumnType, string>> = {
  text: 'varchar',
  int: 'integer',
  bigint: 'bigint',
  double: 'double',
  decimal: 'decimal(18,4)',
  bool: 'boolean',
  date: 'date',
  timestamp: 'timestamp(6)',
  json: 'varchar',
  'text[]': 'array(varchar)',
}

const timestamp = (x: Sql): Sql => sql`cast(${x} as timestamp(6))`

/** strptime letters as MySQL's, which Trino's date_parse takes: `%M` would be the name of the month there. */
const parseFormat = (format: string): string => format.replaceAll('%M', '%i').replaceAll('%S', '%s')

/** `\1` as `$1`; a plain `$` must not become a group. */
const replacementOf = (text: string): string => text.replaceAll('$', '\\$').replace(/\\(\d)/g, '$$$1')

/** Trino over Iceberg (also Athena and Starburst); the session's time zone is UTC, `regex-library` is RE2J. */
export const trino: Dialect = {
  ...ansi,
  name: 'trino',
  placeholder: (_index, value) => (value instanceof Date ? 'cast(? as timestamp(6))' : '?'),
  type: (type) => raw(types[type]),
  dateTrunc: (unit, x) => sql`date_trunc('${raw(unit)}', ${timestamp(x)})`,
  addTime: (x, amount, unit) => sql`(${timestamp(x)} + ${interval(amount, unit)})`,
  tryParseTime: (x, format) => sql`try(date_parse(${x}, ${parseFormat(format)}))`,
  timeText: (x) => sql`date_format(${timestamp(x)}, '%Y-%m-%d %H:%i:%s')`,
  monthText: (x) => sql`date_format(${timestamp(x)}, '%Y-%m')`,
  elapsed: (unit, a, b) => sql`date_diff('${raw(unit)}', ${timestamp(a)}, ${timestamp(b)})`,
  boundaries: (unit, a, b) =>
    sql`date_diff('${raw(unit)}', date_trunc('${raw(unit)}', ${timestamp(a)}), date_trunc('${raw(unit)}', ${timestamp(b)}))`,
  isoDayOfWeek: (x) => sql`day_of_week(${x})`,
  epoch: (x) => sql`to_unixtime(${timestamp(x)})`,
  argMax: (x, by) => sql`max_by(${x}, ${by})`,
  argMin: (x, by) => sql`min_by(${x}, ${by})`,
  // There is no exact percentile: the sorted values of the group, interpolated between ranks (R type 7).
  quantile: (x, q) => {
    const share = raw(String(q))
    const sorted = sql`array_sort(array_agg(cast(${x} as double)) filter (where ${x} is not null))`
    return sql`element_at(transform(array[${sorted}], a -> if(cardinality(a) = 0, null,
      element_at(a, 1 + cast(floor((cardinality(a) - 1) * double '${share}') as integer))
      + ((cardinality(a) - 1) * double '${share}' - floor((cardinality(a) - 1) * double '${share}'))
      * (element_at(a, 1 + cast(ceil((cardinality(a) - 1) * double '${share}') as integer))
      - element_at(a, 1 + cast(floor((cardinality(a) - 1) * double '${share}') as integer))))), 1)`
  },
  // The most frequent value, the smallest among equals.
  mode: (x) =>
    sql`element_at(array_sort(map_entries(histogram(${x})), (a, b) -> if(a[2] <> b[2], if(a[2] > b[2], -1, 1), if(a[1] < b[1], -1, if(a[1] > b[1], 1, 0)))), 1)[1]`,
  approxDistinct: (x) => sql`approx_distinct(${x})`,
  joinText: (x, separator, orderBy) =>
    sql`array_join(array_agg(distinct ${x} order by ${orderBy} asc nulls last) filter (where ${x} is not null), ${separator})`,
  // Scalars as their text, objects and arrays as JSON; JSON's null is null.
  jsonText: (x, path) => {
    const json = sql`try(json_parse(cast(${x} as varchar)))`
    return sql`coalesce(json_extract_scalar(${json}, ${path}), nullif(json_format(json_extract(${json}, ${path})), 'null'))`
  },
  // regexp_like looks anywhere: both ends are pinned.
  regexMatch: (x, pattern) => sql`regexp_like(${x}, ${`\\A(?:${pattern})\\z`})`,
  regexContains: (x, pattern) => sql`regexp_like(${x}, ${pattern})`,
  regexReplace: (x, pattern, replacement) => sql`regexp_replace(${x}, ${pattern}, ${replacementOf(replacement)})`,
  regexExtract: (x, pattern, group) =>
    sql`case when ${x} is not null then coalesce(regexp_extract(${x}, ${pattern}, ${raw(String(Math.trunc(group)))}), '') end`,
  length: (x) => sql`length(${x})`,
  nfc: (x) => sql`normalize(${x}, NFC)`,
  foldText: foldWith((x) => sql`normalize(${x}, NFC)`),
  md5: (x) => sql`lower(to_hex(md5(to_utf8(${x}))))`,
  hexNumber: (x) => sql`from_base(${x}, 16)`,
  unnestSplit: (x, separator) => sql`unnest(split(${x}, ${separator}))`,
  timeSeries: (from, to, unit) =>
    sql`(select "at" from unnest(sequence(${timestamp(from)}, ${timestamp(to)}, ${interval(1, unit)})) as series("at"))`,
  levenshtein: (a, b) => sql`levenshtein_distance(${a}, ${b})`,
  jaroWinkler: () => {
    throw new UnsupportedError('engine_unsupported', {
      engine: 'trino',
      operation: 'jaroWinkler',
      reason: 'no such function',
    })
  },
  concat: (...items) =>
    sql`(${join(
      items.map((x) => sql`coalesce(cast(${x} as varchar), '')`),
      ' || ',
    )})`,
  page: (limit, offset) => raw(`offset ${Math.trunc(offset)} limit ${Math.trunc(limit)}`),
  now: () => sql`cast(current_timestamp at time zone 'UTC' as timestamp(6))`,
}
