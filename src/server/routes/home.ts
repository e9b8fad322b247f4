import { z } from 'zod'
import type { ServerOptions } from '../app.ts'
import type { Api } from '../api.ts'
import type { Health, Home } from '../contract.ts'
import { demoTask } from '../demo.ts'
import { operators } from '../sessions.ts'
import { count, day } from './shapes.ts'

export function homeRoutes(app: Api, { platform, tasks }: ServerOptions): void {
  app.get(
    '/api/home',
    {
      schema: { tags: ['home'], summary: 'Figures of the first page', querystring: z.object({ asOf: day.optional() }) },
    },
    (request): Promise<Home> => platform.homeView(request.query.asOf),
  )

  app.get(
    '/api/health',
    { config: { open: true }, schema: { tags: ['home'], summary: 'Readiness: journal, projection, disk' } },
    async (_request, reply): Promise<Health> => {
      const health = await platform.health()
      if (!health.ready) void reply.status(503)
      return health
    },
  )

  app.post(
    '/api/demo',
    {
      config: { roles: operators },
      schema: {
        tags: ['home'],
        summary: 'Load the generated demo shop',
        body: z.object({ customers: count.max(1_000_000).default(2000), seed: z.number().int().default(7) }),
      },
    },
    async (request) => demoTask(platform, tasks, request.body),
  )

  app.post(
    '/api/runs',
    {
      config: { roles: operators },
      schema: {
        tags: ['home'],
        summary: 'Take what is new from every source and run the river',
        body: z.object({ asOf: day.optional() }).optional(),
      },
    },
    async (request) =>
      tasks.start({ zh: '取新数据并更新', en: 'Take new data and update' }, (work) =>
        platform.run({ asOf: request.body?.asOf }, work),
      ),
  )

  app.post(
    '/api/rebuild',
    { config: { roles: ['admin'] }, schema: { tags: ['home'], summary: 'Make all tables again from the journal' } },
    async () => tasks.start({ zh: '重建数据表', en: 'Rebuild the tables' }, (work) => platform.rebuild(work)),
  )
}
