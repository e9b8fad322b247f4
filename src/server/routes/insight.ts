import { z } from 'zod'
import type { Api } from '../api.ts'
import type { ServerOptions } from '../app.ts'
import { sendFile } from '../reply.ts'
import { count, day, scope } from './shapes.ts'

export function insightRoutes(app: Api, { platform }: ServerOptions): void {
  const tags = ['insight']
  app.get('/api/insight/analyses', { schema: { tags, summary: 'Analyses that can be run' } }, async () =>
    platform.analyses(),
  )
  app.post(
    '/api/insight/analyses/:id',
    {
      schema: {
        tags,
        summary: 'Run an analysis',
        params: z.object({ id: z.string() }),
        querystring: z.object({ format: z.enum(['json', 'csv', 'xlsx', 'svg']).default('json') }),
        body: z
          .strictObject({ scope: scope.optional(), params: z.record(z.string(), z.unknown()).optional() })
          .optional(),
      },
    },
    async (request, reply) => {
      const { format } = request.query
      const result = await platform.insight.run(request.params.id, request.body?.scope, request.body?.params)
      if (format === 'json') return result
      const file = await platform.exportResult(result, format, request.params.id, request.actor.locale ?? 'en')
      return sendFile(reply, `${request.params.id}.${format}`, file)
    },
  )
  app.get(
    '/api/rfm',
    {
      schema: {
        tags,
        summary: 'Levels, grid and migration',
        querystring: z.object({ asOf: day.optional(), windowDays: count.optional(), compareWith: day.optional() }),
      },
    },
    (request) => platform.rfmView(request.query),
  )
}
