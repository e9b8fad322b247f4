import { z } from 'zod'
import type { Api } from '../api.ts'
import type { ServerOptions } from '../app.ts'
import { sendFile } from '../reply.ts'
import { writers } from '../sessions.ts'
import { cursor, limit } from './shapes.ts'

export function segmentRoutes(app: Api, { platform }: ServerOptions): void {
  const tags = ['segments']
  const name = z.object({ name: z.string().min(1).max(200) })

  app.get('/api/segments', { schema: { tags, summary: 'Segments with size and history' } }, () =>
    platform.segments.list(),
  )
  app.get('/api/segments/fields', { schema: { tags, summary: 'What conditions may use' } }, () =>
    platform.segments.fields(),
  )
  app.post(
    '/api/segments/preview',
    {
      schema: {
        tags,
        summary: 'Live count with a waterfall per condition',
        body: z.strictObject({ rule: z.string().max(10_000).optional(), tree: z.unknown().optional() }),
      },
    },
    (request) => platform.previewSegment(request.body, request.actor),
  )
  app.get('/api/segments/:name', { schema: { tags, summary: 'One segment', params: name } }, (request) =>
    platform.segments.get(request.params.name),
  )
  app.put(
    '/api/segments/:name',
    {
      config: { roles: writers },
      schema: {
        tags,
        summary: 'Create or change a segment',
        params: name,
        body: z.strictObject({
          rule: z.string().max(10_000),
          text: z.strictObject({ zh: z.string(), en: z.string() }).optional(),
        }),
      },
    },
    (request) => platform.segments.put(request.params.name, request.body, { actor: request.actor.id }),
  )
  app.delete(
    '/api/segments/:name',
    { config: { roles: writers }, schema: { tags, summary: 'Remove a segment', params: name } },
    async (request) => {
      await platform.segments.remove(request.params.name, { actor: request.actor.id })
      return { removed: true }
    },
  )
  app.get(
    '/api/segments/:name/members',
    { schema: { tags, summary: 'Members as customers', params: name, querystring: z.object({ cursor, limit }) } },
    (request) => platform.customers({ ...request.query, segment: request.params.name }, request.actor),
  )
  app.get(
    '/api/segments/:name/members.csv',
    { config: { roles: writers }, schema: { tags, summary: 'Members as CSV', params: name } },
    async (request, reply) =>
      sendFile(
        reply,
        `${request.params.name}.csv`,
        await platform.export(
          {
            what: 'customers',
            format: 'csv',
            encoding: 'utf-8',
            locale: request.actor.locale ?? 'en',
            segment: request.params.name,
          },
          request.actor,
        ),
      ),
  )
}
