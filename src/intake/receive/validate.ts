import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import type { Text } from '../../base/text.ts'
import { fillText } from '../../base/text.ts'
import type { Ground } from '../../governance/index.ts'
import type { FileReader, ReadPlan } from '../../sources/index.ts'
import { id, join, sql, type Row } from '../../warehouse/index.ts'
import type { Judge, Mapping } from '../contract.ts'
import { flag } from '../mapping/compile.ts'
import { compileFor, dropTemps, makeRows } from '../project/load.ts'
import { temp } from '../project/names.ts'
import { domainOf } from '../schema/index.ts'
import { messageOf } from './messages.ts'

export interface ValidateInput {
  readonly path: string
  readonly plan: ReadPlan
  readonly mapping: Mapping
  /** At most the rows of an inspection's sample. */
  readonly rows?: number
}

type Outcome = 'quarantine' | 'tag' | 'nullify' | 'reject'

export interface Validation {
  rows: {
    row: number
    values: Record<string, unknown>
    issues: { field?: string; rule: string; message: Text; outcome: Outcome }[]
  }[]
  counts: { rows: number; ok: number; quarantined: number; tagged: number }
  problems: Text[]
}

/** The first rows through the very statements of an import; nothing is stored. */
export async function validate(
  ground: Ground,
  deps: { reader: FileReader; judge: Judge },
  input: ValidateInput,
): Promise<Validation> {
  const inspection = await deps.reader.inspect(input.path, input.plan)
  const sample = inspection.sample.slice(0, input.rows ?? 100)
  const names = inspection.plan.columns
  const columns = names.map((name, i) => ({ name, staged: `c${i}` }))
  const mapping = compileFor(input.mapping, columns, deps.judge, 'preview', ground.zone)
  if (sample.length === 0 || mapping.fields.length === 0)
    return { rows: [], counts: { rows: 0, ok: 0, quarantined: 0, tagged: 0 }, problems: problemsOf(input.mapping) }

  const dir = await mkdtemp(joinPath(ground.home, 'tmp', 'validate-'))
  try {
    const path = joinPath(dir, 'sample.csv')
    const lines = sample.map((row, i) => [String(i + 1), ...names.map((_, c) => row[c] ?? null)].map(quoted).join(','))
    await writeFile(path, `${lines.join('\n')}\n`)
    const found = await ground.warehouse.transaction(async (writer) => {
      await writer.stage(temp.stage, [
        {
          path,
          format: 'csv',
          columns: ['_row', ...columns.map((c) => c.staged)],
          delimiter: ',',
          skipLines: 0,
          rows: sample.length,
          rowColumn: '_row',
        },
      ])
      await makeRows(writer, [{ batch: 0, path: 'preview' }], mapping)
      const rows = await writer.query<Row>(sql`select "_row", "_skip", "_issue", ${join(
        mapping.rules.map((_, i) => sql`${flag(i)},`),
        ' ',
      )} ${join(mapping.fields.map((f) => id(f)))}
from ${id(temp.rows)} order by "_row"`)
      await dropTemps(writer)
      return rows
    })
    const kept = found.filter((r) => !r._skip)
    const rows = kept.map((r) => ({
      row: Number(r._row),
      values: Object.fromEntries(mapping.fields.map((f) => [f, r[f] ?? null])),
      issues: issuesOf(r, mapping, sample[Number(r._row) - 1]!, names, input.mapping),
    }))
    const held = rows.filter((r) => r.issues.some((i) => i.outcome === 'quarantine' || i.outcome === 'reject')).length
    const tagged = rows.filter((r) => r.issues.some((i) => i.outcome === 'tag')).length
    return {
      rows,
      counts: { rows: rows.length, ok: rows.filter((r) => r.issues.length === 0).length, quarantined: held, tagged },
      problems: problemsOf(input.mapping),
    }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

function issuesOf(
  r: Row,
  mapping: ReturnType<typeof compileFor>,
  cells: readonly (string | null)[],
  names: readonly string[],
  how: Mapping,
): Validation['rows'][number]['issues'] {
  const title = (f: string | undefined): Text | undefined => (f ? mapping.domain.fields[f]?.text : undefined)
  const cell = (f: string | undefined): string => {
    const column = f ? how.fields[f]?.column : undefined
    return column ? (cells[names.indexOf(column)] ?? '') : f ? String(r[f] ?? '') : ''
  }
  const types = r._issue ? String(r._issue).split(',') : []
  const codes: Record<string, string> = {
    int: 'not_a_whole_number',
    bigint: 'not_a_whole_number',
    double: 'not_a_number',
    decimal: 'not_a_number',
    date: 'not_a_date',
    timestamp: 'not_a_date',
    bool: 'not_a_yes_or_no',
    json: 'not_json',
  }
  return [
    ...types.map((f) => ({
      field: f,
      rule: 'type',
      message: messageOf(codes[mapping.domain.fields[f]!.type] ?? 'not_a_number', {}, title(f)),
      outcome: 'quarantine' as const,
    })),
    ...mapping.rules.flatMap((rule, i) =>
      r[`_r${i}`]
        ? [
            {
              ...(rule.field ? { field: rule.field } : {}),
              rule: rule.id,
              message: fillText(rule.text, {
                value: cell(rule.field),
                field: title(rule.field)?.en ?? rule.field ?? '',
              }),
              outcome: rule.onFail,
            },
          ]
        : [],
    ),
  ]
}

/** What is missing in the mapping as a whole. */
function problemsOf(mapping: Mapping): Text[] {
  const domain = domainOf(mapping.dataset)
  const has = (f: string): boolean => Object.hasOwn(mapping.fields, f)
  const problems: Text[] = []
  if (Object.keys(mapping.fields).length === 0)
    problems.push({ zh: '尚未映射任何字段。', en: 'No field is mapped yet.' })
  const missing = domain.keyFields.filter((f) => !has(f))
  if (missing.length && missing.length === domain.keyFields.length) {
    const names = (l: 'zh' | 'en'): string =>
      missing.map((f) => domain.fields[f]!.text[l]).join(l === 'zh' ? '、' : ', ')
    problems.push({ zh: `关键字段均未映射：${names('zh')}。`, en: `None of the key fields is mapped: ${names('en')}.` })
  }
  if (
    domain.fields.customer_id &&
    !['customer_id', 'phone', 'email', 'member_no', 'openid', 'unionid', 'order_id'].some(has)
  )
    problems.push({
      zh: '没有映射任何可识别客户的字段（客户编号、手机号或邮箱），这些记录无法归到客户。',
      en: 'No field that identifies a customer (id, phone or e-mail) is mapped: these records cannot be linked to customers.',
    })
  return problems
}

function quoted(cell: string | null): string {
  return cell === null ? '' : `"${cell.replaceAll('"', '""')}"`
}
