import { hash, verify } from '@node-rs/argon2'
import { InputError } from '../base/errors.ts'
import { foldText } from '../base/normalise.ts'
import type { Role } from '../warehouse/index.ts'
import type { Definitions } from './contract.ts'

/** Roles that a person may have; `system` is the platform itself. */
export type UserRole = Exclude<Role, 'system'>
export const userRoles: readonly UserRole[] = ['admin', 'steward', 'analyst', 'marketer', 'viewer']

interface Account {
  readonly name: string
  readonly role: UserRole
  readonly hash: string
  readonly disabled?: boolean
}

export interface Users {
  /** @throws InputError user_name_invalid, user_exists, user_role_unknown, password_too_short, password_equals_name */
  create(user: { name: string; password: string; role: UserRole }, by: string): Promise<void>
  /** The role when name and password fit an account that is not disabled; it takes equally long when they do not. */
  verify(name: string, password: string): Promise<UserRole | undefined>
  /** The role now, for every request: a change acts at once. Undefined when there is no such account or it is disabled. */
  role(name: string): UserRole | undefined
  setPassword(name: string, password: string, by: string): Promise<void>
  /** @throws InputError user_last_admin when nobody could administer any more */
  setRole(name: string, role: UserRole, by: string): Promise<void>
  disable(name: string, by: string): Promise<void>
  enable(name: string, by: string): Promise<void>
  /** Without password hashes. */
  list(): readonly {
    readonly name: string
    readonly role: UserRole
    readonly disabled: boolean
    readonly createdAt: number
  }[]
  count(): number
}

const minLength = 10
// Argon2id, 19 MiB, two passes, one lane (OWASP's second choice of equal strength).
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const keyOf = (name: string): string => foldText(name).toLowerCase()

/** Local accounts, kept as definitions of the kind `user`. */
export function usersOf(definitions: Definitions): Users {
  let decoy: Promise<string> | undefined
  const account = (name: string): Account | undefined => definitions.get<Account>('user', keyOf(name))?.value
  const known = (name: string): Account => {
    const found = account(name)
    if (!found) throw new InputError('user_unknown', { name })
    return found
  }
  const put = async (value: Account, actor: string, why: string): Promise<void> => {
    await definitions.put('user', keyOf(value.name), value, { actor, why })
  }
  const keepOneAdmin = (leaving: Account): void => {
    const others = definitions.list<Account>('user').filter((d) => d.id !== keyOf(leaving.name))
    const admins = others.filter((d) => d.value.role === 'admin' && !d.value.disabled)
    if (leaving.role === 'admin' && admins.length === 0) throw new InputError('user_last_admin', { name: leaving.name })
  }
  const checkRole = (role: UserRole): void => {
    if (!userRoles.includes(role)) throw new InputError('user_role_unknown', { role, known: userRoles.join(', ') })
  }

  return {
    create: async ({ name, password, role }, by) => {
      const clean = foldText(name)
      if (!/^[\p{L}\p{N}][\p{L}\p{N}._@ -]{0,79}$/u.test(clean)) throw new InputError('user_name_invalid', { name })
      if (account(clean)) throw new InputError('user_exists', { name: clean })
      checkRole(role)
      checkPassword(clean, password)
      const hashed = await hash(password, cost)
      // Again: two requests may have waited for the hash together.
      if (account(clean)) throw new InputError('user_exists', { name: clean })
      await put({ name: clean, role, hash: hashed }, by, 'create')
    },
    verify: async (name, password) => {
      const found = account(name)
      decoy ??= hash('an account that nobody has', cost)
      const right = await verify(found?.hash ?? (await decoy), password)
      return found && right && !found.disabled ? found.role : undefined
    },
    role: (name) => {
      const found = account(name)
      return found && !found.disabled ? found.role : undefined
    },
    setPassword: async (name, password, by) => {
      const found = known(name)
      checkPassword(found.name, password)
      await put({ ...found, hash: await hash(password, cost) }, by, 'password')
    },
    setRole: async (name, role, by) => {
      const found = known(name)
      checkRole(role)
      if (role !== 'admin') keepOneAdmin(found)
      await put({ ...found, role }, by, 'role')
    },
    disable: async (name, by) => {
      const found = known(name)
      keepOneAdmin(found)
      await put({ ...found, disabled: true }, by, 'disable')
    },
    enable: async (name, by) => put({ ...known(name), disabled: false }, by, 'enable'),
    list: () =>
      definitions.list<Account>('user').map(({ id, value }) => ({
        name: value.name,
        role: value.role,
        disabled: value.disabled ?? false,
        createdAt: definitions.history('user', id)[0]!.at,
      })),
    count: () => definitions.list('user').length,
  }
}

/** @throws InputError password_too_short, password_equals_name */
export function checkPassword(name: string, password: string): void {
  if ([...password].length < minLength) throw new InputError('password_too_short', { min: minLength })
  if (keyOf(password) === keyOf(name)) throw new InputError('password_equals_name')
}
