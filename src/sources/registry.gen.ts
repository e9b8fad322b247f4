// Written by `npm run gen` from src/sources/connectors/. Do not edit.
import type { Connector } from './contract.ts'
import { file } from './connectors/file.ts'

export const connectors = [
  file,
] as unknown as readonly Connector[]
