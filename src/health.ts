import { statfsSync } from 'node:fs'
import type { Ground } from './governance/index.ts'
import { reserveBytes } from './presets/reserve.ts'
import type { Health } from './server/contract.ts'
import { sql } from './warehouse/index.ts'

/** Honest readiness: false while a projection is broken or the journal refuses writes. */
export async function readHealth(ground: Ground, version: string): Promise<Health> {
  const journal = ground.journal.status()
  const projection = ground.projection.status()
  const disk = statfsSync(ground.home)
  return {
    ready: projection.broken === undefined && journal.writable && journal.damage.length === 0,
    version,
    journal: { head: journal.head, writable: journal.writable, damage: journal.damage.length },
    projection: { position: projection.position, lag: journal.head - projection.position, broken: projection.broken },
    disk: { free: disk.bavail * disk.bsize, reserve: reserveBytes },
  }
}

export interface Balance {
  readonly source: string
  readonly read: number
  readonly stored: number
  readonly duplicate: number
  readonly quarantined: number
  readonly skipped: number
  readonly balanced: boolean
}

/** Nothing lost: per source, read = stored + duplicate + quarantined + skipped. */
export async function readBalances(ground: Ground): Promise<Balance[]> {
  const rows = await ground.warehouse.query<Omit<Balance, 'balanced'>>(sql`
    select source, sum(rows_read) as read, sum(stored) as stored, sum(duplicate) as duplicate, sum(quarantined) as quarantined, sum(skipped) as skipped
    from batch
    where undone_at is null
    group by source
    order by source`)
  return rows.map((r) => ({ ...r, balanced: r.read === r.stored + r.duplicate + r.quarantined + r.skipped }))
}
