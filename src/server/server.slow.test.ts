import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPlatform, type Platform } from '../platform.ts'
import type { BatchView, CustomerProfile, CustomerRow, Page, QuarantineRow, Task, Upload } from './contract.ts'
import { createServer, createTasks, type Tasks } from './index.ts'

const home = mkdtempSync(join(tmpdir(), 'tributary-server-'))
let now = Date.UTC(2025, 0, 15)
let platform: Platform
let tasks: Tasks
let app: FastifyInstance

const password = 'a long enough secret'
const cookies: Record<string, string> = {}

beforeAll(async () => {
  platform = await openPlatform({ home, clock: () => now })
  tasks = createTasks(platform.clock)
  app = await createServer({ platform, tasks, setupToken: 'one-time', machineToken: 'machine', version: '0' })
  await app.ready()
})
afterAll(async () => {
  await tasks.close()
  await app.close()
  await platform.close()
  rmSync(home, { recursive: true, force: true })
})

type Method = NonNullable<InjectOptions['method']>

/** A request as one of the people below, or as nobody. */
async function as(who: string | undefined, method: string, url: string, payload?: unknown, headers: object = {}) {
  const reply = await app.inject({
    method: method as Method,
    url,
    headers: { ...(who ? { cookie: cookies[who]! } : {}), ...headers },
    ...(payload === undefined ? {} : { payload: payload as never }),
  })
  return {
    status: reply.statusCode,
    headers: reply.headers,
    text: reply.payload,
    json: <T>() => reply.json<T>(),
    raw: reply,
  }
}

async function login(name: string, secret: string) {
  const reply = await as(undefined, 'POST', '/api/session', { name, password: secret })
  const set = reply.headers['set-cookie']
  if (set) cookies[name] = String(set).split(';')[0]!
  return reply
}

async function ended(task: Task): Promise<Task> {
  for (;;) {
    const seen = (await as('admin', 'GET', `/api/tasks/${task.id}`)).json<Task>()
    if (seen.state !== 'running') return seen
    await new Promise((r) => setTimeout(r, 20))
  }
}

async function done<T>(reply: { json: <R>() => R; status: number; text: string }): Promise<T> {
  expect(reply.status, reply.text).toBe(200)
  const task = await ended(reply.json<Task>())
  expect(task.state, JSON.stringify(task.error)).toBe('done')
  return task.result as T
}

function form(files: readonly (readonly [name: string, content: string])[]) {
  const line = '----a-line-between'
  const parts = files.map(
    ([name, content]) =>
      `--${line}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n${content}\r\n`,
  )
  return [`${parts.join('')}--${line}--\r\n`, { 'content-type': `multipart/form-data; boundary=${line}` }] as const
}

async function upload(...files: (readonly [string, string])[]): Promise<Upload> {
  const [body, headers] = form(files)
  const reply = await as('admin', 'POST', '/api/uploads', body, headers)
  expect(reply.status, reply.text).toBe(200)
  return reply.json<Upload>()
}

describe('getting in', () => {
  it('asks for the one-time code at first start, once', async () => {
    expect((await as(undefined, 'GET', '/api/session')).json()).toMatchObject({ needsSetup: true })
    const wrong = await as(undefined, 'POST', '/api/setup', { name: 'admin', password, token: 'guess' })
    expect(wrong.status).toBe(401)
    const weak = await as(undefined, 'POST', '/api/setup', { name: 'admin', password: 'short', token: 'one-time' })
    expect([weak.status, weak.json<{ error: { code: string } }>().error.code]).toEqual([400, 'password_too_short'])
    const made = await as(undefined, 'POST', '/api/setup', { name: 'admin', password, token: ' one-time ' })
    expect(made.status).toBe(200)
    cookies.admin = String(made.headers['set-cookie']).split(';')[0]!
    expect((await as('admin', 'GET', '/api/session')).json()).toMatchObject({
      needsSetup: false,
      user: { name: 'admin', role: 'admin' },
    })
    const again = await as(undefined, 'POST', '/api/setup', { name: 'eve', password, token: 'one-time' })
    expect(again.status).toBe(403)
  })

  it('gives a cookie that scripts and other sites cannot use', async () => {
    const reply = await login('admin', password)
    const flags = String(reply.headers['set-cookie']).split('; ').slice(1)
    expect(flags).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Path=/']))
    expect(String(reply.headers['set-cookie'])).not.toContain(password)
  })

  it('locks a name out after five failures, however it is spelled, and lets it in again later', async () => {
    await platform.users.create({ name: 'clumsy', password, role: 'viewer' }, 'test')
    const spellings = ['clumsy', 'Clumsy', 'CLUMSY', 'ｃlumsy', 'clumsy']
    for (const name of spellings) expect((await login(name, 'wrong')).status).toBe(401)
    const locked = await login('clumsy', password)
    expect(locked.status).toBe(429)
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(0)
    now += 31_000
    expect((await login('clumsy', password)).status).toBe(200)
  })

  it('forgets a session at logout, after idling, and when the role changes', async () => {
    const me = async () => (await as('clumsy', 'GET', '/api/home')).status
    expect(await me()).toBe(200)
    await platform.users.disable('clumsy', 'test')
    expect(await me()).toBe(401)
    await platform.users.enable('clumsy', 'test')
    await login('clumsy', password)
    const kept = cookies.clumsy!
    await as('clumsy', 'DELETE', '/api/session')
    cookies.clumsy = kept
    expect(await me()).toBe(401)
    await login('clumsy', password)
    now += 13 * 3600_000
    expect(await me()).toBe(401)
    await login('admin', password)
  })

  it('refuses what another site sends, even with the cookie', async () => {
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', host: 'localhost:8090' },
    ]) {
      const reply = await as('admin', 'POST', '/api/segments/preview', { rule: 'orders >= 1' }, headers)
      expect([reply.status, reply.json<{ error: { code: string } }>().error.code]).toEqual([403, 'cross_site'])
    }
    const own = { origin: 'http://localhost:8090', host: 'localhost:8090', 'sec-fetch-site': 'same-origin' }
    expect((await as('admin', 'GET', '/api/home', undefined, own)).status).toBe(200)
  })

  it('lets the command line of this machine in by its token', async () => {
    const call = (token: string) => as(undefined, 'GET', '/api/users', undefined, { authorization: `Bearer ${token}` })
    expect((await call('machine')).status).toBe(200)
    expect((await call('other')).status).toBe(401)
  })
})

/** Who may call what. A route that is not here fails the test below: decide about it, then write it down. */
const guards: Record<'open' | 'everybody' | 'writers' | 'operators' | 'stewards' | 'definers' | 'admins', string[]> = {
  open: ['GET /api/session', 'POST /api/session', 'DELETE /api/session', 'POST /api/setup', 'GET /api/health'],
  everybody: [
    'GET /api/home',
    'GET /api/tasks',
    'GET /api/tasks/{id}',
    'GET /api/tasks/stream',
    'GET /api/sources',
    'GET /api/batches',
    'GET /api/lineage/{dataset}/{batch}/{row}',
    'GET /api/lineage/runs',
    'GET /api/catalogue',
    'GET /api/quality/scores',
    'GET /api/quality/rules',
    'GET /api/quality/cleaning',
    'GET /api/quality/quarantine',
    'GET /api/quality/quarantine/summary',
    'GET /api/quality/review',
    'GET /api/identity/summary',
    'GET /api/identity/conflicts',
    'GET /api/identity/persons/{id}',
    'GET /api/customers',
    'GET /api/customers/{id}',
    'GET /api/customers/{id}/timeline',
    'GET /api/segments',
    'GET /api/segments/fields',
    'POST /api/segments/preview',
    'GET /api/segments/{name}',
    'GET /api/segments/{name}/members',
    'GET /api/insight/analyses',
    'POST /api/insight/analyses/{id}',
    'GET /api/rfm',
    'GET /api/reports',
    'GET /api/reports/{id}',
    'GET /api/reports/{id}/html',
    'GET /api/reports/{id}/xlsx',
    'GET /api/reports/{id}/pdf',
  ],
  writers: [
    'DELETE /api/tasks/{id}',
    'GET /api/customers.csv',
    'GET /api/customers.xlsx',
    'GET /api/quality/quarantine.csv',
    'GET /api/segments/{name}/members.csv',
    'PUT /api/segments/{name}',
    'DELETE /api/segments/{name}',
    'POST /api/reports',
    'POST /api/reports/{id}/run',
    'DELETE /api/reports/{id}',
  ],
  operators: [
    'POST /api/demo',
    'POST /api/runs',
    'PUT /api/sources/{id}',
    'DELETE /api/sources/{id}',
    'POST /api/sources/{id}/run',
    'POST /api/sources/{id}/pause',
    'POST /api/sources/{id}/resume',
    'POST /api/uploads',
    'GET /api/uploads/{id}',
    'POST /api/imports/inspect',
    'POST /api/imports/validate',
    'POST /api/imports',
    'POST /api/batches/{batch}/undo',
    'PUT /api/quality/rules/{dataset}/{id}',
    'DELETE /api/quality/rules/{dataset}/{id}',
    'POST /api/quality/quarantine/{batch}/{row}',
    'POST /api/quality/quarantine/{batch}/{row}/discard',
    'POST /api/quality/review/{id}',
    'POST /api/identity/merge',
    'POST /api/identity/split',
  ],
  stewards: ['GET /api/audit'],
  definers: ['GET /api/definitions.yaml'],
  admins: ['POST /api/rebuild', 'GET /api/users', 'POST /api/users'],
}

interface Operation {
  tags?: string[]
  summary?: string
  security?: unknown[]
  description?: string
  parameters?: { name: string; in: string }[]
  responses: Record<string, { description: string }>
}
interface Document {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> }
}

const document = (): Document => app.swagger() as unknown as Document
const operations = (): [string, Operation][] =>
  Object.entries(document().paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, op]): [string, Operation] => [`${method.toUpperCase()} ${path}`, op]),
  )
const call = (operation: string): [method: string, url: string] => {
  const [method, path] = operation.split(' ') as [string, string]
  return [method, path.replace(/\{(\w+)\}/g, (_, name: string) => (/batch|row/.test(name) ? '999' : 'customer'))]
}

describe('who may do what', () => {
  beforeAll(async () => {
    for (const role of ['viewer', 'marketer', 'analyst', 'steward'] as const) {
      const made = await as('admin', 'POST', '/api/users', { name: role, password, role })
      expect(made.status, made.text).toBe(200)
      await login(role, password)
    }
  })

  it('knows every route, and no other', () => {
    const known = Object.values(guards).flat()
    expect(
      operations()
        .map(([name]) => name)
        .sort(),
    ).toEqual(known.sort())
  })

  it('lets nobody in without a login, except where the door is open', async () => {
    for (const [name] of operations()) {
      const reply = await as(undefined, ...call(name))
      if (guards.open.includes(name)) expect(reply.headers['content-type'], name).toContain('application/json')
      else expect([name, reply.status]).toEqual([name, 401])
    }
  })

  it('lets each role do what its table says, and tells the others who may', async () => {
    const denied: Record<string, string[]> = {
      viewer: ['writers', 'operators', 'stewards', 'definers', 'admins'],
      marketer: ['operators', 'stewards', 'definers', 'admins'],
      analyst: ['stewards', 'admins'],
      steward: ['admins'],
    }
    for (const [role, groups] of Object.entries(denied))
      for (const name of groups.flatMap((g) => guards[g as keyof typeof guards])) {
        const reply = await as(role, ...call(name))
        expect([role, name, reply.status]).toEqual([role, name, 403])
        expect(reply.json<{ error: { params: object } }>().error).toMatchObject({
          code: 'role_denied',
          params: { role },
        })
      }
    // What a viewer may look at answers, if only that there is no such thing.
    for (const name of guards.everybody.filter((n) => !n.endsWith('/stream'))) {
      const reply = await as('viewer', ...call(name), name.startsWith('POST') ? {} : undefined)
      expect([200, 400, 404], `${name}: ${reply.status} ${reply.text}`).toContain(reply.status)
    }
  })

  it('puts the security headers on every answer, whatever it is', async () => {
    const wanted = {
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    }
    for (const [name] of operations()) {
      const reply = await as(undefined, ...call(name))
      expect(reply.headers, name).toMatchObject(wanted)
      expect(String(reply.headers['content-security-policy']), name).toContain("default-src 'self'")
      expect(reply.headers['cache-control'], name).toBe('no-store')
    }
    const missing = await as('admin', 'GET', '/api/nothing')
    expect([missing.status, missing.json<{ error: object }>().error]).toMatchObject([404, { code: 'not_found' }])
    expect(missing.headers).toMatchObject(wanted)
    const stream = await app.inject({
      url: '/api/tasks/stream',
      headers: { cookie: cookies.viewer! },
      payloadAsStream: true,
    })
    expect(stream.headers).toMatchObject({ ...wanted, 'content-type': 'text/event-stream' })
    stream.stream().destroy()
  })
})

describe('the description of the API', () => {
  it('is OpenAPI 3.1: tags, summaries, parameters, responses, and who may call', async () => {
    const told = (await as(undefined, 'GET', '/api/openapi.json')).json<Document>()
    expect(told.openapi).toBe('3.1.0')
    expect(told.components.schemas).toHaveProperty('Error')
    for (const [name, op] of operations()) {
      expect(op.tags?.length, name).toBeGreaterThan(0)
      expect(op.summary, name).toMatch(/\S/)
      expect(op.responses['200']!.description, name).toBe(op.summary)
      expect(op.responses.default!.description, name).toMatch(/\S/)
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map((m) => m[1])
      const declared = (op.parameters ?? []).filter((p) => p.in === 'path').map((p) => p.name)
      expect(declared.sort(), name).toEqual(inPath.sort())
      expect(op.security, name).toEqual(guards.open.includes(name) ? [] : undefined)
      if (guards.operators.includes(name)) expect(op.description, name).toContain('analyst')
    }
    expect(JSON.stringify(told)).not.toContain('undefined')
  })
})

describe('errors', () => {
  it('are told as code, message, both texts and params, in the language asked for', async () => {
    const ask = (language: string) =>
      as('admin', 'GET', '/api/customers/nobody', undefined, { 'accept-language': language })
    for (const [language, locale] of [
      ['zh-CN,zh;q=0.9', 'zh'],
      ['en-GB', 'en'],
      ['de', 'en'],
    ] as const) {
      const reply = await ask(language)
      expect(reply.status).toBe(404)
      const { error } = reply.json<{
        error: { code: string; message: string; text: Record<string, string>; params: object }
      }>()
      expect(error).toMatchObject({ code: 'person_unknown', params: { person: 'nobody' } })
      expect(error.message).toBe(error.text[locale])
      expect(error.text.zh).not.toBe(error.text.en)
    }
  })

  it('refuse keys that reach for prototypes, and bodies that do not fit', async () => {
    const json = { 'content-type': 'application/json' }
    for (const body of [
      '{"rule":"orders >= 1","__proto__":{"x":1}}',
      '{"rule":"orders >= 1","constructor":{"prototype":{"x":1}}}',
      '{"rule":"orders >= 1","more":1}',
      '{"rule":',
      '[]',
    ]) {
      const reply = await as('admin', 'POST', '/api/segments/preview', body, json)
      expect([body, reply.status]).toEqual([body, 400])
      expect(reply.json<{ error: object }>().error).toMatchObject({ code: 'bad_request' })
    }
    expect(({} as { x?: number }).x).toBeUndefined()
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const replies = [
        await as('admin', 'GET', `/api/segments/${name}`),
        await as('admin', 'GET', `/api/lineage/${name}/1/1`),
        await as('admin', 'POST', `/api/insight/analyses/${name}`, {}),
        await as('admin', 'PUT', `/api/quality/rules/${name}/x`, { rule: name }),
        await as('admin', 'PUT', `/api/sources/x`, { connector: name, config: {} }),
        await as('admin', 'GET', `/api/customers?sort=${name}`),
      ]
      for (const [i, reply] of replies.entries())
        expect([400, 404], `${name} ${i} ${reply.text}`).toContain(reply.status)
    }
    const big = await as('admin', 'POST', '/api/segments/preview', { rule: 'x'.repeat(2 * 1024 ** 2) })
    expect(big.status).toBe(413)
  })
})

const customersFile = `客户编号,姓名,手机,邮箱,省份,年龄
C1,张三,13800000001,zhang@example.com,广东,30
C2,李四,13800000002,li@example.com,浙江,41
C3,王五,13800000003,wang@example.com,江苏,old
`
const ordersFile = `订单号,客户编号,下单时间,金额
O1,C1,2024-12-01,120.5
O2,C1,2024-12-20,80
O3,C2,2024-11-11,40
`

describe('from an upload to a segment', () => {
  let batches: BatchView[]
  let zhang: CustomerRow

  it('takes names with paths harmlessly, and long Chinese ones', async () => {
    const made = await upload(
      ['../../../../etc/evil.csv', 'a\n1\n'],
      ['..', 'a\n1\n'],
      ['C:\\windows\\evil.csv', 'a\n1\n'],
      [`${'很'.repeat(190)}.csv`, 'a\n1\n'],
    )
    expect(made.files.slice(0, 3).map((f) => f.name)).toEqual(['evil.csv', 'file', 'evil.csv'])
    expect(made.files[3]!.name).toMatch(/很\.csv$/)
    const folder = join(home, 'uploads', made.id)
    expect(readdirSync(folder).sort()).toEqual(['0', '1', '2', '3'])
    expect(readdirSync(join(folder, '0'))).toEqual(['evil.csv'])
    expect(existsSync(join(home, 'etc'))).toBe(false)
    for (const id of ['../../secrets', '..%2f..%2fsecrets', `${made.id}/..`])
      expect([400, 404]).toContain((await as('admin', 'GET', `/api/uploads/${id}`)).status)
  })

  it('inspects, validates and imports, and the river runs on', async () => {
    const files = await upload(['customers.csv', customersFile], ['orders.csv', ordersFile])
    expect((await as('admin', 'GET', `/api/uploads/${files.id}`)).json()).toEqual(files)
    const plans = []
    for (const { index } of files.files) {
      const { inspection, mapping } = (
        await as('admin', 'POST', '/api/imports/inspect', { upload: files.id, file: index })
      ).json<{
        inspection: { plan: object }
        mapping: { dataset: string; fields: Record<string, { column?: string }> }
      }>()
      // A column with a word among numbers is not suggested as an age; the person at the wizard says that it is.
      if (index === 0) mapping.fields.age = { column: '年龄' }
      const body = { upload: files.id, file: index, plan: inspection.plan, mapping }
      const checked = await as('admin', 'POST', '/api/imports/validate', body)
      expect(checked.json()).toMatchObject({ counts: { rows: 3, quarantined: index === 0 ? 1 : 0 } })
      plans.push({ file: index, plan: inspection.plan, mapping: { ...mapping, space: 'shop' } })
    }
    const started = await as('admin', 'POST', '/api/imports', { upload: files.id, source: 'desk', files: plans })
    batches = await done<BatchView[]>(started)
    expect(batches.map((b) => [b.dataset, b.rowsRead, b.stored, b.quarantined])).toEqual([
      ['customer', 3, 2, 1],
      ['order', 3, 3, 0],
    ])
    const listed = (await as('viewer', 'GET', '/api/batches')).json<Page<BatchView>>()
    expect(listed.items.map((b) => b.batch).sort()).toEqual(batches.map((b) => b.batch).sort())
  })

  it('shows customers to each role as its policy says', async () => {
    const list = async (who: string) => (await as(who, 'GET', '/api/customers')).json<Page<CustomerRow>>().items
    const seen = await list('admin')
    zhang = seen.find((c) => c.name === '张三')!
    expect(zhang).toMatchObject({ phone: '+8613800000001', amount: 200.5, orders: 2 })
    for (const who of ['marketer', 'viewer', 'analyst']) {
      const masked = (await list(who)).find((c) => c.personId === zhang.personId)!
      expect(masked.phone, who).toContain('*')
      expect(masked.phone, who).not.toContain('0000000')
      expect(JSON.stringify(masked), who).not.toContain('zhang@example.com')
    }
    const read = (await as('admin', 'GET', '/api/audit?limit=1000')).json<Page<{ actor: string; action: string }>>()
    expect(read.items.some((e) => e.actor === 'viewer' && e.action === 'denied')).toBe(true)
  })

  it('goes from a profile over its time line back to the raw row', async () => {
    const profile = (await as('admin', 'GET', `/api/customers/${zhang.personId}`)).json<CustomerProfile>()
    expect(profile.header).toMatchObject({ name: '张三', amount: 200.5, orders: 2 })
    const timeline = (await as('admin', 'GET', `/api/customers/${zhang.personId}/timeline`)).json<
      Page<{ batch: number; row: number }>
    >()
    expect(timeline.items.filter((i) => i.batch === batches[1]!.batch).length).toBeGreaterThanOrEqual(2)
    const { dataset, batch, row } = profile.traits.find((t) => t.name === 'phone')!.lineage!
    const raw = await as('admin', 'GET', `/api/lineage/${dataset}/${batch}/${row}`)
    expect(raw.json()).toMatchObject({
      source: 'desk',
      path: 'customers.csv',
      row: 1,
      raw: expect.stringContaining('C1,张三,13800000001'),
    })
    expect((await as('marketer', 'GET', `/api/lineage/${dataset}/${batch}/${row}`)).text).not.toContain('13800000001')
  })

  it('counts a segment while it is written, keeps it, and exports its members', async () => {
    const preview = await as('viewer', 'POST', '/api/segments/preview', { rule: 'orders.count() >= 2' })
    expect(preview.json(), preview.text).toMatchObject({ size: 1 })
    expect(preview.text).not.toContain('13800000001')
    const put = await as('marketer', 'PUT', '/api/segments/回头客', { rule: 'orders.count() >= 2' })
    expect(put.status, put.text).toBe(200)
    const members = (await as('marketer', 'GET', '/api/segments/回头客/members')).json<Page<CustomerRow>>()
    expect(members.items.map((c) => c.personId)).toEqual([zhang.personId])
    const file = await as('admin', 'GET', '/api/segments/回头客/members.csv', undefined, { 'accept-language': 'zh' })
    expect(file.headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent('回头客.csv')}`)
    expect(file.text.startsWith('\ufeff客户编号,姓名')).toBe(true)
    expect(file.text).toContain('张三')
    const masked = await as('marketer', 'GET', '/api/customers.csv')
    expect(masked.text).not.toContain('13800000001')
    expect(masked.text.trim().split('\r\n')).toHaveLength(3)
    const analyses = (await as('viewer', 'GET', '/api/insight/analyses')).json<{ id: string; params: object }[]>()
    expect(analyses.every((a) => a.id && typeof a.params === 'object' && !('def' in a.params))).toBe(true)
  })

  it('mends a quarantined row and sends it through again', async () => {
    const open = (await as('admin', 'GET', '/api/quality/quarantine?state=open')).json<Page<QuarantineRow>>().items
    expect(open).toMatchObject([{ source: 'desk', row: 3, field: 'age', value: 'old' }])
    const { batch, row } = open[0]!
    const still = await as('admin', 'POST', `/api/quality/quarantine/${batch}/${row}`, { values: { 年龄: 'older' } })
    expect(still.json()).toMatchObject({ state: 'open' })
    const wrong = await as('admin', 'POST', `/api/quality/quarantine/${batch}/${row}`, { values: { nope: '1' } })
    expect(wrong.json()).toMatchObject({ error: { code: 'unknown_column' } })
    const mended = await as('admin', 'POST', `/api/quality/quarantine/${batch}/${row}`, { values: { 年龄: '35' } })
    expect(mended.json()).toMatchObject({ state: 'replayed' })
    // Profiles follow as a task.
    await ended(tasks.list()[0]!)
    const names = (await as('admin', 'GET', '/api/customers')).json<Page<CustomerRow>>().items.map((c) => c.name)
    expect(names.sort()).toEqual(['张三', '李四', '王五'].sort())
    expect((await as('admin', 'GET', '/api/quality/quarantine/summary')).json()).toMatchObject({ total: 0 })
  })

  it('undoes an import whole', async () => {
    await done(await as('admin', 'POST', `/api/batches/${batches[1]!.batch}/undo`))
    const people = (await as('admin', 'GET', '/api/customers')).json<Page<CustomerRow>>().items
    expect(people.map((c) => c.orders)).toEqual([0, 0, 0])
    const again = await ended((await as('admin', 'POST', `/api/batches/${batches[1]!.batch}/undo`)).json<Task>())
    expect(again).toMatchObject({ state: 'failed', error: { code: 'unknown_batch' } })
    expect(await platform.balances()).toMatchObject([{ read: 3, stored: 3, balanced: true }])
  })

  it('tells the problems of a source in its health and in the result of its run', async () => {
    const folder = mkdtempSync(join(home, 'watched-'))
    writeFileSync(join(folder, 'good.csv'), customersFile.replaceAll('C', 'D'))
    writeFileSync(join(folder, 'empty.csv'), '')
    const put = await as('admin', 'PUT', '/api/sources/folder', { connector: 'file', config: { path: folder } })
    expect(put.status, put.text).toBe(200)
    const result = await done<{ problems: object[]; files_taken: number }>(
      await as('admin', 'POST', '/api/sources/folder/run'),
    )
    expect(result).toMatchObject({
      files_taken: 1,
      problems: [{ source: 'folder', file: 'empty.csv', code: 'file_empty' }],
    })
    const sources = (await as('viewer', 'GET', '/api/sources')).json<
      { id: string; status: string; health: { en: string } }[]
    >()
    const seen = sources.find((s) => s.id === 'folder')!
    expect([seen.status, seen.health.en]).toEqual(['error', expect.stringContaining('empty.csv')])
  })
})
