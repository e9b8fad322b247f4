import { bodyOf, jsonRecord, type Journal, type StoredRecord } from '../journal/index.ts'
import type { Defined, DefinitionKind, Definitions } from './contract.ts'

/** Version of the body's format. */
const format = 1
const kinds = ['definition.put', 'definition.remove'] as const

interface Body {
  readonly kind: DefinitionKind
  readonly id: string
  readonly value?: unknown
  readonly why?: string
}

/** The fold of the definitions topic: the journal is written first, then memory, so that both always agree. */
export interface DefinitionStore extends Definitions {
  /** Read the journal; call once, before anything else. */
  load(): Promise<void>
}

export function definitionStore(options: {
  readonly journal: Journal
  readonly clock: () => number
  readonly workspace: string
}): DefinitionStore {
  const { journal, clock, workspace } = options
  const histories = new Map<DefinitionKind, Map<string, Defined<unknown>[]>>()
  let revision = 0
  // One at a time: the order in memory is the order in the journal.
  let queue: Promise<unknown> = Promise.resolve()

  const of = (kind: DefinitionKind, id: string): Defined<unknown>[] => histories.get(kind)?.get(id) ?? []

  const fold = (record: Pick<StoredRecord, 'header' | 'position'>, body: Body): Defined<unknown> => {
    if (!histories.has(body.kind)) histories.set(body.kind, new Map())
    const history = of(body.kind, body.id)
    histories.get(body.kind)!.set(body.id, history)
    const defined: Defined<unknown> = {
      id: body.id,
      version: history.length + 1,
      value: record.header.kind === 'definition.remove' ? undefined : frozen(body.value),
      position: record.position,
      at: record.header.time,
      actor: record.header.actor ?? '',
      ...(body.why ? { why: body.why } : {}),
    }
    history.push(defined)
    revision = record.position
    return defined
  }

  const append = (kind: (typeof kinds)[number], body: Body, actor: string): Promise<Defined<unknown>> => {
    const result = queue.then(async () => {
      const header = { topic: 'definitions', kind, format, time: clock(), workspace, actor } as const
      const record = jsonRecord(header, body)
      const position = await journal.append([record])
      // What a reload would read, not the caller's object: it may change later.
      return fold({ header, position }, bodyOf<Body>(record))
    })
    queue = result.catch(() => undefined)
    return result
  }

  const current = <T>(kind: DefinitionKind, id: string): Defined<T> | undefined => {
    const last = of(kind, id).at(-1)
    return last?.value === undefined ? undefined : (last as Defined<T>)
  }

  return {
    load: async () => {
      for await (const batch of journal.read(0, { topics: ['definitions'] }))
        for (const record of batch)
          if ((kinds as readonly string[]).includes(record.header.kind)) fold(record, bodyOf<Body>(record))
    },
    put: async <T>(kind: DefinitionKind, id: string, value: T, by: { actor: string; why?: string }) =>
      (await append('definition.put', { kind, id, value, why: by.why }, by.actor)) as Defined<T>,
    remove: async (kind, id, by) => {
      if (current(kind, id)) await append('definition.remove', { kind, id, why: by.why }, by.actor)
    },
    get: current,
    list: <T>(kind: DefinitionKind) =>
      [...(histories.get(kind)?.keys() ?? [])].sort().flatMap((id) => current<T>(kind, id) ?? []),
    history: <T>(kind: DefinitionKind, id: string) => [...of(kind, id)] as Defined<T>[],
    version: <T>(kind: DefinitionKind, id: string, version: number) =>
      of(kind, id)[version - 1]?.value as T | undefined,
    asOf: <T>(kind: DefinitionKind, position: number) =>
      [...(histories.get(kind) ?? [])]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, history]) => {
          const then = history.findLast((d) => d.position <= position)
          return then?.value === undefined ? [] : [then as Defined<T>]
        }),
    revision: () => revision,
  }
}

function frozen(value: unknown): unknown {
  if (value !== null && typeof value === 'object') {
    for (const item of Object.values(value)) frozen(item)
    Object.freeze(value)
  }
  return value
}
