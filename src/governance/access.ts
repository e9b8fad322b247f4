import type { Actor, MaskKind, ReadPolicy, ResultColumn, Role } from '../warehouse/index.ts'

/** What a role may do; what is not here it may not. */
export type Action = 'read' | 'export' | 'define' | 'review' | 'run' | 'administer'

const allowed: Readonly<Record<Role, readonly Action[]>> = {
  admin: ['read', 'export', 'define', 'review', 'run', 'administer'],
  steward: ['read', 'export', 'define', 'review', 'run'],
  analyst: ['read', 'export', 'define', 'run'],
  marketer: ['read', 'export', 'run'],
  viewer: ['read'],
  system: ['read', 'export', 'define', 'review', 'run', 'administer'],
}

export function may(role: Role, action: Action): boolean {
  return Object.hasOwn(allowed, role) && allowed[role].includes(action)
}

/** Values that reach or identify a person at once; the name alone, needed to speak about a customer, does not. */
const reaching: readonly MaskKind[] = ['phone', 'email', 'id_number', 'card', 'address', 'redact']

/**
 * What an actor sees of a column:
 * | role | core sensitive | sensitive | non-sensitive |
 * |---|---|---|---|
 * | system, admin, steward | clear | clear | clear |
 * | analyst | masked | phone, e-mail, numbers, address masked; names and the rest clear | clear |
 * | marketer, viewer | masked | masked | clear |
 * | anyone else | hidden | hidden | hidden |
 */
export function maskingOf(actor: Pick<Actor, 'role'>, column: ResultColumn): MaskKind {
  const masked: MaskKind = column.mask && column.mask !== 'none' ? column.mask : 'redact'
  switch (actor.role) {
    case 'system':
    case 'admin':
    case 'steward':
      return 'none'
    case 'analyst':
      if (column.class === 'non_sensitive') return 'none'
      if (column.class === 'sensitive') return column.mask && reaching.includes(column.mask) ? column.mask : 'none'
      return masked
    case 'marketer':
    case 'viewer':
      return column.class === 'non_sensitive' ? 'none' : masked
    default:
      return 'redact'
  }
}

export function readPolicy(
  write: (entry: { actor: string; action: string; what: string; purpose: string; detail: unknown }) => void,
): ReadPolicy {
  return {
    masking: (actor, _purpose, column) => maskingOf(actor, column),
    audit: ({ actor, purpose, columns, rows }) => {
      // The platform's own work is told by lineage; people are told here.
      if (actor.role !== 'system')
        write({ actor: actor.id, action: 'read.clear', what: columns.join(','), purpose, detail: { rows } })
    },
  }
}
