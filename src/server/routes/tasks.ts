import type { Api } from '../api.ts'

import { InputError } from '../../base/errors.ts'
import type { ServerOptions } from '../app.ts'
import type { Task } from '../contract.ts'
import { securityHeaders } from '../security-headers.ts'
import { writers } from '../sessions.ts'

export function taskRoutes(app: Api, { tasks }: ServerOptions): void {
  app.get('/api/tasks', { schema: { tags: ['tasks'], summary: 'Long tasks, newest first' } }, async () => tasks.list())

  app.get<{ Params: { id: string } }>(
    '/api/tasks/:id',
    { schema: { tags: ['tasks'], summary: 'One task' } },
    async (request) => {
      const task = tasks.get(request.params.id)
      if (!task) throw new InputError('not_found', { what: 'task', name: request.params.id })
      return task
    },
  )

  app.delete<{ Params: { id: string } }>(
    '/api/tasks/:id',
    { config: { roles: writers }, schema: { tags: ['tasks'], summary: 'Cancel a task' } },
    async (request) => ({
      cancelled: tasks.cancel(request.params.id),
    }),
  )

  app.get(
    '/api/tasks/stream',
    { schema: { tags: ['tasks'], summary: 'Server-sent events: every change of a task' } },
    (request, reply) => {
      reply.hijack()
      const out = reply.raw
      out.writeHead(200, {
        ...securityHeaders,
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      })
      const send = (task: Task): void => void out.write(`data: ${JSON.stringify(task)}\n\n`)
      for (const task of tasks.list().slice(0, 20).reverse()) send(task)
      const stop = tasks.watch(send)
      // A proxy drops a silent stream; a comment line keeps it.
      const beat = setInterval(() => out.write(': \n\n'), 15_000)
      request.raw.on('close', () => {
        clearInterval(beat)
        stop()
      })
    },
  )
}
