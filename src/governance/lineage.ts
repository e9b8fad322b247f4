import { uuidv7 } from '../base/ids.ts'
import { bodyOf, jsonRecord, type Journal } from '../journal/index.ts'
import type { Projector } from '../warehouse/index.ts'
import type { Lineage } from './contract.ts'
import { lineageRun } from './tables.ts'

interface Run {
  readonly run: string
  readonly stage: string
  readonly startedAt: number
  readonly endedAt: number
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly mappingVersion?: number
  readonly status: 'ok' | 'failed'
}

/** Every run of a stage leaves one record when it ends, well or not. */
export function lineageOf(options: {
  readonly journal: Journal
  readonly clock: () => number
  readonly workspace: string
}): Lineage {
  const { journal, clock, workspace } = options
  const leave = async (body: Run): Promise<void> => {
    await journal.append([
      jsonRecord({ topic: 'audit', kind: 'lineage.run', format: 1, time: body.endedAt, workspace }, body),
    ])
  }
  return {
    run: async (stage, info, work) => {
      const startedAt = clock()
      const run = uuidv7(startedAt)
      const { inputs, outputs, mappingVersion } = info
      const line = (status: Run['status']): Run => ({
        run,
        stage,
        startedAt,
        endedAt: clock(),
        inputs,
        outputs,
        mappingVersion,
        status,
      })
      try {
        const result = await work(run)
        await leave(line('ok'))
        return result
      } catch (error) {
        // A full disk must not hide why the work failed.
        await leave(line('failed')).catch(() => undefined)
        throw error
      }
    },
  }
}

export const lineageProjector: Projector = {
  owner: 'governance',
  kinds: ['lineage.run'],
  apply: async (records, writer) => {
    const columns = ['run', 'stage', 'started_at', 'ended_at', 'inputs', 'outputs', 'mapping_version', 'status']
    const rows = records.map((record) => {
      const r = bodyOf<Run>({ header: record.header as never, body: record.body })
      return [r.run, r.stage, r.startedAt, r.endedAt, r.inputs, r.outputs, r.mappingVersion ?? null, r.status]
    })
    await writer.append(lineageRun, columns, rows)
  },
}
