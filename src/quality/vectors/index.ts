import * as china from './china.ts'
import * as forms from './forms.ts'
import * as phones from './phones.ts'
import type { VectorSet } from './vector.ts'

/** Every set of vectors: golden ones of the standards and constructed ones. */
export const vectorSets: readonly VectorSet[] = [
  ...Object.values(china),
  ...Object.values(phones),
  ...Object.values(forms),
]
export { vectorsNow, type Vector, type VectorSet } from './vector.ts'
