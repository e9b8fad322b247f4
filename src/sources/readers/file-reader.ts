import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { InputError } from '../../base/errors.ts'
import type { FileReader, Inspection, PreparedFile, ReadPlan } from '../contract.ts'
import { defaultLimits, type ReadLimits } from '../limits.ts'
import { inspectCsv } from './csv/inspect.ts'
import { prepareCsv, rawCsvRow } from './csv/prepare.ts'
import { sniffKind } from './kind.ts'
import { samplePieces } from './sample.ts'

export interface FileReaderOptions {
  readonly limits?: Partial<ReadLimits>
}

/** The reader of all file formats; the format is told by the content, never by the name. */
export function createFileReader(options: FileReaderOptions = {}): FileReader {
  const limits = { ...defaultLimits, ...options.limits }

  async function inspect(path: string, choice: Partial<ReadPlan> = {}): Promise<Inspection> {
    await existing(path)
    const kind = await sniffKind(path)
    if (kind === 'empty') throw new InputError('file_empty', { file: basename(path) })
    const { pieces, bytes } = await samplePieces(path)
    const seen = pieces.reduce((n, p) => n + p.bytes.length, 0)
    const inspection = inspectCsv(
      pieces.map((p, i) => ({ text: i ? p.bytes.subarray(p.bytes.indexOf(10) + 1) : p.bytes, last: p.last })),
      bytes / seen,
      basename(path),
      choice,
      limits,
    )
    return { ...inspection, plan: { ...inspection.plan, encoding: 'utf-8' } }
  }

  async function prepare(
    path: string,
    plan: ReadPlan,
    workDir: string,
    work?: { signal?: AbortSignal },
  ): Promise<PreparedFile> {
    await existing(path)
    return prepareCsv({ path, name: basename(path), decoded: false }, plan, workDir, limits, work?.signal)
  }

  async function rawRow(path: string, plan: ReadPlan, row: number): Promise<string | undefined> {
    await existing(path)
    return rawCsvRow({ path, name: basename(path), decoded: false }, plan, row, limits)
  }

  return { inspect, prepare, rawRow }
}

async function existing(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new InputError('file_not_found', { file: path })
  if (!found.isFile()) throw new InputError('file_not_readable', { file: path, problem: 'not a file' })
}
