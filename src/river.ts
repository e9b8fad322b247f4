import type { Work } from './base/context.ts'
import type { Text } from './base/text.ts'
import { sha256, canonicalJson } from './base/ids.ts'
import type { Ground } from './governance/index.ts'
import { sql, table } from './warehouse/index.ts'

/** What the derived tables were last made from; scratch, so that a rebuild starts without it. */
export const riverTable = table({
  name: 'river_state',
  owner: 'platform',
  text: { zh: '流程状态', en: 'State of the river' },
  key: ['name'],
  scratch: true,
  columns: {
    name: { type: 'text', text: { zh: '名称', en: 'Name' }, class: 'non_sensitive' },
    signature: { type: 'text', text: { zh: '签名', en: 'Signature' }, class: 'non_sensitive' },
    made_at: { type: 'timestamp', text: { zh: '完成时间', en: 'Made at' }, class: 'non_sensitive' },
  },
})

/** A derived stage: its tables are a pure function of what lies upstream, the definitions and the as-of day. */
export interface DerivedStage {
  readonly name: string
  readonly text: Text
  run(period: Period, work: Work): Promise<unknown>
}

/** The window that ends before `asOf` (`YYYY-MM-DD`). */
export interface Period {
  readonly asOf: string
  readonly windowDays: number
}

export interface Flow extends Period {
  /** False when nothing had changed and every stage was left as it was. */
  readonly changed: boolean
  /** Seconds by stage. */
  readonly seconds: Readonly<Record<string, number>>
}

export interface River {
  /** Bring every derived stage up to date, in order; only when the data, the definitions or the period changed. */
  flow(period: Period, work: Work, options?: { force?: boolean }): Promise<Flow>
  /** When the derived tables were last made. */
  madeAt(): Promise<string | undefined>
}

export function createRiver(ground: Ground, stages: readonly DerivedStage[]): River {
  const { warehouse, definitions, clock } = ground

  const signature = async (period: Period): Promise<string> => {
    const [batches] = await warehouse.query(
      sql`select count(*) as n, max(batch) as last, count(undone_at) as undone, sum(stored) as stored, sum(quarantined) as held from batch`,
    )
    const [reviews] = await warehouse.query(sql`select count(*) as n from review where state <> 'open'`)
    const [decisions] = await warehouse.query(sql`select count(*) as n from identity_decision`)
    // Audit and lineage records move the journal's head at every run, so the head cannot serve here.
    return sha256(canonicalJson({ batches, reviews, decisions, definitions: definitions.revision(), period }))
  }

  // Two flows at once would replace each other's tables half-way.
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const result = queue.then(run, run)
    queue = result.catch(() => undefined)
    return result
  }

  const flow: River['flow'] = async (period, work, options) => {
    const before = await signature(period)
    const [last] = await warehouse.query<{ signature: string }>(
      sql`select signature from river_state where name = 'derived'`,
    )
    if (!options?.force && last?.signature === before) return { ...period, changed: false, seconds: {} }
    const seconds: Record<string, number> = {}
    for (const stage of stages) {
      work.signal?.throwIfAborted()
      work.progress.step(stage.text)
      const started = performance.now()
      await stage.run(period, work)
      seconds[stage.name] = Math.round(performance.now() - started) / 1000
    }
    // Decisions taken by this very run are part of what the tables now stand for.
    const after = await signature(period)
    await warehouse.transaction(async (writer) => {
      await writer.run(sql`delete from river_state where name = 'derived'`)
      await writer.run(
        sql`insert into river_state (name, signature, made_at) values ('derived', ${after}, ${new Date(clock())})`,
      )
    })
    return { ...period, changed: true, seconds }
  }

  return {
    flow: (period, work, options) => inTurn(() => flow(period, work, options)),
    async madeAt() {
      const [row] = await warehouse.query<{ made_at: string }>(
        sql`select made_at from river_state where name = 'derived'`,
      )
      return row?.made_at
    },
  }
}
