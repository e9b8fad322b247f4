import type { Work } from '../base/context.ts'
import type { Ground, Projector } from '../governance/index.ts'
import type { Actor } from '../warehouse/index.ts'
import { currentPerson, explainPerson, type PersonExplanation } from './explain.ts'
import { manualVerbs, type DecideBy } from './manual.ts'
import { identityProjectors } from './projector.ts'
import { resolve, type ResolveResult } from './resolve.ts'
import { conflicts, summary, type IdentityConflict, type IdentitySummary } from './summary.ts'

export interface Identity {
  readonly projectors: readonly Projector[]
  /** Link what came in since the last run; call it after intake and after a rebuild. */
  resolve(work: Work): Promise<ResolveResult>
  summary(): Promise<IdentitySummary>
  conflicts(actor: Actor, cursor?: string): Promise<{ items: IdentityConflict[]; next?: string; total: number }>
  /** In clear: mask before it leaves. @throws InputError person_unknown */
  explainPerson(personId: string): Promise<PersonExplanation>
  /** The id in use: follows merges. @throws InputError person_unknown */
  currentPerson(personId: string): Promise<string>
  merge(personId: string, other: string, by: DecideBy): Promise<number>
  split(personId: string, refs: readonly string[], by: DecideBy): Promise<number>
  undo(decision: number, by: DecideBy): Promise<number>
}

/** The stage that says who is who. */
export function createIdentity(ground: Ground): Identity {
  return {
    projectors: identityProjectors(ground),
    resolve: (work) => resolve(ground, work),
    summary: () => summary(ground),
    conflicts: (actor, cursor) => conflicts(ground, actor, cursor),
    explainPerson: (personId) => explainPerson(ground, personId),
    currentPerson: (personId) => currentPerson(ground, personId),
    ...manualVerbs(ground),
  }
}

export { customerRef, emailKeySql, phoneKeySql, refOf, usableId } from './key-sql.ts'
export { conflictReasons, linkTypes, type LinkType, type LinkTypeName } from './link-types.ts'
export { nameForms, type NameForm } from './name-form.ts'
export { personOf } from './person-of.ts'
export { currentPerson, explainPerson } from './explain.ts'
export { identityTables } from './tables.ts'
export type { DecideBy, IdentityConflict, IdentitySummary, PersonExplanation, ResolveResult }
export type { PersonRecord } from './explain.ts'
