import type { ColumnType, DateUnit, Dialect } from '../../dialect.ts'
import { ansi, foldWith, interval } from '../../dialect-ansi.ts'
import { raw, sql, type Sql } from '../../sql.ts'

/** Money is exact: sums of doubles depend on the order of rows, and a rebuild must give the same content. */
export const duckdbTypes: Readonly<Record<ColumnType, string>> = {
  text: 'varchar',
  int: 'integer',
  bigint: 'bigint',
  double: 'double',
  decimal: 'decimal(18,4)',
  bool: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  json: 'json',
  'text[]': 'varchar[]',
}

const timestamp = (x: Sql): Sql => sql`cast(${x} as timestamp)`

export const duckdb: Dialect = {
  ...ansi,
  name: 'duckdb',
  // A Date is bound as text: the client binds no JS dates.
  placeholder: (_index, value) => (value instanceof Date ? 'cast(? as timestamp)' : '?'),
  type: (type) => raw(duckdbTypes[type]),
  tryParseTime: (x, format) => sql`try_strptime(${x}, ${format})`,
  timeText: (x) => sql`strftime(${timestamp(x)}, '%Y-%m-%d %H:%M:%S')`,
  monthText: (x) => sql`strftime(${timestamp(x)}, '%Y-%m')`,
  elapsed: (unit, a, b) => sql`date_sub('${raw(unit)}', ${timestamp(a)}, ${timestamp(b)})`,
  // Cut first: weeks would be counted from where the engine's own weeks begin.
  boundaries: (unit, a, b) => sql`date_diff('${raw(unit)}', ${ansi.dateTrunc(unit, a)}, ${ansi.dateTrunc(unit, b)})`,
  isoDayOfWeek: (x) => sql`isodow(${x})`,
  epoch: (x) => sql`epoch(${timestamp(x)})`,
  // arg_max passes over rows whose x is null; the _null form gives what Trino's max_by gives.
  argMax: (x, by) => sql`arg_max_null(${x}, ${by})`,
  argMin: (x, by) => sql`arg_min_null(${x}, ${by})`,
  quantile: (x, q) => sql`quantile_cont(cast(${x} as double), ${raw(String(q))})`,
  // Ordered: without it a tie is won by whichever thread came first.
  mode: (x) => sql`mode(${x} order by ${x} asc nulls last)`,
  approxDistinct: (x) => sql`approx_count_distinct(${x})`,
  joinText: (x, separator, orderBy) => sql`string_agg(distinct ${x}, ${separator} order by ${orderBy} asc nulls last)`,
  // Broken JSON is an error, not null, without the test.
  jsonText: (x, path) =>
    sql`case when json_valid(cast(${x} as varchar)) then json_extract_string(cast(${x} as varchar), ${path}) end`,
  regexMatch: (x, pattern) => sql`regexp_full_match(${x}, ${pattern})`,
  regexContains: (x, pattern) => sql`regexp_matches(${x}, ${pattern})`,
  regexReplace: (x, pattern, replacement) => sql`regexp_replace(${x}, ${pattern}, ${replacement}, 'g')`,
  regexExtract: (x, pattern, group) => sql`regexp_extract(${x}, ${pattern}, ${raw(String(Math.trunc(group)))})`,
  length: (x) => sql`length(${x})`,
  // trim looks up the Unicode class of every character; most cells are ASCII without blanks around them.
  bare: (x) =>
    sql`case when strlen(${x}) = length(${x}) and ${x} > '!' and not suffix(${x}, ' ') then ${x} else nullif(trim(${x}), '') end`,
  nfc: (x) => sql`nfc_normalize(${x})`,
  foldText: foldWith((x) => sql`nfc_normalize(${x})`),
  md5: (x) => sql`md5(${x})`,
  hexNumber: (x) => sql`cast(concat('0x', ${x}) as bigint)`,
  unnestSplit: (x, separator) => sql`unnest(string_split(${x}, ${separator}))`,
  timeSeries: (from, to, unit: DateUnit) =>
    sql`(select unnest(generate_series(${timestamp(from)}, ${timestamp(to)}, ${interval(1, unit)})) as "at")`,
  levenshtein: (a, b) => sql`levenshtein(${a}, ${b})`,
  jaroWinkler: (a, b) => sql`jaro_winkler_similarity(${a}, ${b})`,
  page: (limit, offset) => raw(`limit ${Math.trunc(limit)} offset ${Math.trunc(offset)}`),
  now: () => sql`cast(now() at time zone 'UTC' as timestamp)`,
}
