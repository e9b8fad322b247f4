import { z } from 'zod'
import type { Api } from '../api.ts'
import type { ServerOptions } from '../app.ts'
import { sendFile } from '../reply.ts'
import { writers } from '../sessions.ts'
import { cursor, limit } from './shapes.ts'

export const customerFilter = z.object({
  q: z.string().max(200).optional(),
  segment: z.string().max(200).optional(),
  rule: z.string().max(4000).optional().describe('segment language'),
  level: z.string().max(100).optional(),
  stage: z.string().max(100).optional(),
  region: z.string().max(100).optional(),
  sort: z.enum(['amount', 'orders', 'lastOrderAt', 'name']).default('amount'),
  dir: z.enum(['asc', 'desc']).default('desc'),
})

export function profileRoutes(app: Api, { platform }: ServerOptions): void {
  const tags = ['profiles']
  const id = z.object({ id: z.string().max(64) })

  app.get(
    '/api/customers',
    { schema: { tags, summary: 'Customers by keyset windows', querystring: customerFilter.extend({ cursor, limit }) } },
    (request) => platform.customers(request.query, request.actor),
  )
  for (const format of ['csv', 'xlsx'] as const) {
    app.get(
      `/api/customers.${format}`,
      {
        config: { roles: writers },
        schema: {
          tags,
          summary: `Customers as ${format}`,
          querystring: customerFilter.extend({
            template: z.enum(['0', '1']).optional(),
            encoding: z.enum(['utf-8', 'gb18030']).default('utf-8'),
          }),
        },
      },
      async (request, reply) => {
        const { template, encoding, ...filter } = request.query
        const what = template === '1' ? ('template' as const) : ('customers' as const)
        const content = await platform.export(
          { what, format, encoding, locale: request.actor.locale ?? 'en', ...filter },
          request.actor,
        )
        return sendFile(reply, `${what}.${format}`, content)
      },
    )
  }
  app.get('/api/customers/:id', { schema: { tags, summary: 'One customer whole', params: id } }, (request) =>
    platform.profiles.get(request.params.id, request.actor),
  )
  app.get(
    '/api/customers/:id/timeline',
    {
      schema: {
        tags,
        summary: 'What happened, newest first',
        params: id,
        querystring: z.object({ type: z.string().optional(), cursor, limit }),
      },
    },
    (request) => platform.profiles.timeline(request.params.id, request.actor, request.query),
  )
}
