import { LineCounter, parseDocument, stringify } from 'yaml'
import { canonicalJson } from '../base/ids.ts'
import { ConfigError } from '../base/errors.ts'
import type { Definitions, DefinitionKind } from './contract.ts'

/** Accounts stay at home: their password hashes have no place in a file that is mailed around. */
const exported: readonly DefinitionKind[] = [
  'source',
  'mapping',
  'rule',
  'segment',
  'report',
  'setting',
  'survivorship',
]

/** All current definitions but accounts, as YAML: `kind: { id: value }`, in a stable order. */
export function exportDefinitions(definitions: Definitions): string {
  const all: Record<string, Record<string, unknown>> = {}
  for (const kind of exported) {
    const entries = definitions.list(kind).map((d) => [d.id, d.value] as const)
    if (entries.length) all[kind] = Object.fromEntries(entries)
  }
  return stringify(all, { lineWidth: 0, aliasDuplicateObjects: false })
}

/**
 * Put what differs from the current definitions; nothing is removed. All is checked before anything is put.
 * @returns what was put, as `kind/id`
 * @throws ConfigError config_invalid with the line
 */
export async function importDefinitions(
  definitions: Definitions,
  yaml: string,
  by: { readonly actor: string; readonly why?: string; readonly file?: string },
): Promise<string[]> {
  const file = by.file ?? 'definitions.yaml'
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true })
  const wrong = document.errors[0]
  const at = (offset: number): number => lines.linePos(offset).line
  if (wrong)
    throw new ConfigError('config_invalid', {
      file,
      line: at(wrong.pos[0]),
      problem: wrong.message.split('\n')[0],
      hint: '',
    })
  const all = (document.toJS() ?? {}) as unknown
  if (!isObject(all))
    throw new ConfigError('config_invalid', {
      file,
      line: 1,
      problem: 'kind: { id: value }',
      hint: exported.join(', '),
    })
  for (const [kind, entries] of Object.entries(all)) {
    const line = (): number => yaml.split('\n').findIndex((l) => l.startsWith(kind)) + 1
    if (!exported.includes(kind as DefinitionKind))
      throw new ConfigError('config_invalid', { file, line: line(), problem: `"${kind}"?`, hint: exported.join(', ') })
    if (!isObject(entries))
      throw new ConfigError('config_invalid', { file, line: line(), problem: `${kind}: { id: value }`, hint: '' })
  }
  const put: string[] = []
  for (const [kind, entries] of Object.entries(all as Record<DefinitionKind, Record<string, unknown>>))
    for (const [id, value] of Object.entries(entries)) {
      const now = definitions.get(kind as DefinitionKind, id)
      if (value === null || (now && canonicalJson(now.value) === canonicalJson(value))) continue
      await definitions.put(kind as DefinitionKind, id, value, by)
      put.push(`${kind}/${id}`)
    }
  return put
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
