import { InternalError, InputError } from '../../../base/errors.ts'
import type { ScanFile, Writer } from '../../contract.ts'
import { id, join, raw, sql, type Sql } from '../../sql.ts'

/**
 * Load files into a temporary text table. The scan is never left to guess: no sniffing, every column as text, `"` for
 * quote and escape; an empty cell, quoted or not, becomes null. Row numbers come from `row_number() over ()`, whose
 * streaming window makes the engine scan one file after the other in file order; the counts per file are checked
 * against what the preparation counted, so that a number can never belong to another row unnoticed.
 */
export async function stageFiles(
  writer: Pick<Writer, 'run' | 'query'>,
  name: string,
  files: readonly ScanFile[],
): Promise<void> {
  const first = files[0]
  if (!first) throw new InternalError('stage_empty', { name })
  for (const file of files)
    if (file.columns.join('\0') !== first.columns.join('\0') || file.rowColumn !== first.rowColumn)
      throw new InternalError('stage_columns_differ', { name, file: file.path })

  const groups = groupBy(files)
  const scans = groups.map((group) => numbered(group))
  await writer.run(sql`create or replace temp table ${id(name)} as ${join(scans, '\nunion all\n')}`)
  await checkCounts(writer, name, files)
}

interface Group {
  readonly kind: ScanFile
  /** Indexes into `files`. */
  readonly members: { readonly file: ScanFile; readonly index: number }[]
}

/** Files that one scan can take: equal format, delimiter and header. */
function groupBy(files: readonly ScanFile[]): Group[] {
  const groups = new Map<string, Group>()
  files.forEach((file, index) => {
    const key = `${file.format}/${file.delimiter}/${file.skipLines}`
    const group = groups.get(key) ?? { kind: file, members: [] }
    group.members.push({ file, index })
    groups.set(key, group)
  })
  return [...groups.values()]
}

function numbered(group: Group): Sql {
  const { kind, members } = group
  const place = (column: string): Sql => (kind.format === 'csv' ? id(`c${kind.columns.indexOf(column)}`) : id(column))
  const columns = kind.columns
    .filter((c) => c !== kind.rowColumn)
    .map((c) => sql`${kind.format === 'csv' ? place(c) : sql`cast(${place(c)} as varchar)`} as ${id(c)}`)
  const indexes = raw(`[${members.map((m) => m.index).join(', ')}]`)
  return sql`select ${join(columns)}, cast(${indexes}[cast(file_index as bigint) + 1] as integer) as "_file",
  cast(${rowNumber(group, place)} as bigint) as "_row"
from ${scan(group)}`
}

function rowNumber({ kind, members }: Group, place: (column: string) => Sql): Sql {
  if (kind.rowColumn) return place(kind.rowColumn)
  if (kind.format === 'parquet') return sql`file_row_number + 1`
  // Where a file begins is known from the counts of the preparation; checkCounts proves them.
  return sql`row_number() over () - ${raw(`[${startsOf(members).join(', ')}]`)}[cast(file_index as bigint) + 1]`
}

function startsOf(members: Group['members']): number[] {
  let at = 0
  return members.map(({ file }) => {
    const start = at
    at += file.rows
    return start
  })
}

function scan({ kind, members }: Group): Sql {
  const paths = sql`[${join(members.map(({ file }) => sql`${file.path}`))}]`
  if (kind.format === 'parquet') return sql`read_parquet(${paths}, file_row_number = true)`
  // Columns by place: a name such as file_index would hide the scan's own column.
  const columns = join(kind.columns.map((_, i) => sql`${id(`c${i}`)}: 'VARCHAR'`))
  return sql`read_csv(${paths}, auto_detect = false, header = false, skip = ${kind.skipLines ?? 0},
  delim = ${kind.delimiter ?? ','}, quote = '"', escape = '"', columns = {${columns}},
  null_padding = false, strict_mode = true, max_line_size = 33554432, allow_quoted_nulls = true)`
}

async function checkCounts(writer: Pick<Writer, 'query'>, name: string, files: readonly ScanFile[]): Promise<void> {
  const found = await writer.query<{ file: number; rows: number; first: number; last: number }>(
    sql`select "_file" as file, count(*) as rows, min("_row") as first, max("_row") as last from ${id(name)} group by 1`,
  )
  const byFile = new Map(found.map((f) => [f.file, f]))
  files.forEach((file, index) => {
    const got = byFile.get(index)
    const right = got ? file.rowColumn || (got.first === 1 && got.last === file.rows) : true
    if ((got?.rows ?? 0) !== file.rows || !right)
      throw new InputError('staged_rows_differ', { file: file.path, got: got?.rows ?? 0, expected: file.rows })
  })
}
