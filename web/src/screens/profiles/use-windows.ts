import { useCallback, useEffect, useRef, useState } from 'react'
import { api, type Query } from '../../api/client.ts'
import type { Page } from '../../api/types.ts'

const size = 100
/** Windows kept in memory: 5,000 rows, whatever the length of the list. */
const kept = 50
/** A browser stops an element at 33.5 million pixels; the list ends well before, and says so. */
export const mostRows = 500_000

interface State<T> {
  windows: ReadonlyMap<number, readonly T[]>
  /** Rows whose windows have been reached so far. */
  reached: number
  /** There is more after `reached`. */
  more: boolean
  total?: number
  approximate?: boolean
  error?: unknown
  started: boolean
}

/**
 * A long list by keyset windows. The cursor of each window is remembered, so that a window that was dropped from
 * memory is read again when it is scrolled back to.
 */
export function useWindows<T>(path: string, query: Query) {
  const key = JSON.stringify(query)
  const [state, setState] = useState<State<T>>({ windows: new Map(), reached: 0, more: true, started: false })
  const cursors = useRef<(string | undefined)[]>([undefined])
  const pending = useRef(new Set<number>())
  const abort = useRef(new AbortController())
  const [attempt, setAttempt] = useState(0)

  const load = useCallback(
    async (index: number) => {
      if (pending.current.has(index) || (index > 0 && cursors.current[index] === undefined)) return
      pending.current.add(index)
      const { signal } = abort.current
      try {
        const page = await api.get<Page<T>>(
          path,
          { ...(JSON.parse(key) as Query), limit: size, cursor: cursors.current[index] },
          signal,
        )
        if (signal.aborted) return
        cursors.current[index + 1] = page.next
        setState((now) => {
          const windows = new Map(now.windows)
          windows.set(index, page.items)
          if (windows.size > kept) {
            const far = [...windows.keys()].reduce((a, b) => (Math.abs(b - index) > Math.abs(a - index) ? b : a))
            windows.delete(far)
          }
          const end = index * size + page.items.length
          const furthest = end >= now.reached
          return {
            windows,
            reached: Math.max(now.reached, end),
            more: furthest ? page.next !== undefined && end < mostRows : now.more,
            total: page.total ?? now.total,
            approximate: page.total !== undefined ? page.approximate : now.approximate,
            started: true,
          }
        })
      } catch (error) {
        if (!signal.aborted) setState((now) => ({ ...now, error, started: true }))
      } finally {
        pending.current.delete(index)
      }
    },
    [path, key],
  )

  useEffect(() => {
    abort.current = new AbortController()
    cursors.current = [undefined]
    pending.current = new Set()
    // Old rows stay until the first new window is there, so that typing does not flash.
    setState((now) => ({ ...now, error: undefined, started: now.started && now.windows.size > 0 }))
    const fresh = abort.current
    void api
      .get<Page<T>>(path, { ...(JSON.parse(key) as Query), limit: size }, fresh.signal)
      .then((page) => {
        cursors.current = [undefined, page.next]
        setState({
          windows: new Map([[0, page.items]]),
          reached: page.items.length,
          more: page.next !== undefined,
          total: page.total,
          approximate: page.approximate,
          started: true,
        })
      })
      .catch((error: unknown) => {
        if (!fresh.signal.aborted) setState((now) => ({ ...now, error, started: true }))
      })
    return () => fresh.abort()
  }, [path, key, attempt])

  const row = (index: number): T | undefined => state.windows.get(Math.floor(index / size))?.[index % size]
  /** Tell which rows are on screen: their windows, and the next one, are fetched. */
  const show = useCallback(
    (from: number, to: number) => {
      const first = Math.max(0, Math.floor(from / size))
      const last = Math.floor(to / size)
      for (let i = first; i <= last; i++) if (!state.windows.has(i)) void load(i)
      if (state.more && to > state.reached - 40) void load(Math.floor(state.reached / size))
    },
    [state.windows, state.more, state.reached, load],
  )
  return { ...state, row, show, retry: () => setAttempt((n) => n + 1) }
}
