import { createHash } from 'node:crypto'

/**
 * The declared fold of text, the same in Node and in every engine (`w.foldText`). DuckDB has no NFKC, so the fold is
 * exactly this, in this order:
 * 1. full-width ASCII `！`…`～` becomes half-width, the ideographic space a blank, `￥` `¥`;
 * 2. zero-width and direction marks and the soft hyphen and NUL vanish (U+0000, at which DuckDB's NFC would cut the text,
 *    U+00AD, U+200B–200F, U+202A–202E, U+2060–2064, U+FEFF);
 * 3. Unicode NFC;
 * 4. each run of blanks (tabs, line ends, no-break and typographic spaces) becomes one blank;
 * 5. blanks at both ends go.
 * Not folded: case, half-width katakana, ligatures, circled digits, traditional characters.
 */
export function foldText(text: string): string {
  if (plain.test(text)) return text
  return text
    .replace(wide, (c) => foldTo[foldFrom.indexOf(c)]!)
    .replace(invisible, '')
    .normalize('NFC')
    .replace(blanks, ' ')
    .replace(/^ | $/g, '')
}

const range = (first: number, last: number): string =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join('')

/** Characters of step 1 and what each becomes, position by position: engines get them as a `translate`. */
export const foldFrom = `${range(0xff01, 0xff5e)}\u3000\uffe5`
export const foldTo = `${range(0x21, 0x7e)} \u00a5`
/** Character classes without brackets, as the characters themselves: valid in JavaScript, RE2 and Java alike. */
export const foldWideClass = '\uff01-\uff5e\u3000\uffe5'
export const foldInvisibleClass = '\u0000\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff'
export const foldBlankClass = '\t\n\u000b\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000'

const wide = new RegExp(`[${foldWideClass}]`, 'g')
const invisible = new RegExp(`[${foldInvisibleClass}]`, 'g')
const blanks = new RegExp(`[${foldBlankClass}]+`, 'g')
// Most values: printable ASCII without a blank at the ends or two in a row.
const plain = /^(?:[!-~]+(?: [!-~]+)*)?$/

/** 32 lower-case hex digits over the UTF-8 text: the twin of `w.md5`. For identity of content, never for secrets. */
export function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex')
}

/** 0 … n-1 from the first 8 hex digits of md5: the twin of `w.bucket`. */
export function bucketOf(text: string, n: number): number {
  return Number.parseInt(md5(text).slice(0, 8), 16) % n
}
