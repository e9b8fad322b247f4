import { basename, extname } from 'node:path'
import type { Work } from '../../base/context.ts'
import { InputError } from '../../base/errors.ts'
import type { FileReader, Inspection, PreparedFile, ReadPlan } from '../contract.ts'
import { defaultLimits, type ReadLimits } from '../limits.ts'
import { listMembers } from './archive/members.ts'
import { prepareCsv, rawCsvRow } from './csv/prepare.ts'
import { needsTranscoding } from './encoding/transcode.ts'
import { inspectJson } from './json/inspect.ts'
import { prepareJson, rawJsonRow } from './json/prepare.ts'
import { existing, openMaterials, type Material } from './materials.ts'
import { inspectParquet, prepareParquet, rawParquetRow } from './parquet.ts'
import { contentOf } from './content.ts'
import { inspectText } from './text-inspect.ts'
import { inspectXlsx } from './xlsx/inspect.ts'
import { prepareXlsx, rawXlsxRow } from './xlsx/prepare.ts'

export interface FileReaderOptions {
  readonly limits?: Partial<ReadLimits>
  /** Folder for inflated and transcoded copies; default the system's. */
  readonly scratch?: string
}

/** Formats a member of an archive may have, by its name: only to choose one when none was named. */
const tabular = /\.(?:csv|tsv|tab|txt|xlsx|xlsm|json|ndjson|jsonl|parquet)$/i

/**
 * The reader of all file formats; the format is told by the content, never by the name. Inflated members are kept in a
 * scratch folder until `close`.
 */
export function createFileReader(options: FileReaderOptions = {}): FileReader & { close(): Promise<void> } {
  const limits = { ...defaultLimits, ...options.limits }
  const materials = openMaterials(limits, options.scratch)

  async function inspect(path: string, choice: Partial<ReadPlan> = {}, work?: Work): Promise<Inspection> {
    const signal = work?.signal
    await existing(path)
    const outer = await contentOf(path, basename(path))
    let members: string[] | undefined
    let member = choice.member
    // a member that is named is read without walking the archive again
    if (outer === 'archive' && member === undefined) {
      members = (await listMembers(path, { limits, signal })).map((m) => m.name).sort()
      member ??= members.find((m) => tabular.test(m)) ?? members[0]
      if (member === undefined) throw new InputError('file_empty', { file: basename(path) })
    }
    const material = await materials.plain(path, member, signal)
    const inspection = await inspectMaterial(material, choice, signal)
    return {
      ...inspection,
      plan: member === undefined ? inspection.plan : { ...inspection.plan, member },
      ...(members && members.length > 1 ? { choices: { ...inspection.choices, members } } : {}),
      warnings: [
        ...extensionWarning(member ?? material.name, inspection.plan.format),
        ...emptyWarning(member ?? material.name, inspection),
        ...inspection.warnings,
      ],
    }
  }

  async function inspectMaterial(
    material: Material,
    choice: Partial<ReadPlan>,
    signal?: AbortSignal,
  ): Promise<Inspection> {
    const { path, name } = material
    const content = await contentOf(path, name)
    switch (content) {
      case 'archive':
        throw new InputError('not_a_table', { file: name, problem: 'an archive inside an archive' })
      case 'xlsx':
        return inspectXlsx(path, name, choice, limits, signal)
      case 'parquet':
        return inspectParquet(path, name)
      case 'text':
        return inspectText(material, choice, limits, materials, inspectJson, signal)
    }
  }

  /** The form of the file that the planned format is read from. */
  async function readable(path: string, plan: ReadPlan, signal?: AbortSignal): Promise<Material> {
    await existing(path)
    const material = await materials.plain(path, plan.member, signal)
    if (plan.format === 'xlsx' || plan.format === 'parquet') return material
    return materials.text(
      material,
      { encoding: plan.encoding ?? 'utf-8', repair: plan.repair, aligned: plan.delimiter === ' +' },
      signal,
    )
  }

  async function prepare(path: string, plan: ReadPlan, workDir: string, work?: Work): Promise<PreparedFile> {
    const signal = work?.signal
    const material = await readable(path, plan, signal)
    const prepared = await prepareMaterial(material, plan, workDir, signal)
    return material.temporary && prepared.path === material.path
      ? { ...prepared, path: await materials.keep(material, workDir) }
      : prepared
  }

  async function prepareMaterial(
    material: Material,
    plan: ReadPlan,
    workDir: string,
    signal?: AbortSignal,
  ): Promise<PreparedFile> {
    const { path, name } = material
    if (plan.format === 'xlsx') return prepareXlsx(path, name, plan, workDir, limits, signal)
    if (plan.format === 'parquet') return prepareParquet(path, name)
    if (plan.format === 'json' || plan.format === 'ndjson')
      return prepareJson(path, name, plan, workDir, limits, signal)
    return prepareCsv(csvSource(material, plan), plan, workDir, limits, signal)
  }

  async function rawRow(path: string, plan: ReadPlan, row: number): Promise<string | undefined> {
    const material = await readable(path, plan)
    if (plan.format === 'xlsx') return rawXlsxRow(material.path, material.name, plan, row, limits)
    if (plan.format === 'parquet') return rawParquetRow(material.path, material.name, plan, row)
    if (plan.format === 'json' || plan.format === 'ndjson')
      return rawJsonRow(material.path, material.name, plan, row, limits)
    return rawCsvRow(csvSource(material, plan), plan, row, limits)
  }

  return { inspect, prepare, rawRow, close: () => materials.close() }
}

function csvSource(material: Material, plan: ReadPlan): { path: string; name: string; decoded: boolean } {
  const rewritten = needsTranscoding({
    encoding: plan.encoding ?? 'utf-8',
    repair: plan.repair,
    aligned: plan.delimiter === ' +',
  })
  return { path: material.path, name: material.name, decoded: rewritten }
}

const expected: Readonly<Record<string, readonly ReadPlan['format'][]>> = {
  '.csv': ['csv'],
  '.tsv': ['csv'],
  '.xlsx': ['xlsx'],
  '.xls': ['xlsx'],
  '.json': ['json', 'ndjson'],
  '.ndjson': ['ndjson'],
  '.jsonl': ['ndjson'],
  '.parquet': ['parquet'],
}

/** A header alone is a table, but hardly what was meant. */
function emptyWarning(name: string, { sample, columns }: Inspection): Inspection['warnings'] {
  if (sample.length) return []
  const names = columns.slice(0, 5).map((c) => c.name)
  return [
    {
      code: 'no_rows',
      text: {
        zh: `“${name}”没有数据行，只有表头（${names.join('、')}）。若不对，请检查导出条件或“跳过行数”后重试。`,
        en: `"${name}" has no data rows, only a header (${names.join(', ')}). If that is wrong, check the filter of the export or the number of skipped lines and try again.`,
      },
    },
  ]
}

/** The content decides; a name that says something else is worth a word. */
function extensionWarning(name: string, format: ReadPlan['format']): Inspection['warnings'] {
  const extension = extname(name).toLowerCase()
  const fits = expected[extension]
  if (!fits || fits.includes(format)) return []
  return [
    {
      code: 'wrong_extension',
      text: {
        zh: `“${name}”的扩展名是 ${extension}，内容却是 ${format.toUpperCase()}：已按内容读取。`,
        en: `"${name}" ends in ${extension} but holds ${format.toUpperCase()}: it is read by its content.`,
      },
    },
  ]
}
