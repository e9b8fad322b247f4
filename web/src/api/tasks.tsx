import { useQueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { api, seg } from './client.ts'
import type { Task } from './types.ts'

interface Tasks {
  tasks: readonly Task[]
  /** Show a task at once, before the stream tells of it. */
  add(task: Task): void
  cancel(id: string): Promise<void>
}

const Context = createContext<Tasks>({ tasks: [], add() {}, cancel: async () => {} })

/** Running work, live over server-sent events; whatever a finished task changed is read again. */
export function TasksProvider({ children }: { children: ReactNode }) {
  const [tasks, setTasks] = useState<readonly Task[]>([])
  const client = useQueryClient()
  const running = useRef(new Set<string>())

  const merge = useCallback(
    (task: Task) => {
      setTasks((all) =>
        [task, ...all.filter((t) => t.id !== task.id)]
          .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
          .slice(0, 30),
      )
      if (task.state === 'running') running.current.add(task.id)
      else if (running.current.delete(task.id))
        void client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'session' })
    },
    [client],
  )

  useEffect(() => {
    const abort = new AbortController()
    const read = () =>
      api
        .get<Task[] | { items: Task[] }>('/tasks', {}, abort.signal)
        .then((found) => (Array.isArray(found) ? found : found.items).forEach(merge))
        .catch(() => {})
    void read()
    const stream = new EventSource('/api/tasks/stream')
    stream.onmessage = (event) => {
      try {
        merge(JSON.parse(String(event.data)) as Task)
      } catch {
        // A keep-alive line.
      }
    }
    // The browser reconnects by itself; what ended in between is read once.
    stream.onopen = () => void read()
    return () => {
      abort.abort()
      stream.close()
    }
  }, [merge])

  const value = useMemo<Tasks>(
    () => ({
      tasks,
      add: merge,
      cancel: async (id) => {
        await api.delete(`/tasks/${seg(id)}`)
      },
    }),
    [tasks, merge],
  )
  return <Context value={value}>{children}</Context>
}

export function useTasks(): Tasks {
  return useContext(Context)
}

/** One task by id, live; read once when the stream has not told of it yet. */
export function useTask(id: string | undefined): Task | undefined {
  const { tasks, add } = useTasks()
  const known = tasks.find((t) => t.id === id)
  useEffect(() => {
    if (!id || known) return
    const abort = new AbortController()
    api.get<Task>(`/tasks/${seg(id)}`, {}, abort.signal).then(add, () => {})
    return () => abort.abort()
  }, [id, known, add])
  return known
}
