/** Caps against hostile or broken files; all sizes in bytes. */
export interface ReadLimits {
  /** Longest record (and physical line) of a text file; a longer one goes to quarantine as `line_too_long`. */
  readonly recordBytes: number
  /** Raw text kept per bad row, in characters. */
  readonly rawChars: number
  /** All members of one archive together, once inflated. */
  readonly archiveBytes: number
  readonly archiveEntries: number
  /** Inflated : packed, looked at only above `ratioFloorBytes`. */
  readonly archiveRatio: number
  readonly ratioFloorBytes: number
  /** One part (sheet, shared strings) of a workbook, once inflated. */
  readonly workbookPartBytes: number
  readonly workbookCells: number
  readonly sharedStringBytes: number
  /** A JSON document that is not line by line is held in memory. */
  readonly jsonBytes: number
  /** Above this many bad rows the plan is judged wrong when they are also more than half of the file. */
  readonly badRows: number
  readonly columns: number
}

const mib = 1024 * 1024

export const defaultLimits: ReadLimits = {
  recordBytes: mib,
  rawChars: 10_000,
  archiveBytes: 20 * 1024 * mib,
  archiveEntries: 20_000,
  archiveRatio: 200,
  ratioFloorBytes: 64 * mib,
  workbookPartBytes: 2 * 1024 * mib,
  workbookCells: 50_000_000,
  sharedStringBytes: 512 * mib,
  jsonBytes: 256 * mib,
  badRows: 100_000,
  columns: 4_096,
}
