import type { Config, SourceConfig } from './config.ts'
import { expandPath } from './config.ts'
import { canonicalJson } from './base/ids.ts'
import { ConfigError } from './base/errors.ts'
import type { Definitions } from './governance/index.ts'
import { domainNames, type DomainName, type FieldMapping, type Intake, type Mapping } from './intake/index.ts'
import type { Quality } from './quality/index.ts'
import type { Segments } from './segments/index.ts'
import type { Period } from './river.ts'

export interface ConfigPlace {
  readonly file: string
  readonly variables: Readonly<Record<string, string | undefined>>
}

/**
 * Files are one door to definitions, the web app another; both write the same versioned records. A definition is
 * written only when it differs from the one in force, so that running a project twice changes nothing.
 * @throws ConfigError config_invalid
 */
export async function applyConfig(
  config: Config,
  place: ConfigPlace,
  to: { definitions: Definitions; intake: Intake; quality: Quality; segments: Segments },
): Promise<void> {
  const by = { actor: 'config', why: place.file.split(/[/\\]/).at(-1) }
  const same = (kind: Parameters<Definitions['get']>[0], id: string, value: unknown): boolean => {
    const now = to.definitions.get(kind, id)
    return now !== undefined && canonicalJson(now.value) === canonicalJson(JSON.parse(JSON.stringify(value)))
  }
  const put = async (kind: Parameters<Definitions['get']>[0], id: string, value: unknown): Promise<void> => {
    if (!same(kind, id, value)) await to.definitions.put(kind, id, value, by)
  }

  for (const [id, source] of Object.entries(config.sources)) {
    await to.intake.putSource(id, sourceOf(id, source, config, place), by)
  }
  if (config.quality.length) await to.quality.putConfigRules(config.quality, { file: place.file }, by)
  for (const [name, segment] of Object.entries(config.segments)) {
    const rule = typeof segment === 'string' ? segment : segment.rule
    const text = typeof segment === 'string' ? undefined : { zh: segment.zh ?? name, en: segment.en ?? name }
    const before = to.definitions.get<{ rule?: string; text?: unknown; source?: string }>('segment', name)?.value
    // The stored rule is the printed form of the tree; the text as written is kept beside the comparison here.
    if (to.definitions.get<string>('setting', `segment-text:${name}`)?.value === rule && before) continue
    await to.segments.put(name, { rule, text }, by)
    await put('setting', `segment-text:${name}`, rule)
  }
  for (const [field, how] of Object.entries(config.profiles?.survivorship ?? {})) await put('survivorship', field, how)
  await put('setting', 'workspace', { zone: config.zone, currency: config.currency })
  await put('setting', 'period', { asOf: config.insight.asOf, windowDays: config.insight.windowDays })
}

function sourceOf(
  id: string,
  source: SourceConfig,
  config: Config,
  place: ConfigPlace,
): Parameters<Intake['putSource']>[1] {
  if (!domainNames.includes(source.as as DomainName)) {
    throw new ConfigError('config_invalid', {
      file: place.file,
      line: 0,
      problem: `sources.${id}.as: ${source.as}`,
      hint: `Known / 可用: ${domainNames.join(', ')}`,
    })
  }
  const mapping: Mapping | undefined = source.map && {
    dataset: source.as as DomainName,
    space: source.space ?? id,
    fields: Object.fromEntries(
      Object.entries(source.map).map(([field, from]): [string, FieldMapping] => [
        field,
        typeof from === 'string' ? { column: from } : from,
      ]),
    ),
    key: source.key,
    where: source.where,
    zone: source.zone ?? config.zone,
    currency: source.currency ?? config.currency,
    ...(source.phoneCountry ? { phoneCountry: source.phoneCountry } : {}),
  }
  return {
    connector: source.connector,
    config: {
      path: expandPath(source.path, place.variables, place.file),
      include: source.include,
      exclude: source.exclude,
    },
    dataset: source.as as DomainName,
    space: source.space ?? id,
    key: source.key,
    zone: source.zone ?? config.zone,
    currency: source.currency ?? config.currency,
    read: source.read,
    mapping,
    watch: source.watch,
    schedule: source.schedule,
  }
}

/** The period in force: what the project says, else a year that ends today. */
export function periodOf(definitions: Definitions, today: string): Period {
  const set = definitions.get<Partial<Period>>('setting', 'period')?.value
  return { asOf: set?.asOf ?? today, windowDays: set?.windowDays ?? 365 }
}
