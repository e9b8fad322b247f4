import { bodyOf, jsonRecord, type Journal, type NewRecord } from '../journal/index.ts'
import { id, sql, w, type Projector, type Warehouse } from '../warehouse/index.ts'
import type { Audit } from './contract.ts'
import { auditEntry } from './tables.ts'

interface Entry {
  readonly action: string
  readonly what: string
  readonly purpose?: string
  readonly detail?: unknown
}

/** Entries wait at most this long for company: one sync for many. */
const waitMs = 50

export interface AuditLog extends Audit {
  /** Resolves when all entries so far are in the journal. @throws RetryableError disk_reserve; the entries are kept */
  flush(): Promise<void>
}

/** @param warehouse asked when entries are listed: it opens after the governance */
export function auditLog(options: {
  readonly journal: Journal
  readonly clock: () => number
  readonly workspace: string
  readonly warehouse: () => Pick<Warehouse, 'query'>
}): AuditLog {
  const { journal, clock, workspace, warehouse } = options
  let waiting: NewRecord[] = []
  let timer: NodeJS.Timeout | undefined
  let queue: Promise<void> = Promise.resolve()

  const send = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0) return
    const entries = waiting
    waiting = []
    try {
      await journal.append(entries)
    } catch (error) {
      // Kept for the next flush, in order.
      waiting = [...entries, ...waiting]
      throw error
    }
  }
  const flush = (): Promise<void> => {
    const result = queue.then(send)
    queue = result.catch(() => undefined)
    return result
  }

  return {
    write: ({ actor, ...entry }) => {
      waiting.push(
        jsonRecord(
          { topic: 'audit', kind: 'audit.entry', format: 1, time: clock(), workspace, actor },
          entry satisfies Entry,
        ),
      )
      timer ??= setTimeout(() => void flush().catch(() => undefined), waitMs).unref()
    },
    flush,
    list: async ({ before, limit }) => {
      const rows = await warehouse().query<{
        at: number
        position: number
        actor: string
        action: string
        what: string
        purpose: string | null
      }>(sql`
        select ${w.epoch(id('at'))} * 1000 as "at", position, actor, action, what, purpose
        from audit_entry
        where position < ${before ?? Number.MAX_SAFE_INTEGER}
        order by position desc
        ${w.page(limit, 0)}`)
      return rows.map(({ purpose, ...row }) => (purpose === null ? row : { ...row, purpose }))
    },
  }
}

export const auditProjector: Projector = {
  owner: 'governance',
  kinds: ['audit.entry'],
  apply: async (records, writer) => {
    const columns = ['position', 'at', 'actor', 'action', 'what', 'purpose', 'detail']
    const rows = records.map((record) => {
      const e = bodyOf<Entry>({ header: record.header as never, body: record.body })
      const detail = e.detail === undefined ? null : JSON.stringify(e.detail)
      return [
        record.position,
        record.header.time,
        record.header.actor ?? '',
        e.action,
        e.what,
        e.purpose ?? null,
        detail,
      ]
    })
    await writer.append(auditEntry, columns, rows)
  },
}
