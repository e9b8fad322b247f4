import { stat } from 'node:fs/promises'
import type { Text } from '../../../base/text.ts'
import { InputError } from '../../../base/errors.ts'
import type { Inspection, ReadPlan } from '../../contract.ts'
import type { ReadLimits } from '../../limits.ts'
import { nameColumns } from '../columns.ts'
import { samplePieces } from '../sample.ts'
import { inferColumns } from '../types/columns.ts'
import { readDocument, recordPaths, recordsAt } from './document.ts'
import { flatten, isRecord, type JsonRecord } from './flatten.ts'
import { textLines } from './lines.ts'
import { parseJson } from './parse.ts'

/** Column for keys that were not seen when the file was inspected: a JSON object as text, so that nothing is lost. */
export const otherColumn = '_other'
const ndjsonWhole = 16 * 1024 * 1024
const inferRows = 5_000

export async function inspectJson(
  path: string,
  name: string,
  format: 'json' | 'ndjson',
  choice: Partial<ReadPlan>,
  limits: ReadLimits,
): Promise<Inspection> {
  if (format === 'ndjson') return inspectLines(path, name, choice, limits)
  const document = await readDocument(path, name, limits)
  const paths = recordPaths(document)
  const at = choice.recordsAt ?? paths[0] ?? ''
  const records = recordsAt(document, at)
  if (!records || (!paths.length && !isRecord(document)))
    throw new InputError('not_a_table', {
      file: name,
      problem: at ? `no records at "${at}" (known: ${paths.join(', ') || '-'})` : 'the JSON holds no objects',
    })
  const objects = records.filter(isRecord)
  return {
    ...describe(name, objects, objects.length, records.length, choice, limits, true),
    ...(paths.length > 1 ? { choices: { recordsAt: paths } } : {}),
    ...at_(format, at, objects, choice, limits),
    reasons: [
      at
        ? { zh: `JSON：记录位于 ${at}，共 ${records.length} 条`, en: `JSON: ${records.length} records at ${at}` }
        : { zh: `JSON：${records.length} 条记录`, en: `JSON: ${records.length} records` },
    ],
    head:
      JSON.stringify(document)
        .slice(0, 4000)
        .match(/.{1,200}/gsu) ?? [],
  }
}

function at_(
  format: 'json',
  at: string,
  objects: readonly JsonRecord[],
  choice: Partial<ReadPlan>,
  limits: ReadLimits,
): { plan: ReadPlan } {
  return { plan: { format, recordsAt: at, columns: choice.columns ?? columnsOf(objects, limits).names } }
}

async function inspectLines(
  path: string,
  name: string,
  choice: Partial<ReadPlan>,
  limits: ReadLimits,
): Promise<Inspection> {
  const { size } = await stat(path)
  const objects: JsonRecord[] = []
  const keys = new Map<string, true>()
  const head: string[] = []
  let lines = 0
  let bad = 0
  let seen = 0
  for await (const batch of textLines(path, limits.recordBytes)) {
    for (const line of batch) {
      lines++
      seen += line.bytes + 1
      if (head.length < 20) head.push(line.text.slice(0, 1000))
      const record = line.problem ? undefined : parseLine(line.text)
      if (!record) bad++
      else {
        for (const key of flatten(record).keys()) keys.set(key, true)
        if (objects.length < inferRows) objects.push(record)
      }
    }
    if (seen > ndjsonWhole) break
  }
  if (!objects.length) throw new InputError('not_a_table', { file: name, problem: 'no line is a JSON object' })
  const whole = seen >= size - 3 || seen <= ndjsonWhole
  if (!whole) {
    // keys that come up only later in the file
    for (const piece of (await samplePieces(path)).pieces) {
      for (const line of piece.bytes.toString('utf8').split('\n').slice(1, -1)) {
        const record = parseLine(line)
        if (record) for (const key of flatten(record).keys()) keys.set(key, true)
      }
    }
  }
  const rest = describe(name, objects, lines - bad, lines, choice, limits, whole, [...keys.keys()])
  return {
    ...rest,
    reasons: [
      {
        zh: `NDJSON：${lines} 行中 ${lines - bad} 行是 JSON 对象`,
        en: `NDJSON: ${lines - bad} of ${lines} lines are JSON objects`,
      },
    ],
    head,
    estimatedRows: whole ? lines : Math.round((lines * size) / seen),
  }
}

export function parseLine(text: string): JsonRecord | undefined {
  try {
    const value = parseJson(text.replace(/,\s*$/, ''))
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function columnsOf(
  objects: readonly JsonRecord[],
  limits: ReadLimits,
  known?: readonly string[],
): { names: readonly string[]; keys: readonly string[]; deep: boolean; warnings: Inspection['warnings'] } {
  let keys = known ?? [...new Set(objects.flatMap((o) => [...flatten(o).keys()]))]
  const deep = keys.length <= limits.columns
  if (!deep) keys = [...new Set(objects.flatMap((o) => Object.keys(o)))]
  return { ...nameColumns(keys), keys, deep }
}

function describe(
  name: string,
  objects: readonly JsonRecord[],
  good: number,
  rows: number,
  choice: Partial<ReadPlan>,
  limits: ReadLimits,
  whole: boolean,
  known?: readonly string[],
): Omit<Inspection, 'reasons' | 'head'> {
  const { names, keys, deep, warnings } = columnsOf(objects, limits, known)
  if (names.length > limits.columns)
    throw new InputError('too_many_columns', { file: name, columns: names.length, limit: limits.columns })
  const columns = choice.columns ?? (whole ? names : [...names, otherColumn])
  const sample = objects.slice(0, inferRows).map((o) => {
    const cells = flatten(o, deep)
    return keys.map((k) => cells.get(k) ?? null)
  })
  const inferred = inferColumns(names, sample)
  const more: { code: string; text: Text }[] = []
  if (good < rows)
    more.push({
      code: 'bad_rows',
      text: {
        zh: `${rows - good} 条不是 JSON 对象，会进入隔离区。`,
        en: `${rows - good} entries are no JSON objects; they go to quarantine.`,
      },
    })
  return {
    plan: { format: 'ndjson', columns },
    warnings: [...warnings, ...inferred.warnings, ...more],
    columns:
      columns.length > names.length
        ? [
            ...inferred.columns,
            { name: otherColumn, type: 'json', confidence: 0, missing: sample.length, distinct: 0, examples: [] },
          ]
        : inferred.columns,
    sample: sample.slice(0, 100),
    estimatedRows: rows,
  }
}
