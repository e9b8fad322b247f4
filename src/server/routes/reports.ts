import { z } from 'zod'
import type { Api } from '../api.ts'
import type { ServerOptions } from '../app.ts'
import { sendFile } from '../reply.ts'
import { writers } from '../sessions.ts'
import { day } from './shapes.ts'

const spec = z.strictObject({
  name: z.string().min(1).max(200),
  goal: z.string().max(2000),
  scope: z.strictObject({
    people: z.string().optional(),
    region: z.string().optional(),
    activeWithinDays: z.number().int().min(1).optional(),
  }),
  period: z.strictObject({ asOf: day, windowDays: z.number().int().min(1).max(3660) }),
  metrics: z.array(z.string()),
  analyses: z.array(z.string()),
  locale: z.enum(['zh', 'en']),
})

export function reportRoutes(app: Api, { platform, tasks }: ServerOptions): void {
  const tags = ['insight']
  const id = z.object({ id: z.string().max(100) })
  const reports = platform.insight.reports

  app.get('/api/reports', { schema: { tags, summary: 'Reports with their runs' } }, () => reports.list())
  app.post(
    '/api/reports',
    { config: { roles: writers }, schema: { tags, summary: 'Define a six-step report and run it', body: spec } },
    async (request) => {
      const made = await reports.put(request.body, { actor: request.actor.id })
      return tasks.start({ zh: `报告 ${request.body.name}`, en: `Report ${request.body.name}` }, async (work) => {
        await reports.run(made.id, work)
        return { id: made.id }
      })
    },
  )
  app.get('/api/reports/:id', { schema: { tags, summary: 'The last run of a report', params: id } }, (request) =>
    reports.get(request.params.id),
  )
  app.post(
    '/api/reports/:id/run',
    { config: { roles: writers }, schema: { tags, summary: 'Run a report again', params: id } },
    async (request) =>
      tasks.start({ zh: '更新报告', en: 'Run the report again' }, async (work) => {
        await reports.run(request.params.id, work)
        return { id: request.params.id }
      }),
  )
  app.delete(
    '/api/reports/:id',
    { config: { roles: writers }, schema: { tags, summary: 'Remove a report', params: id } },
    async (request) => {
      await reports.remove(request.params.id, { actor: request.actor.id })
      return { removed: true }
    },
  )
  for (const format of ['html', 'xlsx', 'pdf'] as const) {
    app.get(
      `/api/reports/:id/${format}`,
      {
        schema: {
          tags,
          summary: `A report as ${format}`,
          params: id,
          querystring: z.object({ locale: z.enum(['zh', 'en']).optional() }),
        },
      },
      async (request, reply) => {
        const report = await reports.get(request.params.id)
        const bytes = await platform.renderReport(
          report,
          format,
          request.query.locale ?? request.actor.locale ?? report.spec.locale,
        )
        return sendFile(reply, `${report.spec.name}.${format}`, bytes, format === 'html')
      },
    )
  }
}
