import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { BadRow, Inspection, PreparedFile } from '../contract.ts'
import { byteWriter } from './byte-writer.ts'
import { csvField } from './csv/fields.ts'

/** Writes rows of any format as the canonical CSV: `_row` first, comma, UTF-8, LF. */
export interface CanonicalWriter {
  row(row: number, cells: readonly (string | null)[]): void
  /** To be awaited now and then; does nothing while little is waiting. */
  drain(): Promise<void>
  finish(bad: readonly BadRow[], warnings?: Inspection['warnings']): Promise<PreparedFile>
  abort(): Promise<void>
}

export async function canonicalWriter(workDir: string, columns: readonly string[]): Promise<CanonicalWriter> {
  const path = join(await mkdtemp(join(workDir, 'rows-')), 'canonical.csv')
  const writer = await byteWriter(path)
  const all = ['_row', ...columns]
  writer.text(all.map((c) => csvField(c)).join(',') + '\n')
  let rows = 0
  let waiting = 0
  return {
    row(row, cells) {
      rows++
      let line = String(row)
      for (let i = 0; i < columns.length; i++) line += ',' + csvField(cells[i])
      line += '\n'
      waiting += line.length
      writer.text(line)
    },
    async drain() {
      if (waiting < 1024 * 1024) return
      waiting = 0
      await writer.drain()
    },
    async finish(bad, warnings) {
      await writer.close()
      return {
        path,
        format: 'csv',
        columns: all,
        delimiter: ',',
        skipLines: 1,
        rows,
        rowColumn: '_row',
        bad,
        ...(warnings?.length ? { warnings } : {}),
      }
    },
    abort: () => writer.close(),
  }
}
