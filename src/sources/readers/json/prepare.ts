import type { BadRow, PreparedFile, ReadPlan } from '../../contract.ts'
import { InputError } from '../../../base/errors.ts'
import type { ReadLimits } from '../../limits.ts'
import { canonicalWriter, type CanonicalWriter } from '../canonical.ts'
import { readDocument, recordsAt } from './document.ts'
import { cellText, columnOfKey, isRecord, nests, type JsonRecord } from './flatten.ts'
import { otherColumn, parseLine } from './inspect.ts'
import { textLines } from './lines.ts'

interface Entry {
  readonly row: number
  readonly line: number
  readonly raw: string
  readonly bytes: number
  readonly record?: JsonRecord
  readonly code: BadRow['code']
}

/** The data rows of a JSON document or of NDJSON, in order; entries that are no objects come without `record`. */
async function* entries(
  path: string,
  name: string,
  plan: ReadPlan,
  limits: ReadLimits,
  signal?: AbortSignal,
): AsyncGenerator<Entry[]> {
  let row = 0
  if (plan.format === 'json') {
    const records = recordsAt(await readDocument(path, name, limits), plan.recordsAt ?? '')
    if (!records) throw new InputError('not_a_table', { file: name, problem: `no records at "${plan.recordsAt}"` })
    for (let i = 0; i < records.length; i += 1000) {
      signal?.throwIfAborted()
      yield records.slice(i, i + 1000).map((record): Entry => {
        row++
        if (isRecord(record)) return { row, line: 0, raw: '', bytes: 0, record, code: 'not_json' }
        const raw = JSON.stringify(record) ?? ''
        return { row, line: 0, raw, bytes: Buffer.byteLength(raw), code: 'not_json' }
      })
    }
    return
  }
  for await (const batch of textLines(path, limits.recordBytes, signal)) {
    yield batch.map((line): Entry => {
      row++
      const code =
        line.problem === 'too_long'
          ? 'line_too_long'
          : line.problem === 'encoding' || line.text.includes('\ufffd')
            ? 'invalid_encoding'
            : 'not_json'
      const record = line.problem || code === 'invalid_encoding' ? undefined : parseLine(line.text)
      return { row, line: line.line, raw: line.text, bytes: line.bytes, record, code }
    })
  }
}

export async function prepareJson(
  path: string,
  name: string,
  plan: ReadPlan,
  workDir: string,
  limits: ReadLimits,
  signal?: AbortSignal,
): Promise<PreparedFile> {
  const writer: CanonicalWriter = await canonicalWriter(workDir, plan.columns)
  const cells = cellsOf(plan.columns)
  const bad: BadRow[] = []
  try {
    for await (const batch of entries(path, name, plan, limits, signal)) {
      for (const entry of batch) {
        if (!entry.record) {
          const keep = bad.length < 1000 ? limits.rawChars : 200
          bad.push({
            row: entry.row,
            line: entry.line,
            raw: entry.raw.slice(0, keep),
            rawBytes: entry.bytes,
            code: entry.code,
            params:
              entry.code === 'line_too_long' ? { bytes: entry.bytes, limit: limits.recordBytes } : { line: entry.line },
          })
          if (bad.length > limits.badRows && bad.length * 2 > entry.row)
            throw new InputError('mostly_unreadable', {
              file: name,
              bad: bad.length,
              rows: entry.row,
              code: entry.code,
            })
          continue
        }
        writer.row(entry.row, cells(entry.record))
      }
      await writer.drain()
    }
    return await writer.finish(bad)
  } catch (error) {
    await writer.abort()
    throw error
  }
}

/** A key at its place in the records: which column it fills, and the keys below it. */
interface Slot {
  readonly name: string
  readonly at: number | undefined
  readonly below: Map<string, Slot>
}

/**
 * The cells of one record after the other, as `flatten` names them. Millions of records share a handful of shapes: each
 * key's column is found once, and no text is put together per record.
 */
function cellsOf(columns: readonly string[]): (record: JsonRecord) => (string | null)[] {
  const place = columnOfKey(columns)
  const known = new Set(columns)
  const other = columns.indexOf(otherColumn)
  const shapes = new Map<string, Slot>()
  let record: JsonRecord = {}
  let cells: (string | null)[] = []
  let rest: Record<string, string | null> | undefined

  const put = ({ name, at }: Slot, value: string | null): void => {
    if (at !== undefined) {
      cells[at] = value
      return
    }
    if (name.includes('.')) {
      // a plan without flattening holds the object itself under its top key
      const top = name.slice(0, name.indexOf('.'))
      const whole = known.has(top) && typeof record[top] === 'object' ? place(top) : undefined
      if (whole !== undefined) {
        cells[whole] = JSON.stringify(record[top])
        return
      }
    }
    if (other < 0) return
    if (value !== null) (rest ??= {})[name] = value
    else if (rest) delete rest[name]
  }

  const enter = (value: JsonRecord, slots: Map<string, Slot>, prefix: string, depth: number): void => {
    for (const key of Object.keys(value)) {
      let slot = slots.get(key)
      if (!slot) slots.set(key, (slot = { name: prefix + key, at: place(prefix + key), below: new Map() }))
      const v = value[key]
      if (typeof v === 'string') put(slot, v === '' ? null : v)
      else if (nests(v, depth)) enter(v as JsonRecord, slot.below, `${slot.name}.`, depth + 1)
      else put(slot, cellText(v))
    }
  }

  return (next) => {
    record = next
    cells = Array<string | null>(columns.length).fill(null)
    rest = undefined
    enter(next, shapes, '', 0)
    if (rest) cells[other] = JSON.stringify(rest)
    return cells
  }
}

export async function rawJsonRow(
  path: string,
  name: string,
  plan: ReadPlan,
  row: number,
  limits: ReadLimits,
): Promise<string | undefined> {
  for await (const batch of entries(path, name, plan, limits)) {
    const found = batch.find((e) => e.row === row)
    if (found) return found.record && !found.raw ? JSON.stringify(found.record) : found.raw
  }
  return undefined
}
