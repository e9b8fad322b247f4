import type { Work } from '../base/context.ts'
import type { Ground, Projector } from '../governance/index.ts'
import type { Actor } from '../warehouse/index.ts'
import { build, type BuildResult } from './build.ts'
import type {
  CustomerPage,
  CustomerProfile,
  CustomerQuery,
  CustomerRow,
  ProfileDeps,
  TimelineItem,
  TimelineQuery,
} from './contract.ts'
import { getProfile } from './get.ts'
import { exportCustomers, exportProfiles, listCustomers } from './list.ts'
import { timeline } from './timeline.ts'

export interface Profiles {
  readonly projectors: readonly Projector[]
  /** Derive purchases and profiles; call it after identity. Skipped when nothing changed. */
  build(work: Work): Promise<BuildResult>
  /** @throws InputError person_unknown */
  get(personId: string, actor: Actor): Promise<CustomerProfile>
  /** @throws InputError customer_query_invalid */
  list(query: CustomerQuery, actor: Actor): Promise<CustomerPage>
  timeline(personId: string, actor: Actor, query?: TimelineQuery): Promise<{ items: TimelineItem[]; next?: string }>
  /** The rows of `list` without pages, in bounded memory. */
  export(query: CustomerQuery, actor: Actor): AsyncIterable<CustomerRow[]>
  /** Whole profile rows for files, masked. */
  exportFull(query: CustomerQuery, actor: Actor): AsyncIterable<Record<string, unknown>[]>
}

/** The stage that makes one view per customer. */
export function createProfiles(ground: Ground, deps: ProfileDeps): Profiles {
  return {
    projectors: [],
    build: (work) => build(ground, work),
    get: (personId, actor) => getProfile(ground, deps, personId, actor),
    list: (query, actor) => listCustomers(ground, deps, query, actor),
    timeline: (personId, actor, query = {}) => timeline(ground, personId, actor, query),
    export: (query, actor) => exportCustomers(ground, deps, query, actor),
    exportFull: (query, actor) => exportProfiles(ground, deps, query, actor),
  }
}

export { figures, type Figure } from './figures.ts'
export { goldenFields, survivorshipRules, type GoldenField, type SurvivorshipRule } from './golden-fields.ts'
export { profileTable, profileTables, purchaseTable } from './tables.ts'
export { timelineTypes } from './timeline.ts'
export type {
  BuildResult,
  CustomerPage,
  CustomerProfile,
  CustomerQuery,
  CustomerRow,
  ProfileDeps,
  TimelineItem,
  TimelineQuery,
}
export type { Rfm, Trait } from './contract.ts'
