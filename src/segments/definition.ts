import { InputError } from '../base/errors.ts'
import type { Text } from '../base/text.ts'
import { allRfmLevels, rfmLevelOf } from './rfm-levels.ts'
import { lifecycleStages, stageOf } from './lifecycle-stages.ts'

/** A versioned definition of kind `segment`. A list keeps its people in the lake, one person id a line. */
export type SegmentDefinition =
  | { readonly kind: 'rule'; readonly rule: string; readonly text?: Text }
  | { readonly kind: 'list'; readonly sha256: string; readonly people: number; readonly text?: Text }

/** A segment that is always there: each RFM level and each life-cycle stage, by its id. */
export interface BuiltInSegment {
  readonly name: string
  readonly kind: 'rfm' | 'lifecycle'
  readonly text: Text
  readonly rule: string
}

export const builtInSegments: readonly BuiltInSegment[] = [
  ...allRfmLevels.map((l): BuiltInSegment => ({
    name: l.id,
    kind: 'rfm',
    text: l.text,
    rule: `rfm.level = '${l.id}'`,
  })),
  ...lifecycleStages.map((s): BuiltInSegment => ({
    name: s.id,
    kind: 'lifecycle',
    text: s.text,
    rule: `stage = '${s.id}'`,
  })),
]

/** By id, or by its name in either language. */
export function builtIn(name: string): BuiltInSegment | undefined {
  const known = rfmLevelOf(name)?.id ?? stageOf(name)?.id
  return builtInSegments.find((s) => s.name === known)
}

/** @throws InputError segment_name */
export function checkName(name: string): void {
  const problem = !name.trim()
    ? 'it is empty'
    : name.length > 100
      ? 'at most 100 characters'
      : /[\\/\p{Cc}]/u.test(name) || name !== name.trim()
        ? 'no slashes, control characters or outer blanks'
        : builtIn(name)
          ? 'a built-in segment has this name'
          : undefined
  if (problem) throw new InputError('segment_name', { name, problem })
}
