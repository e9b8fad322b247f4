import type { Text } from '../../base/text.ts'
import { InputError } from '../../base/errors.ts'
import type { Ground } from '../../governance/index.ts'
import type { FileReader } from '../../sources/index.ts'
import { id, join, sql, w, type Actor, type Row } from '../../warehouse/index.ts'
import type { DomainName, Judge, Manifest, Mapping } from '../contract.ts'
import { domainOf } from '../schema/index.ts'
import { domainTables } from '../tables.ts'
import { iso } from './batch-views.ts'
import { quarantinePage } from './quarantine-view.ts'

export interface RowLineage {
  dataset: string
  batch: number
  row: number
  source: string
  path: string
  sha256: string
  takenAt: string
  raw: string | null
  mappingVersion: number
  mapping: Mapping
  values: Record<string, unknown>
  tags: string[]
  rules: { id: string; outcome: string; message: Text }[]
}

/**
 * From a stored (or held) row to the row of the file it came from, as the actor may see it.
 * @throws InputError unknown_batch
 */
export async function rowLineage(
  ground: Ground,
  deps: { reader: FileReader; judge: Judge },
  dataset: DomainName,
  batch: number,
  row: number,
  actor: Actor,
): Promise<RowLineage> {
  const { warehouse } = ground
  const domain = domainOf(dataset)
  const [b] =
    await warehouse.query<Row>(sql`select b.source, b.path, b.sha256, b.mapping_version, ${w.timeText(sql`b.taken_at`)} as taken_at, m.manifest
from batch as b join batch_manifest as m on m.batch = b.batch
where b.batch = ${batch} and b.dataset = ${dataset}`)
  if (!b) throw new InputError('unknown_batch', { batch })
  const manifest = (typeof b.manifest === 'string' ? JSON.parse(b.manifest) : b.manifest) as Manifest
  const table = domainTables[dataset]
  const fields = Object.keys(domain.fields)
  const [stored] = await warehouse.read<Row>({
    actor,
    purpose: 'lineage',
    columns: { ...Object.fromEntries(fields.map((f) => [f, table.columns[f]!])), tags: table.columns.tags! },
    query: sql`select ${join(fields.map((f) => id(f)))}, tags from ${id(table.name)} where batch = ${batch} and row = ${row}`,
  })
  const text = await deps.reader.rawRow(ground.lake.path(manifest.sha256), manifest.plan, row)
  // The raw row goes through the one door like everything that leaves.
  const [raw] = await warehouse.read<Row>({
    actor,
    purpose: 'lineage',
    columns: { raw: { class: 'core_sensitive', mask: 'redact' } },
    query: sql`select cast(${text ?? null} as varchar) as raw`,
  })
  const tags = stored?.tags ? String(stored.tags).split(',') : []
  const held = await quarantinePage(warehouse, { batch, limit: 500 }, actor)
  const rules = deps.judge(dataset, Object.keys(manifest.mapping.fields))
  const values = Object.fromEntries(
    fields.map((f) => [f, stored?.[f] ?? null]).filter(([, v]) => v !== null),
  ) as Record<string, unknown>
  return {
    dataset,
    batch,
    row,
    source: String(b.source),
    path: String(b.path),
    sha256: String(b.sha256),
    takenAt: iso(b.taken_at)!,
    raw: raw?.raw === null || raw === undefined ? null : String(raw.raw),
    mappingVersion: Number(b.mapping_version),
    mapping: manifest.mapping,
    values,
    tags,
    rules: [
      ...held.items
        .filter((q) => q.row === row)
        .map((q) => ({ id: q.rule, outcome: q.state === 'open' ? 'quarantine' : q.state, message: q.message })),
      ...tags.map((t) => ({ id: t, outcome: 'tag', message: rules.find((r) => r.id === t)?.text ?? { zh: t, en: t } })),
    ],
  }
}
