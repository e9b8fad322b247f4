import { InputError } from '../../../base/errors.ts'
import type { ReadLimits } from '../../limits.ts'
import type { Workbook } from './package.ts'

/** `_x000D_` is how Excel writes a control character. */
export function unescapeXml(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_m, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text
}

/** The shared strings of a workbook: rich text joined, phonetic guides left out. @throws InputError archive_bomb */
export async function sharedStrings(
  book: Workbook,
  part: string,
  limits: ReadLimits,
  signal?: AbortSignal,
): Promise<string[]> {
  const strings: string[] = []
  if (!book.has(part)) return strings
  let current = ''
  let inText = false
  let phonetic = false
  let size = 0
  await book.parse(
    part,
    {
      open(tag) {
        if (tag === 'si') current = ''
        else if (tag === 'rPh') phonetic = true
        else if (tag === 't') inText = !phonetic
      },
      text(text) {
        if (inText) current += text
      },
      close(tag) {
        if (tag === 't') inText = false
        else if (tag === 'rPh') phonetic = false
        else if (tag === 'si') {
          size += current.length * 2 + 16
          if (size > limits.sharedStringBytes)
            throw new InputError('archive_bomb', {
              file: book.name,
              what: 'shared strings',
              limit: limits.sharedStringBytes,
            })
          strings.push(unescapeXml(current))
        }
      },
    },
    signal,
  )
  return strings
}
