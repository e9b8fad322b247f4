import { TributaryError } from '../../base/errors.ts'
import type { Text } from '../../base/text.ts'

/** What the last look at a source could not take: a file, or (without `file`) the source as a whole. */
export interface SourceProblem {
  readonly source: string
  /** As the user knows it, relative to the source. */
  readonly file?: string
  readonly code: string
  readonly text: Text
}

/**
 * The same error about the file under the name the user knows: readers see the lake's copy, whose name is a hash.
 * An error that names no file gets it as the beginning of its text.
 */
export function problemOf(source: string, error: TributaryError, file?: string): SourceProblem {
  if (file === undefined) return { source, code: error.code, text: error.text }
  if ('file' in error.params) return { source, file, code: error.code, text: withFile(error, file).text }
  return {
    source,
    file,
    code: error.code,
    text: { zh: `${file}：${error.text.zh}`, en: `${file}: ${error.text.en}` },
  }
}

/** Keeps the class of the error: who must act stays the same. */
export function withFile(error: TributaryError, file: string): TributaryError {
  if (!('file' in error.params)) return error
  const Same = error.constructor as new (...args: ConstructorParameters<typeof TributaryError>) => TributaryError
  return new Same(error.code, { ...error.params, file }, { cause: error })
}

/** Problems of one source in a sentence. */
export function problemsText(problems: readonly SourceProblem[]): Text {
  const [first] = problems
  if (!first!.file || problems.length === 1) return first!.text
  return {
    zh: `${problems.length} 个文件无法导入，如 ${first!.text.zh}`,
    en: `${problems.length} files could not be taken, such as: ${first!.text.en}`,
  }
}
