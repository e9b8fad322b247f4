import { beforeEach, describe, expect, it } from 'vitest'
import type { Journal, StoredRecord } from '../journal/index.ts'
import { definitionStore } from './definitions.ts'
import { usersOf, type Users } from './users.ts'

let users: Users
let written: StoredRecord[]
beforeEach(() => {
  written = []
  const journal = {
    append: async (records: readonly StoredRecord[]) => {
      written.push(...records)
      return written.length
    },
  } as unknown as Journal
  users = usersOf(definitionStore({ journal, clock: () => 1, workspace: 'main' }))
})

const create = (name: string, password = 'correct horse', role: 'admin' | 'viewer' = 'viewer'): Promise<void> =>
  users.create({ name, password, role }, 'setup')

describe('accounts', () => {
  it('let in who knows the password, and nobody else', async () => {
    await create('张三', 'correct horse', 'admin')
    expect(await users.verify('张三', 'correct horse')).toBe('admin')
    expect(await users.verify('张三', 'wrong horse!')).toBeUndefined()
    expect(await users.verify('nobody', 'correct horse')).toBeUndefined()
  })

  it('keep Argon2id hashes of the stated cost, never the password', async () => {
    await create('ann')
    const body = new TextDecoder().decode(written[0]!.body)
    expect(body).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
    expect(body).not.toContain('correct horse')
    expect(JSON.stringify(users.list())).not.toContain('argon2')
  })

  it('are found whatever the width and case of the name', async () => {
    await create('Ann')
    expect(await users.verify(' ａｎｎ ', 'correct horse')).toBe('viewer')
    await expect(create('ANN')).rejects.toMatchObject({ code: 'user_exists' })
  })

  it('act at once when disabled, enabled or given another role', async () => {
    await create('root', 'correct horse', 'admin')
    await create('ann')
    await users.setRole('ann', 'steward', 'root')
    expect(users.role('ann')).toBe('steward')
    await users.disable('ann', 'root')
    expect(users.role('ann')).toBeUndefined()
    expect(await users.verify('ann', 'correct horse')).toBeUndefined()
    await users.enable('ann', 'root')
    await users.setPassword('ann', 'another horse', 'root')
    expect(await users.verify('ann', 'correct horse')).toBeUndefined()
    expect(await users.verify('ann', 'another horse')).toBe('steward')
    expect(users.list().map((u) => [u.name, u.role, u.disabled])).toEqual([
      ['ann', 'steward', false],
      ['root', 'admin', false],
    ])
    expect(users.count()).toBe(2)
  })

  it('always leave one administrator', async () => {
    await create('root', 'correct horse', 'admin')
    await expect(users.disable('root', 'root')).rejects.toMatchObject({ code: 'user_last_admin' })
    await expect(users.setRole('root', 'viewer', 'root')).rejects.toMatchObject({ code: 'user_last_admin' })
    await create('ann', 'correct horse', 'admin')
    await users.disable('root', 'ann')
    expect(users.role('root')).toBeUndefined()
  })

  it('are made once when two ask together', async () => {
    const results = await Promise.allSettled([create('ann'), create('ann')])
    expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(written.length).toBe(1)
  })

  it.each([
    ['ann', 'short', 'password_too_short'],
    ['ann', '长密码长密码长密码', 'password_too_short'],
    ['administrator', 'Administrator', 'password_equals_name'],
    ['administrator', 'ａｄｍｉｎｉｓｔｒａｔｏｒ', 'password_equals_name'],
    ['', 'correct horse', 'user_name_invalid'],
    ['a\nb<script>', 'correct horse', 'user_name_invalid'],
  ])('refuse name %j with password %j: %s', async (name, password, code) => {
    await expect(create(name, password)).rejects.toMatchObject({ code })
    expect(written).toEqual([])
  })

  it('know no role `system`', async () => {
    await expect(
      users.create({ name: 'ann', password: 'correct horse', role: 'system' as never }, 'x'),
    ).rejects.toMatchObject({ code: 'user_role_unknown' })
  })
})
