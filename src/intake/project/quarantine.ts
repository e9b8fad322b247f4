import { md5 } from '../../base/normalise.ts'
import { id, join, raw, sql, type Sql, type Writer } from '../../warehouse/index.ts'
import { flag, type CompiledMapping } from '../mapping/compile.ts'
import { quarantineTable } from '../tables.ts'
import { writeBatches, type Unread } from './batches.ts'
import type { Prepared } from './files.ts'
import { temp } from './names.ts'
import type { Loading } from './loading.ts'

/** Characters of a raw row, and of a value, that are kept for reading; the whole row stays in the lake. */
const rawLimit = 10_000
const valueLimit = 1_000

const codes: Readonly<Record<string, string>> = {
  int: 'not_a_whole_number',
  bigint: 'not_a_whole_number',
  double: 'not_a_number',
  decimal: 'not_a_number',
  date: 'not_a_date',
  timestamp: 'not_a_date',
  bool: 'not_a_yes_or_no',
  json: 'not_json',
}

/** Write the held rows of `intake_rows`: one entry per field that could not be cast and per rule that failed. */
export async function holdRows(
  mapping: CompiledMapping,
  columns: readonly { name: string; staged: string }[],
  source: string,
  writer: Writer,
): Promise<void> {
  const rows = id(temp.rows)
  const held = sql`m."_held" and not m."_skip" and not exists (select 1 from ${id(temp.out)} as o where o."_file" = m."_file" and o."_row" = m."_row" and o.why = 'dup')`
  const [any] = await writer.query<{ n: number }>(
    sql`select count(*) as n from ${rows} as m where m."_held" and not m."_skip"`,
  )
  if (!any!.n) return
  const cells = jsonObject(columns.map((c): [string, Sql] => [c.name, sql`s.${id(c.staged)}`]))
  const insert = (
    rule: string,
    field: string | undefined,
    code: string,
    params: Sql,
    value: Sql,
    which: Sql,
  ): Promise<number> =>
    writer.run(sql`insert into quarantine (batch, row, source, dataset, rule, field, value, code, params, record_key, content_hash, raw, state)
select f.batch, m."_row", ${source}, ${mapping.domain.name}, ${rule}, ${field ?? null}, substr(${value}, 1, ${raw(String(valueLimit))}), ${code}, ${params},
  coalesce(c.record_key, m."_key"), m."_hash", substr(cast(${cells} as varchar), 1, ${raw(String(rawLimit))}), 'open'
from ${rows} as m
join ${id(temp.files)} as f on f."_file" = m."_file"
join ${id(temp.stage)} as s on s."_file" = m."_file" and s."_row" = m."_row"
left join ${id(temp.copies)} as c on c."_file" = m."_file" and c."_row" = m."_row"
where ${held} and ${which}`)
  const valueOf = (field: string | undefined): Sql => {
    if (!field || !mapping.fields.includes(field)) return sql`cast(null as varchar)`
    return sql`coalesce(${mapping.text(field)}, cast(m.${id(field)} as varchar))`
  }

  const issues = await writer.query<{ issue: string }>(
    sql`select distinct "_issue" as issue from ${rows} where "_issue" is not null and not "_skip"`,
  )
  const failing = new Set(issues.flatMap((i) => i.issue.split(',')))
  for (const field of mapping.typed.filter((f) => failing.has(f))) {
    const type = mapping.domain.fields[field]!.type
    const value = valueOf(field)
    const params = jsonObject([['field', sql`${field}`]])
    await insert(
      'type',
      field,
      codes[type] ?? 'not_a_number',
      params,
      value,
      sql`concat(',', m."_issue", ',') like ${`%,${field},%`}`,
    )
  }
  for (const [i, rule] of mapping.rules.entries()) {
    if (rule.onFail !== 'quarantine' && rule.onFail !== 'reject') continue
    const value = valueOf(rule.field)
    const params = jsonObject([
      ['rule', sql`${rule.id}`],
      ['version', sql`cast(${rule.version} as integer)`],
      ['field', sql`${rule.field ?? null}`],
      ['zh', sql`${rule.text.zh}`],
      ['en', sql`${rule.text.en}`],
    ])
    await insert(rule.id, rule.field, 'rule_failed', params, value, sql`m.${flag(i)}`)
  }
}

/** Rows that could not be read at all: their raw text is all there is. The same raw text at the same path is a duplicate. */
export async function holdUnread(
  run: readonly Prepared[],
  mapping: CompiledMapping,
  writer: Writer,
): Promise<Unread[]> {
  const unread: Unread[] = []
  for (const p of run) {
    const bad = p.file!.bad
    if (bad.length === 0) continue
    const { source, path } = p.manifest
    const taken = await writer.query<{ record_key: string }>(sql`select q.record_key from quarantine as q
where q.rule = 'read' and q.batch in (select b.batch from batch as b where b.source = ${source} and b.path = ${path} and b.undone_at is null)`)
    const known = new Set(taken.map((t) => t.record_key))
    const seen = new Map<string, number>()
    const fresh = bad.flatMap((b, i) => {
      const hash = md5(b.raw)
      const n = (seen.get(hash) ?? 0) + 1
      seen.set(hash, n)
      const key = md5(`${source}|${path}|${hash}|${n}`)
      if (known.has(key)) return []
      // Without a row number the line tells the place, below zero so that it is never taken for a row.
      const row = b.row > 0 ? b.row : -(b.line || i + 1)
      const params = JSON.stringify({ ...b.params, line: b.line, bytes: b.rawBytes })
      return [
        [
          p.batch,
          row,
          source,
          mapping.domain.name,
          'read',
          null,
          null,
          b.code,
          params,
          key,
          hash,
          b.raw.slice(0, rawLimit),
          'open',
        ],
      ]
    })
    await writer.append(quarantineTable, quarantineColumns, fresh)
    unread.push({ batch: p.batch, quarantined: fresh.length, duplicate: bad.length - fresh.length })
  }
  return unread
}

/** A file that could not be taken apart: one entry that says why; the batch has no rows. */
export async function holdFailures(failed: readonly Prepared[], { writer }: Pick<Loading, 'writer'>): Promise<void> {
  await writer.append(
    quarantineTable,
    quarantineColumns,
    failed.map((p) => {
      const { source, mapping, path } = p.manifest
      const text = p.failure!.text
      const params = JSON.stringify({ file: path, error: p.failure!.code, zh: text.zh, en: text.en })
      return [p.batch, 0, source, mapping.dataset, 'file', null, null, 'file_failed', params, null, null, path, 'open']
    }),
  )
  for (const p of failed) await writeBatches([p], [], [], p.manifest.mapping.space ?? p.manifest.source, writer)
}

const quarantineColumns = [
  'batch',
  'row',
  'source',
  'dataset',
  'rule',
  'field',
  'value',
  'code',
  'params',
  'record_key',
  'content_hash',
  'raw',
  'state',
]

/** Intake loads only into engines that can stage files, and those know `json_object`. */
function jsonObject(pairs: readonly (readonly [string, Sql])[]): Sql {
  return sql`json_object(${join(pairs.map(([name, value]) => sql`${name}, ${value}`))})`
}
