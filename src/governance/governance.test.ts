import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLocalJournal, type Journal } from '../journal/index.ts'
import {
  canonicalHash,
  openDuckDb,
  openProjection,
  openWarehouse,
  sql,
  type Projection,
  type Warehouse,
} from '../warehouse/index.ts'
import { createGovernance, exportDefinitions, importDefinitions, type Governance } from './index.ts'

let dir: string
let journal: Journal
let governance: Governance
let warehouse: Warehouse
let projection: Projection
let now = Date.UTC(2024, 5, 1)

const start = async (): Promise<void> => {
  journal = await openLocalJournal({ dir: join(dir, 'journal') })
  governance = createGovernance({ journal, clock: () => (now += 1000), workspace: 'main' })
  await governance.load()
  warehouse = await openWarehouse({
    engine: await openDuckDb({ path: join(dir, 'w.duckdb'), tmpDir: join(dir, 'tmp'), allowedDirs: [] }),
    tables: governance.tables,
    policy: governance.policy,
  })
  governance.attach(warehouse)
  projection = await openProjection({ journal, warehouse, projectors: () => governance.projectors })
}
const stop = async (): Promise<void> => {
  await governance.close()
  await warehouse.close()
  await journal.close()
}
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'tributary-governance-'))
  await start()
})
afterEach(async () => {
  await stop()
  rmSync(dir, { recursive: true, force: true })
})

const by = { actor: 'ann' }

describe('definitions', () => {
  it('keep every version, with who, when and why, over a restart', async () => {
    const { definitions } = governance
    const first = await definitions.put('segment', 'lapsing', { rule: 'a' }, { actor: 'ann', why: 'first try' })
    await definitions.put('segment', 'lapsing', { rule: 'b' }, { actor: 'ben' })
    await definitions.remove('segment', 'lapsing', { actor: 'ann', why: 'not used' })
    await definitions.put('segment', 'active', { rule: 'c' }, by)
    await definitions.put('segment', 'lapsing', { rule: 'd' }, by)
    expect(first).toMatchObject({ id: 'lapsing', version: 1, value: { rule: 'a' }, actor: 'ann', why: 'first try' })
    const seen = (): unknown => {
      const d = governance.definitions
      return [
        d.list('segment'),
        d.history('segment', 'lapsing'),
        d.version('segment', 'lapsing', 2),
        d.get('segment', 'lapsing'),
        d.revision(),
      ]
    }
    const before = seen()
    expect(governance.definitions.history('segment', 'lapsing').map((d) => d.value)).toEqual([
      { rule: 'a' },
      { rule: 'b' },
      undefined,
      { rule: 'd' },
    ])
    expect(governance.definitions.list('segment').map((d) => d.id)).toEqual(['active', 'lapsing'])
    await stop()
    await start()
    expect(seen()).toEqual(before)
  })

  it('change the revision with every put and remove, and with nothing else', async () => {
    const { definitions } = governance
    const seen = new Set([definitions.revision()])
    await definitions.put('rule', 'r', 1, by)
    seen.add(definitions.revision())
    await definitions.put('rule', 'r', 1, by)
    seen.add(definitions.revision())
    await definitions.remove('rule', 'r', by)
    seen.add(definitions.revision())
    await definitions.remove('rule', 'r', by)
    seen.add(definitions.revision())
    expect(seen.size).toBe(4)
  })

  it('number versions in order when many put at once', async () => {
    const versions = await Promise.all(
      Array.from({ length: 20 }, (_, i) => governance.definitions.put('setting', 's', i, by)),
    )
    expect(versions.map((v) => [v.version, v.value])).toEqual(Array.from({ length: 20 }, (_, i) => [i + 1, i]))
  })

  it('cannot be changed through what was given or got', async () => {
    const value = { list: [1] }
    await governance.definitions.put('setting', 's', value, by)
    value.list.push(2)
    const got = governance.definitions.get<typeof value>('setting', 's')!
    expect(got.value).toEqual({ list: [1] })
    expect(() => got.value.list.push(3)).toThrow(TypeError)
  })

  it('go out as YAML and come in again; only differences are put', async () => {
    const { definitions } = governance
    await definitions.put('segment', 'lapsing', { rule: 'orders.count(365d) >= 3', 名: '流失' }, by)
    await definitions.put('source', 'shop', { path: './*.csv' }, by)
    await governance.users.create({ name: 'ann', password: 'long enough', role: 'admin' }, 'setup')
    const yaml = exportDefinitions(definitions)
    expect(yaml).not.toContain('argon2')
    expect(await importDefinitions(definitions, yaml, by)).toEqual([])
    await definitions.put('source', 'shop', { path: './other.csv' }, by)
    await definitions.remove('segment', 'lapsing', by)
    expect(await importDefinitions(definitions, yaml, by)).toEqual(['source/shop', 'segment/lapsing'])
    expect(exportDefinitions(definitions)).toBe(yaml)
  })

  it.each([
    ['segment:\n  a: 1\nsegmnet:\n  b: 2\n', 3],
    ['segment: [1, 2]\n', 1],
    ['segment:\n  a: "open\n', 3],
    ['user:\n  mallory: { role: admin }\n', 1],
  ])('refuse YAML that does not fit, with the line, and put nothing: %j', async (yaml, line) => {
    const before = governance.definitions.revision()
    await expect(importDefinitions(governance.definitions, yaml, { ...by, file: 'd.yaml' })).rejects.toMatchObject({
      code: 'config_invalid',
      params: { file: 'd.yaml', line },
    })
    expect(governance.definitions.revision()).toBe(before)
  })
})

describe('lineage and audit', () => {
  it('leave one line per run, well or not', async () => {
    const info = { inputs: ['file:a.csv'], outputs: ['order'], mappingVersion: 3 }
    const run = await governance.lineage.run('intake', info, async (run) => run)
    await expect(
      governance.lineage.run('identity', { inputs: ['customer'], outputs: ['person'] }, () =>
        Promise.reject(new TypeError('broken')),
      ),
    ).rejects.toThrow('broken')
    await projection.catchUp()
    const rows = await warehouse.query(
      sql`select run, stage, inputs, outputs, mapping_version, status, ended_at > started_at as lasted from lineage_run order by started_at`,
    )
    expect(rows).toEqual([
      {
        run,
        stage: 'intake',
        inputs: ['file:a.csv'],
        outputs: ['order'],
        mapping_version: 3,
        status: 'ok',
        lasted: true,
      },
      {
        run: expect.any(String) as string,
        stage: 'identity',
        inputs: ['customer'],
        outputs: ['person'],
        mapping_version: null,
        status: 'failed',
        lasted: true,
      },
    ])
  })

  it('list audit entries newest first, page by page, and rebuild to the same', async () => {
    for (let i = 0; i < 5; i++)
      governance.audit.write({
        actor: 'ann',
        action: 'login',
        what: `n${i}`,
        ...(i % 2 ? { purpose: 'service', detail: { i } } : {}),
      })
    await governance.audit.flush()
    await projection.catchUp()
    const page = await governance.audit.list({ limit: 3 })
    expect(page.map((e) => e.what)).toEqual(['n4', 'n3', 'n2'])
    expect(page[1]).toEqual({
      at: expect.any(Number) as number,
      position: expect.any(Number) as number,
      actor: 'ann',
      action: 'login',
      what: 'n3',
      purpose: 'service',
    })
    expect(new Date(page[0]!.at).getUTCFullYear()).toBe(2024)
    expect((await governance.audit.list({ before: page[2]!.position, limit: 3 })).map((e) => e.what)).toEqual([
      'n1',
      'n0',
    ])
    const before = await canonicalHash(warehouse, governance.tables)
    await projection.rebuild()
    expect(await canonicalHash(warehouse, governance.tables)).toEqual(before)
  })

  it('write an entry for each read in clear by a person', async () => {
    const read = (role: 'admin' | 'viewer' | 'system') =>
      warehouse.read({
        actor: { id: role, role },
        purpose: 'service',
        query: sql`select ${'13812348000'} as phone`,
        columns: { phone: { class: 'sensitive', mask: 'phone' } },
      })
    for (const role of ['admin', 'viewer', 'system'] as const) await read(role)
    await governance.audit.flush()
    await projection.catchUp()
    expect(await governance.audit.list({ limit: 10 })).toMatchObject([
      { actor: 'admin', action: 'read.clear', what: 'phone', purpose: 'service' },
    ])
  })
})
