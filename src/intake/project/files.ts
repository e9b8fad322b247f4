import { quiet } from '../../base/context.ts'
import { TributaryError, RetryableError } from '../../base/errors.ts'
import type { Lake } from '../../journal/index.ts'
import type { FileReader, PreparedFile } from '../../sources/index.ts'
import type { ScanFile } from '../../warehouse/index.ts'
import type { Manifest } from '../contract.ts'
import { withFile } from '../receive/problems.ts'

/** A batch on its way into the tables. */
export interface Incoming {
  readonly batch: number
  readonly manifest: Manifest
  readonly takenAt: number
}

export interface Prepared extends Incoming {
  /** Absent when the file cannot be read at all: its batch holds that one reason and no rows. */
  readonly file?: PreparedFile
  readonly failure?: TributaryError
}

const atOnce = 4

/**
 * Read each file of the lake once. A file that cannot be read must not stop the projection for ever: the reason
 * becomes its batch's only entry in quarantine. Errors that may pass (a full disk) do stop it.
 */
export async function prepareFiles(
  batches: readonly Incoming[],
  reader: FileReader,
  lake: Lake,
  workDir: string,
  signal?: AbortSignal,
): Promise<Prepared[]> {
  const results: Prepared[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (;;) {
      const i = next++
      const incoming = batches[i]
      if (!incoming) return
      signal?.throwIfAborted()
      results[i] = await prepareOne(incoming, reader, lake, workDir, signal)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, batches.length) }, worker))
  return results
}

async function prepareOne(
  incoming: Incoming,
  reader: FileReader,
  lake: Lake,
  workDir: string,
  signal?: AbortSignal,
): Promise<Prepared> {
  const { sha256, plan, path } = incoming.manifest
  try {
    return { ...incoming, file: await reader.prepare(lake.path(sha256), plan, workDir, { ...quiet, signal }) }
  } catch (error) {
    if (!(error instanceof TributaryError) || error instanceof RetryableError) throw error
    return { ...incoming, failure: withFile(error, path) }
  }
}

/** The names that the columns have once staged: by place, since a file may have columns that differ in case only. */
export function stagedName(file: Pick<PreparedFile, 'columns' | 'format' | 'rowColumn'>, index: number): string {
  const name = file.columns[index]!
  return file.format === 'parquet' || name === file.rowColumn ? name : `c${index}`
}

/** The data columns of a file in order, without the row number. */
export function dataColumns(file: PreparedFile): { readonly name: string; readonly staged: string }[] {
  return file.columns.map((name, i) => ({ name, staged: stagedName(file, i) })).filter((c) => c.name !== file.rowColumn)
}

export function scanOf(file: PreparedFile): ScanFile {
  return {
    path: file.path,
    format: file.format,
    columns: file.columns.map((_, i) => stagedName(file, i)),
    delimiter: file.delimiter,
    skipLines: file.skipLines,
    rows: file.rows,
    rowColumn: file.rowColumn,
  }
}
