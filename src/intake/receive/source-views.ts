import type { Text } from '../../base/text.ts'
import type { Ground } from '../../governance/index.ts'
import { sql, w, type Row } from '../../warehouse/index.ts'
import type { Mapping } from '../contract.ts'
import { iso } from './batch-views.ts'
import type { SourceDefinition } from './source-definitions.ts'

export interface SourceView {
  id: string
  connector: string
  config: Record<string, unknown>
  mapping?: Mapping
  mappingVersion?: number
  watch: boolean
  schedule?: string
  paused: boolean
  pausedBy?: string
  batches: number
  rows: number
  quarantined: number
  lastTakenAt?: string
  health: Text
  status: 'ok' | 'warn' | 'error' | 'empty'
}

/** A source's health in words: the last problem, paused, nothing taken yet, or its share of held rows. */
export async function sourceViews(
  ground: Ground,
  problems: { get(source: string): Text | undefined },
): Promise<SourceView[]> {
  const rows = await ground.warehouse
    .query<Row>(sql`select source, count(*) as batches, sum(rows_read) as rows_read, sum(quarantined) as quarantined,
  ${w.timeText(sql`max(taken_at)`)} as last_taken_at
from batch
where undone_at is null
group by source`)
  const failed = await ground.warehouse.query<Row>(sql`select source, count(*) as files, min(raw) as path
from quarantine
where rule = 'file' and state = 'open'
group by source`)
  const failures = new Map(
    failed.map((r): [string, Text] => [
      String(r.source),
      {
        zh: `${String(r.files)} 个文件无法导入（如 ${String(r.path)}），原因见隔离区`,
        en: `${String(r.files)} files could not be taken (such as ${String(r.path)}); the reasons are in quarantine`,
      },
    ]),
  )
  const bySource = new Map(rows.map((r) => [String(r.source), r]))
  const defined = ground.definitions.list<SourceDefinition>('source')
  // A source that was removed keeps what it brought: it stays in the list as long as it has batches.
  const ids = [...new Set([...defined.map((d) => d.id), ...bySource.keys()])].sort()
  return ids.map((id) => {
    const definition = ground.definitions.get<SourceDefinition>('source', id)?.value
    const mapping = ground.definitions.get<Mapping>('mapping', id)
    const r = bySource.get(id)
    const counts = {
      batches: Number(r?.batches ?? 0),
      rows: Number(r?.rows_read ?? 0),
      quarantined: Number(r?.quarantined ?? 0),
    }
    return {
      id,
      connector: definition?.connector ?? 'removed',
      config: { ...definition?.config },
      ...(mapping ? { mapping: mapping.value, mappingVersion: mapping.version } : {}),
      watch: definition?.watch ?? false,
      ...(definition?.schedule ? { schedule: definition.schedule } : {}),
      paused: definition?.paused ?? false,
      ...(definition?.pausedBy ? { pausedBy: definition.pausedBy } : {}),
      ...counts,
      ...(r?.last_taken_at ? { lastTakenAt: iso(r.last_taken_at) } : {}),
      ...health(counts, definition, problems.get(id) ?? failures.get(id)),
    }
  })
}

/** From this share of held rows on a source is shown as one to look at, and as broken. */
const [warnShare, errorShare] = [0.02, 0.2]

function health(
  c: { batches: number; rows: number; quarantined: number },
  definition: SourceDefinition | undefined,
  problem: Text | undefined,
): Pick<SourceView, 'health' | 'status'> {
  if (problem) return { status: 'error', health: problem }
  if (definition?.paused) return { status: 'warn', health: { zh: '已暂停', en: 'Paused' } }
  if (c.batches === 0) return { status: 'empty', health: { zh: '尚未导入数据', en: 'Nothing taken yet' } }
  const share = c.rows ? c.quarantined / c.rows : 0
  if (c.quarantined === 0) return { status: 'ok', health: { zh: '正常', en: 'All rows are in' } }
  const percent = `${Math.round(share * 1000) / 10} %`
  return {
    status: share >= errorShare ? 'error' : share >= warnShare ? 'warn' : 'ok',
    health: { zh: `${c.quarantined} 行在隔离区（${percent}）`, en: `${c.quarantined} rows in quarantine (${percent})` },
  }
}
