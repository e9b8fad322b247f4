import { fill, fillText, type Locale, type Text } from './text.ts'
import { errorCodes, type ErrorCode } from './error-codes.ts'

export type { ErrorCode } from './error-codes.ts'

/**
 * Every error of ours: sorted by who must act (see the subclasses), with a stable code from `error-codes.ts`,
 * a text in both languages that says what, where and how to mend, and the cause kept.
 */
export class TributaryError extends Error {
  readonly code: ErrorCode
  readonly params: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, params: Readonly<Record<string, unknown>> = {}, options?: { cause?: unknown }) {
    super(fill(errorCodes[code].en, params), options)
    this.name = new.target.name
    this.code = code
    this.params = params
  }

  /** The message in both languages. */
  get text(): Text {
    return fillText(errorCodes[this.code], this.params)
  }

  in(locale: Locale): string {
    return this.text[locale]
  }
}

/** The operator must change the configuration. */
export class ConfigError extends TributaryError {}
/** The sender must change the data or the request. */
export class InputError extends TributaryError {}
/** The sender must present other credentials. */
export class AuthError extends TributaryError {}
/** The sender's role does not allow it. */
export class AccessDenied extends TributaryError {}
/** Nobody must act: the same request may go through later. */
export class RetryableError extends TributaryError {}
/** This engine or machine cannot do it. */
export class UnsupportedError extends TributaryError {}
/** More data is needed: params carry method, need, got. */
export class NotEnoughDataError extends TributaryError {}
/** A fault of ours. */
export class InternalError extends TributaryError {}

/** An error as one of ours: what the operating system says of a full disk is nobody's fault but needs somebody's hand. */
export function knownError(error: unknown): TributaryError {
  if (error instanceof TributaryError) return error
  const { code, message, path } = (error ?? {}) as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new RetryableError('disk_full', { path: path ?? '' }, { cause: error })
  return new InternalError('internal', { problem: message ?? String(error) }, { cause: error })
}

/** HTTP status and process exit code by who must act; doors use this one table. */
export function statusOf(thrown: unknown): { http: number; exit: number } {
  const error = knownError(thrown)
  if (error instanceof ConfigError) return { http: 400, exit: 2 }
  if (error instanceof InputError) return { http: 400, exit: 3 }
  if (error instanceof AuthError) return { http: 401, exit: 4 }
  if (error instanceof AccessDenied) return { http: 403, exit: 4 }
  if (error instanceof RetryableError) return { http: 503, exit: 5 }
  if (error instanceof UnsupportedError) return { http: 501, exit: 6 }
  if (error instanceof NotEnoughDataError) return { http: 422, exit: 7 }
  return { http: 500, exit: 1 }
}
