/** What every stage verb may be handed by a door. */
import { silent, type Progress } from './progress.ts'

export interface Work {
  readonly progress: Progress
  readonly signal?: AbortSignal
}

export const quiet: Work = { progress: silent }
