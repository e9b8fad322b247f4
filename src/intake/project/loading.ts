import type { Work } from '../../base/context.ts'
import type { Lake } from '../../journal/index.ts'
import type { FileReader } from '../../sources/index.ts'
import type { Writer } from '../../warehouse/index.ts'
import type { Judge } from '../contract.ts'

/** What a load needs: given by the stage, never reached for. */
export interface Loading {
  readonly writer: Writer
  readonly reader: FileReader
  readonly lake: Lake
  readonly judge: Judge
  /** Absolute folder for working files. */
  readonly tmp: string
  /** The workspace's time zone. */
  readonly zone: string
  readonly work: Work
}
