import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

type Operation = { summary?: string; responses?: Record<string, unknown> }

const text = {
  type: 'object',
  required: ['zh', 'en'],
  properties: { zh: { type: 'string' }, en: { type: 'string' } },
} as const

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'text', 'params'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string', description: 'in the language of Accept-Language' },
        text,
        params: { type: 'object', additionalProperties: true },
      },
    },
  },
} as const

/** OpenAPI 3.1 from the routes: who may call each is read from its guard, what it answers from its summary. */
export function openApi(version: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tributary 百川',
        version,
        description: 'Customer data platform: sources, intake, quality, identity, profiles, segments, insight.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'tributary_session' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
    transform: (route) => {
      const made = jsonSchemaTransform(route)
      const { open, roles } = route.route.config ?? {}
      if (!made.schema || (!open && !roles)) return made
      const who = open ? { security: [] } : { description: `Roles: ${roles!.join(', ')}.` }
      return { ...made, schema: { ...made.schema, ...who } }
    },
    transformObject: (document) => {
      const made = jsonSchemaTransformObject(document) as {
        paths?: Record<string, Record<string, Operation>>
        components?: { schemas?: Record<string, unknown> }
      }
      made.components = { ...made.components, schemas: { ...made.components?.schemas, Error: errorSchema } }
      for (const operation of Object.values(made.paths ?? {}).flatMap((path) => Object.values(path)))
        operation.responses = {
          200: { description: operation.summary ?? 'Done' },
          default: {
            description: 'What is wrong, where, and how to mend it',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
          },
        }
      return made as never
    },
  }
}
