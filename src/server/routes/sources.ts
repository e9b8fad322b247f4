import { z } from 'zod'
import type { Api } from '../api.ts'
import type { ServerOptions } from '../app.ts'
import { operators } from '../sessions.ts'
import { mapping } from './shapes.ts'

const idParams = z.object({ id: z.string().max(200) })

export function sourceRoutes(app: Api, { platform, tasks }: ServerOptions): void {
  const tags = ['sources']
  app.get('/api/sources', { schema: { tags, summary: 'Sources with their health in words' } }, () =>
    platform.intake.sources(),
  )

  app.put(
    '/api/sources/:id',
    {
      config: { roles: operators },
      schema: {
        tags,
        summary: 'Create or change a source',
        params: idParams,
        body: z.strictObject({
          connector: z.string(),
          config: z.record(z.string(), z.unknown()),
          mapping: mapping.optional(),
          watch: z.boolean().optional(),
          schedule: z.string().optional(),
        }),
      },
    },
    (request) => platform.intake.putSource(request.params.id, request.body as never, { actor: request.actor.id }),
  )

  app.delete(
    '/api/sources/:id',
    {
      config: { roles: operators },
      schema: { tags, summary: 'Remove a source; what it brought stays', params: idParams },
    },
    async (request) => {
      await platform.intake.removeSource(request.params.id, { actor: request.actor.id })
      return { removed: true }
    },
  )

  app.post(
    '/api/sources/:id/run',
    { config: { roles: operators }, schema: { tags, summary: 'Take what is new from one source', params: idParams } },
    async (request) =>
      tasks.start({ zh: `读取 ${request.params.id}`, en: `Read ${request.params.id}` }, (work) =>
        platform.run({ sources: [request.params.id] }, work),
      ),
  )

  for (const verb of ['pause', 'resume'] as const) {
    app.post(
      `/api/sources/:id/${verb}`,
      { config: { roles: operators }, schema: { tags, summary: `${verb} a source`, params: idParams } },
      async (request) => {
        await platform.intake.setPaused(request.params.id, verb === 'pause', { actor: request.actor.id })
        return { paused: verb === 'pause' }
      },
    )
  }
}
