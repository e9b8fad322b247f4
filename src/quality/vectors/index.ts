import * as china from './china.ts'
import * as forms from './forms.ts'
import * as phones from './phones.ts'
import * as rows from './rows.ts'
import * as values from './values.ts'
import type { VectorSet } from '../contract.ts'

/** Every set of vectors: golden ones of the standards and constructed ones. */
export const vectorSets: readonly VectorSet[] = [
  ...Object.values(china),
  ...Object.values(phones),
  ...Object.values(forms),
  ...Object.values(values),
  ...Object.values(rows),
]
export { vectorsNow } from './vector.ts'
