import type { Text } from '../base/text.ts'
import type { VerbContext } from './main.ts'
import { demo } from './verbs/demo.ts'
import { doctor } from './verbs/doctor.ts'
import { exportVerb } from './verbs/export.ts'
import { init } from './verbs/init.ts'
import { profiles } from './verbs/profiles.ts'
import { rebuild } from './verbs/rebuild.ts'
import { report } from './verbs/report.ts'
import { runVerb } from './verbs/run.ts'
import { segments } from './verbs/segments.ts'
import { start } from './verbs/start.ts'

export interface Verb {
  /** commander's usage, e.g. `run <project>`. */
  readonly usage: string
  readonly text: Text
  readonly options?: readonly (readonly [flags: string, text: string, fallback?: string])[]
  /** Returns the exit code; nothing means 0. */
  run(
    args: readonly (string | undefined)[],
    options: Readonly<Record<string, unknown>>,
    context: VerbContext,
  ): Promise<number | void>
}

/** One file per verb, in the order of the help. */
export const verbs: readonly Verb[] = [
  init,
  start,
  runVerb,
  report,
  profiles,
  segments,
  exportVerb,
  rebuild,
  doctor,
  demo,
]
