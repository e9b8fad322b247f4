/** The one place that knows where the contract lives; everything here is a type and leaves no trace in the bundle. */
export type * from '../../../src/server/contract.ts'
export type { Locale } from '../../../src/server/contract.ts'
