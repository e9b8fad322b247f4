import { Cron } from 'croner'
import { canonicalJson } from '../../base/ids.ts'
import { ConfigError, InputError } from '../../base/errors.ts'
import type { Definitions } from '../../governance/index.ts'
import type { Connector, ReadPlan } from '../../sources/index.ts'
import type { DomainName, Mapping } from '../contract.ts'
import { domainOf } from '../schema/index.ts'

/** A source as it is defined; its mapping is a definition of its own, with versions of its own. */
export interface SourceDefinition {
  readonly connector: string
  readonly config: Readonly<Record<string, unknown>>
  /** Told by the configuration; without it the first file decides. */
  readonly dataset?: DomainName
  readonly space?: string
  readonly key?: readonly string[]
  readonly zone?: string
  readonly currency?: string
  /** Overrides of what is detected in the files. */
  readonly read?: Readonly<Partial<Record<keyof ReadPlan, unknown>>>
  readonly watch?: boolean
  /** Cron expression in the workspace's time zone. */
  readonly schedule?: string
  readonly paused?: boolean
  readonly pausedBy?: string
}

/** What a door gives: the definition and, when it has one, the mapping. */
export type SourceInput = Omit<SourceDefinition, 'paused' | 'pausedBy'> & { readonly mapping?: Mapping }

export interface By {
  readonly actor: string
  readonly why?: string
}

/** Connectors by name. */
export type Connectors = readonly Connector[]

export function connectorOf(connectors: Connectors, name: string): Connector {
  const found = connectors.find((c) => c.name === name)
  if (!found)
    throw new ConfigError('unknown_connector', { connector: name, known: connectors.map((c) => c.name).join(', ') })
  return found
}

/**
 * Write a source and its mapping when they differ from those in force.
 * @throws ConfigError unknown_connector, source_config, bad_schedule
 * @throws InputError unknown_dataset, unknown_field
 */
export async function putSource(
  definitions: Definitions,
  connectors: Connectors,
  id: string,
  input: SourceInput,
  by: By,
): Promise<SourceDefinition> {
  const { mapping, ...given } = input
  // An upload has no place to look at again: nothing to configure.
  if (given.connector !== 'upload') connectorOf(connectors, given.connector).configure(tidy(given.config))
  if (given.dataset) domainOf(given.dataset)
  if (given.schedule) checkSchedule(id, given.schedule)
  if (mapping) checkMapping(mapping)
  const before = definitions.get<SourceDefinition>('source', id)?.value
  const value = tidy({
    ...given,
    config: tidy(given.config),
    paused: before?.paused,
    pausedBy: before?.pausedBy,
  }) as unknown as SourceDefinition
  if (!before || canonicalJson(before) !== canonicalJson(value)) await definitions.put('source', id, value, by)
  if (mapping) await putMapping(definitions, id, mapping, by)
  return value
}

/** The version in force afterwards. */
export async function putMapping(definitions: Definitions, id: string, mapping: Mapping, by: By): Promise<number> {
  checkMapping(mapping)
  const value = tidy(mapping as unknown as Record<string, unknown>) as unknown as Mapping
  const before = definitions.get<Mapping>('mapping', id)
  if (before && canonicalJson(before.value) === canonicalJson(value)) return before.version
  return (await definitions.put('mapping', id, value, by)).version
}

function checkMapping(mapping: Mapping): void {
  const domain = domainOf(mapping.dataset)
  for (const field of Object.keys(mapping.fields))
    if (!Object.hasOwn(domain.fields, field))
      throw new InputError('unknown_field', {
        field,
        dataset: domain.name,
        known: Object.keys(domain.fields).join(', '),
      })
}

function checkSchedule(source: string, schedule: string): void {
  try {
    new Cron(schedule, { paused: true }).stop()
  } catch (cause) {
    throw new ConfigError(
      'bad_schedule',
      { source, schedule, problem: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    )
  }
}

/** Without keys that are undefined: what is stored and read again is equal. */
function tidy(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>
}
