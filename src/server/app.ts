import { existsSync } from 'node:fs'
import cookiePlugin from '@fastify/cookie'
import multipart from '@fastify/multipart'
import staticFiles from '@fastify/static'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { InputError, knownError, statusOf, TributaryError, type ErrorCode } from '../base/errors.ts'
import { localeOf } from '../base/text.ts'
import type { Platform } from '../platform.ts'
import { describeError, type Tasks } from './tasks.ts'
import { openApi } from './openapi.ts'
import { addSecurityHeaders } from './security-headers.ts'
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

/** Codes whose HTTP status says more than who must act. */
const special: Readonly<Partial<Record<ErrorCode, number>>> = {
  not_found: 404,
  unknown_source: 404,
  unknown_batch: 404,
  person_unknown: 404,
  segment_unknown: 404,
  report_unknown: 404,
  analysis_unknown: 404,
  login_locked: 429,
}

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
  await app.register(swagger, openApi(options.version))
  addSecurityHeaders(app)

  app.setErrorHandler((error, request, reply) => {
    const locale = localeOf(request.headers['accept-language'])
    const fastifyStatus = (error as { statusCode?: number }).statusCode
    const known =
      error instanceof TributaryError || !fastifyStatus || fastifyStatus >= 500
        ? knownError(error)
        : new InputError('bad_request', { problem: (error as Error).message })
    const status = special[known.code] ?? statusOf(known).http
    if (status >= 500) options.platform.log.error({ err: known, url: request.url }, 'request failed')
    const told = describeError(known)
    if (status === 503) void reply.header('Retry-After', '5')
    if (status === 429) void reply.header('Retry-After', String(told.params.seconds))
    void reply.status(fastifyStatus === 413 ? 413 : status).send({ error: { ...told, message: told.text[locale] } })
  })

  sessions(app, options.platform, options)
  await routes(app.withTypeProvider<ZodTypeProvider>(), options)
  app.get('/api/openapi.json', { config: { open: true }, schema: { hide: true } }, async () => app.swagger())

  const web = options.webDir && existsSync(options.webDir) ? options.webDir : undefined
  if (web) await app.register(staticFiles, { root: web, maxAge: '1h', cacheControl: true })
  app.setNotFoundHandler((request, reply) => {
    // Deep links belong to the web app's router.
    if (!web || request.url.startsWith('/api/')) throw new InputError('not_found', { what: 'route', name: request.url })
    void reply.header('Cache-Control', 'no-cache')
    return reply.sendFile('index.html')
  })
  return app
}
