import type { Workbook } from './package.ts'

/** How a number with a cell style is to be read. */
export type NumberForm =
  | { readonly kind: 'number' }
  | { readonly kind: 'date' }
  | { readonly kind: 'elapsed' }
  | { readonly kind: 'padded'; readonly digits: number }

const number: NumberForm = { kind: 'number' }
const date: NumberForm = { kind: 'date' }

/** Formats without a text of their own (ECMA-376 18.8.30), the East Asian ones included. */
function builtIn(id: number): NumberForm {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id === 45 || id === 47 || (id >= 50 && id <= 58)) return date
  return id === 46 ? { kind: 'elapsed' } : number
}

export function formOf(code: string): NumberForm {
  // text in quotes, escapes, colours and conditions say nothing about the kind
  const bare = code
    .split(';')[0]!
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, '')
  if (/^\s*(?:general|@)\s*$/i.test(bare)) return number
  if (/\[[hms]+\]/i.test(bare)) return { kind: 'elapsed' }
  if (/[ymdhs年月日]/i.test(bare) && !/[#?]/.test(bare) && !/e[+-]/i.test(bare)) return date
  const zeros = /^0{2,}$/.exec(bare.trim())
  return zeros ? { kind: 'padded', digits: zeros[0].length } : number
}

/** The number form of each cell style, by index. */
export async function cellForms(book: Workbook, part: string): Promise<NumberForm[]> {
  const forms: NumberForm[] = []
  if (!book.has(part)) return forms
  const codes = new Map<number, string>()
  let inCells = false
  await book.parse(part, {
    open(tag, a) {
      if (tag === 'numFmt' && a.numFmtId) codes.set(Number(a.numFmtId), a.formatCode ?? '')
      else if (tag === 'cellXfs') inCells = true
      else if (tag === 'xf' && inCells) {
        const id = Number(a.numFmtId ?? 0)
        const code = codes.get(id)
        forms.push(code === undefined ? builtIn(id) : formOf(code))
      }
    },
    close(tag) {
      if (tag === 'cellXfs') inCells = false
    },
  })
  return forms
}
