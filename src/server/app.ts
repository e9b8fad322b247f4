import { existsSync } from 'node:fs'
import cookiePlugin from '@fastify/cookie'
import multipart from '@fastify/multipart'
import staticFiles from '@fastify/static'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance } from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { InputError, statusOf, TributaryError } from '../base/errors.ts'
import { localeOf } from '../base/text.ts'
import type { Platform } from '../platform.ts'
import { describeError, type Tasks } from './tasks.ts'
import { sessions } from './sessions.ts'
import { routes } from './routes/index.ts'

export interface ServerOptions {
  readonly platform: Platform
  readonly tasks: Tasks
  /** Folder of the built web app; without it only the API is served. */
  readonly webDir?: string
  readonly setupToken: string
  readonly machineToken: string
  readonly version: string
}

/** Largest upload; larger files belong into a watched folder. */
const uploadBytes = 4 * 1024 ** 3

/** The HTTP door: routes for every stage, the web app, and OpenAPI 3.1 at `/api/openapi.json`. Not yet listening. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: 1024 * 1024,
    requestTimeout: 0,
    connectionTimeout: 0,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    routerOptions: { maxParamLength: 500 },
    logger: false,
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  await app.register(cookiePlugin)
  await app.register(multipart, { limits: { fileSize: uploadBytes, files: 200 } })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tributary 百川',
        version: options.version,
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
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })

  app.addHook('onSend', async (_request, reply) => {
    void reply.header('X-Content-Type-Options', 'nosniff')
    void reply.header('Referrer-Policy', 'same-origin')
    void reply.header('X-Frame-Options', 'DENY')
    void reply.header('Cross-Origin-Opener-Policy', 'same-origin')
    if (!reply.hasHeader('Content-Security-Policy')) {
      // antd writes its styles at run time, hence style-src unsafe-inline; scripts only from us.
      void reply.header(
        'Content-Security-Policy',
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
      )
    }
  })

  app.setErrorHandler((error, request, reply) => {
    const locale = localeOf(request.headers['accept-language'])
    const fastifyStatus = (error as { statusCode?: number }).statusCode
    const known =
      error instanceof TributaryError || !fastifyStatus || fastifyStatus >= 500
        ? error
        : new InputError('bad_request', { problem: (error as Error).message })
    const status = known instanceof TributaryError ? (known.code === 'not_found' ? 404 : statusOf(known).http) : 500
    if (status >= 500) options.platform.log.error({ err: known, url: request.url }, 'request failed')
    const told = describeError(known)
    if (status === 503) void reply.header('Retry-After', '5')
    void reply.status(fastifyStatus === 413 ? 413 : status).send({ error: { ...told, message: told.text[locale] } })
  })

  sessions(app, options.platform, options)
  await routes(app.withTypeProvider<ZodTypeProvider>(), options)
  app.get('/api/openapi.json', { config: { open: true }, schema: { hide: true } }, async () => app.swagger())

  if (options.webDir && existsSync(options.webDir)) {
    await app.register(staticFiles, { root: options.webDir, maxAge: '1h', cacheControl: true })
    // Deep links belong to the web app's router.
    app.setNotFoundHandler((request, reply) => {
      if (request.url.startsWith('/api/')) throw new InputError('not_found', { what: 'route', name: request.url })
      void reply.header('Cache-Control', 'no-cache')
      return reply.sendFile('index.html')
    })
  }
  return app
}
