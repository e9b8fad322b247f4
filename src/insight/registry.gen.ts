// Written by `npm run gen` from src/insight/analyses/. Do not edit.
import type { Analysis } from './contract.ts'

export const analyses = [
] as unknown as readonly Analysis[]
