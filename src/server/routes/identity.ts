import { z } from 'zod'
import type { Api } from '../api.ts'
import type { ServerOptions } from '../app.ts'
import { operators } from '../sessions.ts'
import { cursor, limit } from './shapes.ts'

export function identityRoutes(app: Api, { platform, tasks }: ServerOptions): void {
  const tags = ['identity']
  app.get('/api/identity/summary', { schema: { tags, summary: 'Persons, records and keys' } }, () =>
    platform.identity.summary(),
  )
  app.get(
    '/api/identity/conflicts',
    { schema: { tags, summary: 'Shared values that were not used to link', querystring: z.object({ cursor, limit }) } },
    (request) => platform.identity.conflicts(request.actor, request.query.cursor),
  )
  app.get(
    '/api/identity/persons/:id',
    { schema: { tags, summary: 'Why the records of a person are linked', params: z.object({ id: z.string() }) } },
    async (request) => {
      const { personId, mergedFrom, records, keys } = await platform.profiles.get(request.params.id, request.actor)
      return { personId, mergedFrom, records, keys }
    },
  )
  app.post(
    '/api/identity/merge',
    {
      config: { roles: operators },
      schema: {
        tags,
        summary: 'Say that two persons are one',
        body: z.strictObject({ into: z.string(), from: z.string(), reason: z.string().max(500).optional() }),
      },
    },
    async (request) =>
      tasks.start({ zh: '合并客户', en: 'Merge customers' }, (work) =>
        platform.decideIdentity({ kind: 'merge', ...request.body }, request.actor.id, work),
      ),
  )
  app.post(
    '/api/identity/split',
    {
      config: { roles: operators },
      schema: {
        tags,
        summary: 'Take references off a person',
        body: z.strictObject({
          person: z.string(),
          refs: z.array(z.string()).min(1),
          reason: z.string().max(500).optional(),
        }),
      },
    },
    async (request) =>
      tasks.start({ zh: '拆分客户', en: 'Split a customer' }, (work) =>
        platform.decideIdentity({ kind: 'split', ...request.body }, request.actor.id, work),
      ),
  )
}
