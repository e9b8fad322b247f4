import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AccessDenied, AuthError } from '../base/errors.ts'
import { sha256 } from '../base/ids.ts'
import { foldText } from '../base/normalise.ts'
import type { Actor, Platform, Role } from '../platform.ts'
import type { Session, SetupRequest } from './contract.ts'

const cookie = 'tributary_session'
const idleMs = 12 * 3600_000
const absoluteMs = 7 * 24 * 3600_000

interface Live {
  readonly name: string
  readonly role: Role
  readonly createdAt: number
  seenAt: number
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for every request that passed the guard. */
    actor: Actor
  }
  interface FastifyContextConfig {
    /** No login needed. */
    open?: boolean
    /** Roles that may call it; every logged-in role when absent. */
    roles?: readonly Role[]
  }
}

export const writers: readonly Role[] = ['admin', 'analyst', 'marketer', 'steward']
export const operators: readonly Role[] = ['admin', 'analyst', 'steward']

/**
 * Logins, the first-start setup and the guard before every route. Only hashes of session tokens are kept, in memory:
 * a restart logs everybody out.
 * @param machineToken lets the CLI on this machine act as administrator (it can read the token's file)
 */
export function sessions(
  app: FastifyInstance,
  platform: Platform,
  options: { setupToken: string; machineToken: string; version: string },
): void {
  const live = new Map<string, Live>()
  const failures = new Map<string, { count: number; until: number }>()
  const clock = platform.clock

  const find = (request: FastifyRequest): Live | undefined => {
    const bearer = request.headers.authorization?.replace(/^Bearer /, '')
    if (bearer && sha256(bearer) === sha256(options.machineToken))
      return { name: 'cli', role: 'admin', createdAt: clock(), seenAt: clock() }
    const token = request.cookies[cookie]
    const key = token && sha256(token)
    const session = key ? live.get(key) : undefined
    if (!key || !session) return undefined
    if (
      clock() - session.seenAt > idleMs ||
      clock() - session.createdAt > absoluteMs ||
      platform.users.role(session.name) !== session.role
    ) {
      live.delete(key)
      return undefined
    }
    session.seenAt = clock()
    return session
  }

  app.decorateRequest('actor', null as unknown as Actor)

  app.addHook('onRequest', async (request) => {
    const path = request.url.split('?')[0]!
    if (!path.startsWith('/api/')) return
    // A form on another site cannot act with this browser's cookie: browsers say where a request comes from.
    const site = request.headers['sec-fetch-site']
    const origin = request.headers.origin
    const foreign =
      (site && site !== 'same-origin' && site !== 'none') ||
      (origin && URL.canParse(origin) && new URL(origin).host !== request.headers.host)
    if (request.method !== 'GET' && foreign) throw new AccessDenied('cross_site')
    const config = request.routeOptions.config
    const session = find(request)
    const locale = (request.headers['accept-language'] ?? '').toLowerCase().startsWith('zh') ? 'zh' : 'en'
    if (session) request.actor = { id: session.name, role: session.role, locale }
    if (config.open) return
    if (!session) throw new AuthError('login_needed')
    if (config.roles && !config.roles.includes(session.role)) {
      platform.auditDenied(request.actor, `${request.method} ${path}`)
      throw new AccessDenied('role_denied', { role: session.role, needed: config.roles.join(', ') })
    }
  })

  const open = (reply: FastifyReply, name: string, role: Role): void => {
    const token = randomBytes(32).toString('base64url')
    live.set(sha256(token), { name, role, createdAt: clock(), seenAt: clock() })
    void reply.setCookie(cookie, token, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/',
      secure: reply.request.protocol === 'https',
      maxAge: absoluteMs / 1000,
    })
  }
  const view = (session?: Live): Session => ({
    user: session ? { name: session.name, role: session.role as NonNullable<Session['user']>['role'] } : undefined,
    needsSetup: platform.users.count() === 0,
    version: options.version,
    ...platform.locality(),
  })

  const tags = ['session']
  app.get('/api/session', { config: { open: true }, schema: { tags, summary: 'Who is logged in' } }, async (request) =>
    view(find(request)),
  )

  app.post<{ Body: SetupRequest }>(
    '/api/setup',
    {
      config: { open: true },
      schema: {
        tags,
        summary: 'The login made at first start, with the one-time code',
        body: z.strictObject({ name: z.string().max(200), password: z.string().max(200), token: z.string().max(200) }),
      },
    },
    async (request, reply) => {
      const { body } = request
      if (platform.users.count() > 0) throw new AccessDenied('setup_done')
      if (sha256(body.token.trim()) !== sha256(options.setupToken)) throw new AuthError('setup_token')
      await platform.users.create({ name: body.name, password: body.password, role: 'admin' }, 'setup')
      open(reply, body.name, 'admin')
      return view({ name: body.name, role: 'admin', createdAt: clock(), seenAt: clock() })
    },
  )

  app.post<{ Body: { name: string; password: string } }>(
    '/api/session',
    {
      config: { open: true },
      schema: {
        tags,
        summary: 'Log in',
        body: z.strictObject({ name: z.string().max(200), password: z.string().max(200) }),
      },
    },
    async (request, reply) => {
      const { name, password } = request.body
      // By the name as accounts are found: other spellings of it must not give more tries.
      const key = `${request.ip}/${foldText(name).toLowerCase()}`
      const failed = failures.get(key)
      if (failed && failed.count >= 5 && clock() < failed.until)
        throw new AuthError('login_locked', { seconds: Math.ceil((failed.until - clock()) / 1000) })
      const role = await platform.users.verify(name, password)
      if (!role) {
        if (failures.size > 10_000) failures.clear()
        failures.set(key, { count: (failed?.count ?? 0) + 1, until: clock() + 30_000 })
        platform.auditDenied({ id: name.slice(0, 80), role: 'viewer' }, 'login')
        throw new AuthError('login_failed')
      }
      failures.delete(key)
      open(reply, name, role)
      return view({ name, role, createdAt: clock(), seenAt: clock() })
    },
  )

  app.delete(
    '/api/session',
    { config: { open: true }, schema: { tags, summary: 'Log out' } },
    async (request, reply) => {
      const token = request.cookies[cookie]
      if (token) live.delete(sha256(token))
      void reply.clearCookie(cookie, { path: '/' })
      return view()
    },
  )
}
