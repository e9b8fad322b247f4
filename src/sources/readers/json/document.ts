import { readFile, stat } from 'node:fs/promises'
import { InputError } from '../../../base/errors.ts'
import type { ReadLimits } from '../../limits.ts'
import { isRecord, type JsonRecord } from './flatten.ts'
import { parseJson } from './parse.ts'

/** A whole JSON document. @throws InputError json_invalid with the line, json_too_large */
export async function readDocument(path: string, name: string, limits: ReadLimits): Promise<unknown> {
  const { size } = await stat(path)
  if (size > limits.jsonBytes)
    throw new InputError('json_too_large', { file: name, bytes: size, limit: limits.jsonBytes })
  const text = (await readFile(path, 'utf8')).replace(/^\ufeff/, '')
  try {
    return parseJson(text)
  } catch (error) {
    const problem = (error as Error).message
    const at = Number(/position (\d+)/.exec(problem)?.[1] ?? text.length)
    const line = text.slice(0, at).split('\n').length
    throw new InputError('json_invalid', { file: name, line, problem: problem.slice(0, 200) }, { cause: error })
  }
}

/** Where a document holds records: paths (`data.items`, '' for the root) to arrays with objects in them, longest first. */
export function recordPaths(document: unknown): string[] {
  const found: { path: string; records: number }[] = []
  const enter = (value: unknown, path: string, depth: number): void => {
    if (Array.isArray(value)) {
      const records = value.filter(isRecord).length
      if (records || (path === '' && value.length === 0)) found.push({ path, records })
    } else if (isRecord(value) && depth < 5)
      for (const [key, v] of Object.entries(value)) enter(v, path ? `${path}.${key}` : key, depth + 1)
  }
  enter(document, '', 0)
  return found.sort((a, b) => b.records - a.records).map((f) => f.path)
}

/** The records at a path; a document that is one object is one record. Undefined when there are none. */
export function recordsAt(document: unknown, path: string): readonly unknown[] | undefined {
  let value = document
  let rest = path
  while (rest && isRecord(value)) {
    // keys may hold dots themselves: the longest key that fits wins
    const key = Object.keys(value)
      .filter((k) => rest === k || rest.startsWith(`${k}.`))
      .sort((a, b) => b.length - a.length)[0]
    if (key === undefined) return undefined
    value = (value as JsonRecord)[key]
    rest = rest.slice(key.length + 1)
  }
  if (rest) return undefined
  return Array.isArray(value) ? value : isRecord(value) ? [value] : undefined
}
