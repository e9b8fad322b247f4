import type { Text } from '../base/text.ts'
import type { Work } from '../base/context.ts'

/** A file a connector found: on disk, or inside an archive that is on disk. */
export interface FoundFile {
  /** Path as the user knows it, relative to the source's root; members as `archive.zip!inner/orders.csv`. */
  readonly path: string
  /** The member's name inside the archive at `localPath`: goes into `ReadPlan.member`. */
  readonly member?: string
  /** Local file to be taken into the lake unchanged: the archive itself for a member. */
  readonly localPath: string
  readonly bytes: number
  readonly modifiedMs: number
  /** `size:mtimeMs:inode` of `localPath`: equal means "not touched since", so the file is not even opened. */
  readonly stamp: string
}

/** How to read a file; everything that was guessed, made explicit, so that a rebuild reads the same rows. */
export interface ReadPlan {
  readonly format: 'csv' | 'xlsx' | 'json' | 'ndjson' | 'parquet' | 'zip' | 'tar.gz'
  /** Member of an archive. */
  readonly member?: string
  readonly encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5' | 'windows-1252' | 'mixed'
  /** Undo a wrong decoding in the file's past: UTF-8 that was read as GBK or as windows-1252 and saved again. */
  readonly repair?: 'utf8_as_gbk' | 'utf8_as_latin1'
  /** CSV: `,` `;` `\t` `|`; ` +` for columns aligned by blanks. */
  readonly delimiter?: string
  /** Lines above the header line (titles, notes), 0 when the header is the first line. */
  readonly skipLines?: number
  readonly header?: boolean
  /** XLSX. */
  readonly sheet?: string
  /** JSON: path to the array of records, e.g. `data.items`. */
  readonly recordsAt?: string
  /** Column names after duplicate headers were made unique (`amount`, `amount_2`) and blanks named (`column_3`). */
  readonly columns: readonly string[]
}

/** What a look at the beginning of a file tells; shown in the import wizard. */
export interface Inspection {
  readonly plan: ReadPlan
  /** In words, why: `GB18030: 98 % valid`, `delimiter ";": 12 columns in 100 of 100 lines`. */
  readonly reasons: readonly Text[]
  readonly warnings: readonly { readonly code: string; readonly text: Text }[]
  /** The first lines as text, before any guess. */
  readonly head: readonly string[]
  readonly columns: readonly InspectedColumn[]
  /** The first 100 rows as text; null where a cell is empty. */
  readonly sample: readonly (readonly (string | null)[])[]
  /** Other choices: sheets, members, record paths. */
  readonly choices?: {
    readonly sheets?: readonly string[]
    readonly members?: readonly string[]
    readonly recordsAt?: readonly string[]
    readonly repair?: readonly NonNullable<ReadPlan['repair']>[]
  }
  readonly estimatedRows?: number
}

export type SeenType =
  'int' | 'decimal' | 'bool' | 'date' | 'timestamp' | 'phone' | 'email' | 'id_card' | 'json' | 'text'

export interface InspectedColumn {
  readonly name: string
  readonly type: SeenType
  /** 0–1: share of the non-empty sample values that fit `type`. */
  readonly confidence: number
  readonly missing: number
  readonly distinct: number
  readonly examples: readonly string[]
  /** For dates: the formats seen, most frequent first, e.g. `%Y-%m-%d`, `%d/%m/%Y`. */
  readonly formats?: readonly string[]
}

/** A row that could not be read at all: it goes to quarantine with its raw text. */
export interface BadRow {
  /** Data row number from 1; 0 when the place is unknown. */
  readonly row: number
  /** Physical line in the file from 1, where it begins. */
  readonly line: number
  /** At most 10,000 characters; `rawBytes` tells the full length. */
  readonly raw: string
  readonly rawBytes: number
  readonly code:
    | 'unterminated_quote'
    | 'too_many_fields'
    | 'too_few_fields'
    | 'line_too_long'
    | 'invalid_encoding'
    | 'not_json'
    | 'formula_cell'
    | 'cell_error'
  readonly params: Readonly<Record<string, string | number>>
}

/**
 * A file prepared for the warehouse: either the file itself, or a canonical UTF-8 CSV copy in `workDir` with a
 * column `_row`. `rows` good rows + `bad.length` = all data rows of the file; row numbers are those of the original.
 */
export interface PreparedFile {
  readonly path: string
  readonly format: 'csv' | 'parquet'
  /** Columns in file order; begins with `_row` when `rowColumn` is set. */
  readonly columns: readonly string[]
  readonly delimiter?: string
  /** Physical lines to skip, the header line included. */
  readonly skipLines?: number
  /** Good rows. */
  readonly rows: number
  readonly rowColumn?: string
  readonly bad: readonly BadRow[]
  /** What the full reading found beside bad rows, e.g. error cells of a workbook that became null. */
  readonly warnings?: Inspection['warnings']
}

export interface FileReader {
  /** @throws InputError file_empty, file_not_readable, archive_bomb, wrong_extension … each with what, where, how to mend */
  inspect(path: string, choice?: Partial<ReadPlan>, work?: Work): Promise<Inspection>
  /** Read everything once, bounded memory; the file is never changed. */
  prepare(path: string, plan: ReadPlan, workDir: string, work?: Work): Promise<PreparedFile>
  /** The raw text of one data row, for lineage. */
  rawRow(path: string, plan: ReadPlan, row: number): Promise<string | undefined>
}

/** A connector finds what a source holds now. One file each in `connectors/`; the registry is generated. */
export interface Connector<Config = Readonly<Record<string, unknown>>> {
  readonly name: string
  readonly text: Text
  /** Validate the source's part of the configuration. @throws ConfigError */
  configure(config: Readonly<Record<string, unknown>>): Config
  /** Files, in a stable order (by path). A folder, a glob, a file, an archive. */
  find(config: Config, work: Work): AsyncIterable<FoundFile>
}
