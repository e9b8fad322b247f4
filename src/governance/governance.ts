import type { Journal } from '../journal/index.ts'
import type { Projector, ReadPolicy, Table, Warehouse } from '../warehouse/index.ts'
import { InternalError } from '../base/errors.ts'
import { readPolicy } from './access.ts'
import { auditLog, auditProjector, type AuditLog } from './audit.ts'
import type { Definitions, Lineage } from './contract.ts'
import { definitionStore } from './definitions.ts'
import { lineageOf, lineageProjector } from './lineage.ts'
import { governanceTables } from './tables.ts'
import { usersOf, type Users } from './users.ts'

export interface Governance {
  readonly definitions: Definitions
  readonly lineage: Lineage
  readonly audit: AuditLog
  readonly users: Users
  /** For `openWarehouse`. */
  readonly policy: ReadPolicy
  readonly projectors: readonly Projector[]
  readonly tables: readonly Table[]
  /** Read the definitions from the journal; call once, first of all. */
  load(): Promise<void>
  /** The warehouse opens after the governance, with its policy; `audit.list` reads from it. */
  attach(warehouse: Pick<Warehouse, 'query'>): void
  /** Bring the last audit entries into the journal. */
  close(): Promise<void>
}

export interface GovernanceOptions {
  readonly journal: Journal
  readonly clock: () => number
  readonly workspace: string
}

/** Definitions, access, audit and lineage: below all stages in imports, around them at run time. */
export function createGovernance(options: GovernanceOptions): Governance {
  let warehouse: Pick<Warehouse, 'query'> | undefined
  const definitions = definitionStore(options)
  const audit = auditLog({
    ...options,
    warehouse: () => {
      if (!warehouse) throw new InternalError('warehouse_not_attached')
      return warehouse
    },
  })
  return {
    definitions,
    lineage: lineageOf(options),
    audit,
    users: usersOf(definitions),
    policy: readPolicy((entry) => audit.write(entry)),
    projectors: [lineageProjector, auditProjector],
    tables: governanceTables,
    load: () => definitions.load(),
    attach: (opened) => {
      warehouse = opened
    },
    close: () => audit.flush(),
  }
}
