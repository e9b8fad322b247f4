import { InputError, InternalError, RetryableError, TributaryError } from '../../../base/errors.ts'

/**
 * An engine's error as one of ours, with the SQL that failed. `warehouse_fatal` means: the database is not to be used
 * any more (disk full, damaged file, failed WAL replay) and the platform must open it again or rebuild it.
 */
export function wrapError(
  cause: unknown,
  statement: string,
  where: { path?: string; opening?: boolean; aborted?: boolean } = {},
): TributaryError {
  if (cause instanceof TributaryError) return cause
  // An internal error brings a page of native frames; the cause keeps them.
  const problem = (cause instanceof Error ? cause.message : String(cause)).split('\n\nStack Trace')[0]!
  if (where.aborted) return new RetryableError('query_cancelled', { sql: statement }, { cause })
  if (/could not set lock|conflicting lock/i.test(problem))
    return new RetryableError('warehouse_locked', { path: where.path }, { cause })
  // The engine lives on after a full disk: what it could not write was rolled back.
  if (/no space left|failed to offload|max_temp_directory_size/i.test(problem) && !/fatal error/i.test(problem))
    return new RetryableError('warehouse_full', { problem: problem.split('\n')[0]!, sql: statement }, { cause })
  if (where.opening || /fatal error|database has been invalidated/i.test(problem))
    return new RetryableError('warehouse_fatal', { problem, sql: statement }, { cause })
  // The message of a scan holds the line itself: personal data must not get into logs.
  if (/csv error on line/i.test(problem))
    return new InputError('staged_unreadable', {
      line: /on line: (\d+)/i.exec(problem)?.[1] ?? '?',
      file: /file = (.*)$/m.exec(problem)?.[1] ?? '',
    })
  return new InternalError('query_failed', { problem, sql: statement }, { cause })
}
