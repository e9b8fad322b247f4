import { z } from 'zod'
import type { Api } from '../api.ts'
import type { ServerOptions } from '../app.ts'
import { sendFile } from '../reply.ts'
import { operators, writers } from '../sessions.ts'
import { count, cursor, limit } from './shapes.ts'

export function qualityRoutes(app: Api, { platform, tasks }: ServerOptions): void {
  const tags = ['quality']
  const rowParams = z.object({ batch: count, row: count })
  const filter = z.object({
    source: z.string().optional(),
    rule: z.string().optional(),
    state: z.enum(['open', 'fixed', 'replayed', 'discarded']).optional(),
    cursor,
    limit,
  })

  app.get(
    '/api/quality/scores',
    {
      schema: {
        tags,
        summary: 'The six indicators with numerator and denominator',
        querystring: z.object({ source: z.string().optional(), dataset: z.string().optional() }),
      },
    },
    (request) => platform.quality.scores(request.query),
  )
  app.get('/api/quality/rules', { schema: { tags, summary: 'Rules in use with their last result' } }, () =>
    platform.quality.rules(),
  )
  app.put(
    '/api/quality/rules/:dataset/:id',
    {
      config: { roles: operators },
      schema: {
        tags,
        summary: 'Create or change a rule',
        params: z.object({ dataset: z.string(), id: z.string() }),
        body: z.looseObject({ rule: z.string() }),
      },
    },
    (request) =>
      platform.quality.putRule({ ...request.body, dataset: request.params.dataset, id: request.params.id } as never, {
        actor: request.actor.id,
      }),
  )
  app.delete(
    '/api/quality/rules/:dataset/:id',
    {
      config: { roles: operators },
      schema: { tags, summary: 'Switch a rule off', params: z.object({ dataset: z.string(), id: z.string() }) },
    },
    async (request) => {
      await platform.quality.removeRule(request.params.dataset, request.params.id, { actor: request.actor.id })
      return { removed: true }
    },
  )
  app.get('/api/quality/cleaning', { schema: { tags, summary: 'What the cleaning steps did' } }, () =>
    platform.quality.cleaningReport(),
  )

  app.get(
    '/api/quality/quarantine',
    { schema: { tags, summary: 'Quarantined rows with reason and raw text', querystring: filter } },
    (request) => platform.intake.quarantine(request.query, request.actor),
  )
  app.get('/api/quality/quarantine/summary', { schema: { tags, summary: 'Quarantined rows by rule and source' } }, () =>
    platform.intake.quarantineSummary(),
  )
  app.get(
    '/api/quality/quarantine.csv',
    {
      config: { roles: writers },
      schema: { tags, summary: 'All quarantined rows', querystring: filter.omit({ cursor: true, limit: true }) },
    },
    async (request, reply) =>
      sendFile(
        reply,
        'quarantine.csv',
        await platform.export(
          {
            what: 'quarantine',
            format: 'csv',
            locale: request.actor.locale ?? 'en',
            encoding: 'utf-8',
            ...request.query,
          },
          request.actor,
        ),
      ),
  )
  app.post(
    '/api/quality/quarantine/:batch/:row',
    {
      config: { roles: operators },
      schema: {
        tags,
        summary: 'Mend a quarantined row and replay it',
        params: rowParams,
        body: z.strictObject({ values: z.record(z.string(), z.union([z.string(), z.null()])) }),
      },
    },
    async (request) => {
      const { batch, row } = request.params
      const mended = await platform.intake.fix(batch, row, request.body.values, { actor: request.actor.id })
      // The row is in its data set now; profiles and segments follow as a task, so that the next row can be mended.
      if (mended.state === 'replayed')
        tasks.start({ zh: '更新画像与分群', en: 'Update profiles and segments' }, (work) => platform.flow(work))
      return mended
    },
  )
  app.post(
    '/api/quality/quarantine/:batch/:row/discard',
    {
      config: { roles: operators },
      schema: { tags, summary: 'Leave a quarantined row out for good', params: rowParams },
    },
    async (request) => {
      await platform.intake.discard(request.params.batch, request.params.row, { actor: request.actor.id })
      return { state: 'discarded' }
    },
  )

  app.get(
    '/api/quality/review',
    {
      schema: {
        tags,
        summary: 'Review list',
        querystring: z.object({ state: z.enum(['open', 'kept', 'fixed']).optional(), cursor, limit }),
      },
    },
    (request) => platform.quality.review(request.query, request.actor),
  )
  app.post(
    '/api/quality/review/:id',
    {
      config: { roles: operators },
      schema: {
        tags,
        summary: 'Keep or fix a value',
        params: z.object({ id: z.string() }),
        body: z.strictObject({
          decision: z.enum(['keep', 'fix']),
          value: z.string().optional(),
          reason: z.string().max(500).optional(),
        }),
      },
    },
    (request) => platform.decideReview(request.params.id, request.body, request.actor.id),
  )
}
