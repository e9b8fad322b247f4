import { knownError } from '../base/errors.ts'
import type { Work } from '../base/context.ts'
import { progressMeter, type Reading } from '../base/progress-meter.ts'
import { uuidv7 } from '../base/ids.ts'
import type { Text } from '../base/text.ts'
import type { ApiError, Task } from './contract.ts'

/** Long work behind a request: it can be watched, cancelled, and asked for its result afterwards. */
export interface Tasks {
  start(name: Text, run: (work: Work) => Promise<unknown>): Task
  get(id: string): Task | undefined
  list(): Task[]
  cancel(id: string): boolean
  /** Told of every change; returns the way to stop listening. */
  watch(listener: (task: Task) => void): () => void
  /** Cancel everything and wait for it to end. */
  close(): Promise<void>
}

const kept = 100

export function createTasks(clock: () => number): Tasks {
  const tasks = new Map<string, Task>()
  const stops = new Map<string, AbortController>()
  const running = new Set<Promise<void>>()
  const listeners = new Set<(task: Task) => void>()

  const update = (id: string, change: Partial<Task>): void => {
    const task = { ...tasks.get(id)!, ...change }
    tasks.set(id, task)
    for (const listener of listeners) listener(task)
  }
  const show = (r: Reading): Partial<Task> => ({
    step: r.step,
    done: r.done,
    total: r.total,
    unit: r.unit,
    rate: r.rate,
    secondsLeft: r.secondsLeft,
    notes: [...r.notes],
  })

  return {
    start(name, run) {
      const id = uuidv7(clock())
      const stop = new AbortController()
      const task: Task = { id, name, state: 'running', done: 0, startedAt: new Date(clock()).toISOString(), notes: [] }
      tasks.set(id, task)
      stops.set(id, stop)
      const meter = progressMeter(clock, (reading) => update(id, show(reading)))
      const end = (state: Task['state'], extra: Partial<Task>): void => {
        update(id, {
          ...show(meter.reading()),
          secondsLeft: undefined,
          ...extra,
          state,
          endedAt: new Date(clock()).toISOString(),
        })
      }
      const done = run({ progress: meter, signal: stop.signal }).then(
        (result) => end('done', { result }),
        (error: unknown) => end(stop.signal.aborted ? 'cancelled' : 'failed', { error: describeError(error) }),
      )
      running.add(done)
      void done.finally(() => {
        running.delete(done)
        stops.delete(id)
        for (const old of [...tasks.keys()].slice(0, Math.max(0, tasks.size - kept)))
          if (!stops.has(old)) tasks.delete(old)
      })
      return tasks.get(id)!
    },
    get: (id) => tasks.get(id),
    list: () => [...tasks.values()].reverse(),
    cancel(id) {
      const stop = stops.get(id)
      stop?.abort()
      return Boolean(stop)
    },
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      for (const stop of stops.values()) stop.abort()
      await Promise.allSettled(running)
    },
  }
}

/** The shape every door tells an error in. */
export function describeError(error: unknown): ApiError['error'] {
  const known = knownError(error)
  return { code: known.code, message: known.message, text: known.text, params: { ...known.params } }
}
