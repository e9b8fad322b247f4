import { Cron } from 'croner'
import type { Text } from '../../base/text.ts'
import { TributaryError } from '../../base/errors.ts'
import type { Ground } from '../../governance/index.ts'
import type { SourceDefinition } from './source-definitions.ts'

/** Between two looks at a watched folder. A file is looked at again when its stamp changed. */
const pollMs = 5_000

export interface Watching {
  stop(): Promise<void>
}

/**
 * Run `run(source)` for every source that is watched (every few seconds) or scheduled (cron, workspace zone), never two
 * of one source at once. Definitions are read at each look: sources may come, change and be paused meanwhile.
 */
export function watchSources(
  ground: Ground,
  run: (source: string) => Promise<void>,
  told: (source: string, problem: Text | undefined) => void,
): Watching {
  const busy = new Map<string, Promise<void>>()
  const crons = new Map<string, { schedule: string; job: Cron }>()
  const start = (id: string): void => {
    if (busy.has(id) || ground.definitions.get<SourceDefinition>('source', id)?.value.paused) return
    const work = run(id)
      .then(() => told(id, undefined))
      .catch((error: unknown) =>
        told(id, error instanceof TributaryError ? error.text : { zh: String(error), en: String(error) }),
      )
      .finally(() => busy.delete(id))
    busy.set(id, work)
  }
  const look = (): void => {
    const sources = ground.definitions.list<SourceDefinition>('source')
    for (const { id, value } of sources) if (value.watch) start(id)
    for (const [id, { schedule, job }] of crons)
      if (sources.find((s) => s.id === id)?.value.schedule !== schedule) {
        job.stop()
        crons.delete(id)
      }
    for (const { id, value } of sources)
      if (value.schedule && !crons.has(id))
        crons.set(id, {
          schedule: value.schedule,
          job: new Cron(value.schedule, { timezone: ground.zone, unref: true }, () => start(id)),
        })
  }
  look()
  const timer = setInterval(look, pollMs)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      for (const { job } of crons.values()) job.stop()
      await Promise.all(busy.values())
    },
  }
}
