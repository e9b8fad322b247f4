import type { Journal, Lake } from '../journal/index.ts'
import type { Actor, Projection, Projector, Table, Warehouse } from '../warehouse/index.ts'

/** Control state is a fold of the `definitions` topic held in memory: small, versioned, with who, when and why. */
export interface Definitions {
  put<T>(kind: DefinitionKind, id: string, value: T, by: { actor: string; why?: string }): Promise<Defined<T>>
  remove(kind: DefinitionKind, id: string, by: { actor: string; why?: string }): Promise<void>
  get<T>(kind: DefinitionKind, id: string): Defined<T> | undefined
  /** Current ones, by id. */
  list<T>(kind: DefinitionKind): readonly Defined<T>[]
  /** All versions, oldest first; a removed one has `value: undefined`. */
  history<T>(kind: DefinitionKind, id: string): readonly Defined<T>[]
  /** Version `n` of a definition, for a rebuild that must use what was in force. */
  version<T>(kind: DefinitionKind, id: string, version: number): T | undefined
  /** Those in force at a journal position, by id: what a rebuild must use. */
  asOf<T>(kind: DefinitionKind, position: number): readonly Defined<T>[]
  /** Changes with every put and remove: a cheap "is anything different" for skipping work. */
  revision(): number
}

export type DefinitionKind = 'source' | 'mapping' | 'rule' | 'segment' | 'report' | 'user' | 'setting' | 'survivorship'

export interface Defined<T> {
  readonly id: string
  readonly version: number
  readonly value: T
  readonly position: number
  readonly at: number
  readonly actor: string
  readonly why?: string
}

/** Every run of a stage leaves a line: what it read, what it wrote, by which mapping. */
export interface Lineage {
  run<T>(
    stage: string,
    info: { inputs: readonly string[]; outputs: readonly string[]; mappingVersion?: number },
    work: (run: string) => Promise<T>,
  ): Promise<T>
}

export interface Audit {
  write(entry: { actor: string; action: string; what: string; purpose?: string; detail?: unknown }): void
  /** Newest first. */
  list(options: {
    before?: number
    limit: number
  }): Promise<
    readonly { at: number; position: number; actor: string; action: string; what: string; purpose?: string }[]
  >
}

/** What every stage is created with. Stages register their tables and projectors here before anything runs. */
export interface Ground {
  readonly workspace: string
  /** Absolute; the stage may keep scratch files under `home/tmp`. */
  readonly home: string
  readonly journal: Journal
  readonly lake: Lake
  readonly warehouse: Warehouse
  readonly definitions: Definitions
  readonly lineage: Lineage
  readonly audit: Audit
  readonly projection: Projection
  readonly clock: () => number
  /** Time zone of the workspace for days and months, e.g. `Asia/Shanghai`; warehouse times are UTC. */
  readonly zone: string
}

/** The declaration half of a stage, known before the warehouse opens. */
export interface StageDeclaration {
  readonly name: string
  readonly tables: readonly Table[]
}

export type { Actor, Projector }
