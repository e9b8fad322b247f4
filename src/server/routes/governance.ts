import { z } from 'zod'
import type { Api } from '../api.ts'
import type { ServerOptions } from '../app.ts'
import { sendFile } from '../reply.ts'
import { count, cursor, limit } from './shapes.ts'

export function governanceRoutes(app: Api, { platform }: ServerOptions): void {
  const tags = ['governance']
  app.get('/api/catalogue', { schema: { tags, summary: 'Data sets and columns with class and meaning' } }, () =>
    platform.catalogue(),
  )
  app.get(
    '/api/lineage/runs',
    { schema: { tags, summary: 'What each run read and wrote', querystring: z.object({ cursor, limit }) } },
    (request) => platform.lineageRuns(request.query),
  )
  app.get(
    '/api/audit',
    {
      config: { roles: ['admin', 'steward'] },
      schema: { tags, summary: 'Who did what', querystring: z.object({ before: count.optional(), limit }) },
    },
    (request) => platform.audit(request.query),
  )
  app.get(
    '/api/definitions.yaml',
    { config: { roles: ['admin', 'steward', 'analyst'] }, schema: { tags, summary: 'All definitions as YAML' } },
    async (request, reply) =>
      sendFile(
        reply,
        'definitions.yaml',
        await platform.export({ what: 'definitions', format: 'yaml', encoding: 'utf-8', locale: 'en' }, request.actor),
      ),
  )
  app.get('/api/users', { config: { roles: ['admin'] }, schema: { tags, summary: 'Accounts' } }, async () =>
    platform.users.list(),
  )
  app.post(
    '/api/users',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Create an account',
        body: z.strictObject({
          name: z.string().min(1).max(80),
          password: z.string().min(10).max(200),
          role: z.enum(['admin', 'analyst', 'marketer', 'steward', 'viewer']),
        }),
      },
    },
    async (request) => {
      await platform.users.create(request.body, request.actor.id)
      return { name: request.body.name, role: request.body.role }
    },
  )
}
