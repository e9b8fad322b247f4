/** Temporary tables of one load; all go before the transaction ends. */
export const temp = {
  /** The files' cells as text. */
  stage: 'intake_stage',
  /** `_file`, batch, source, space, path. */
  files: 'intake_files',
  /** Standard words: kind, word, standard. */
  words: 'intake_words',
  /** Typed and judged rows. */
  rows: 'intake_rows',
  /** Further copies and their keys: `_file`, `_row`, copy, record_key. */
  copies: 'intake_copies',
  met: 'intake_met',
  /** Rows that are not stored although nothing is wrong with them: `_file`, `_row`, why (`dup`, `old`). */
  out: 'intake_out',
} as const
