/**
 * The fields of one record (text without its line end), by the same rules as `recordParser`: doubled quotes become
 * one, a stray quote inside a quoted field and quotes in the middle of an unquoted one are literal.
 */
export function splitRecord(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter)
  const fields: string[] = []
  let i = 0
  for (;;) {
    if (text[i] !== '"') {
      const at = text.indexOf(delimiter, i)
      if (at < 0) {
        fields.push(text.slice(i))
        return fields
      }
      fields.push(text.slice(i, at))
      i = at + 1
      continue
    }
    let value = ''
    let from = ++i
    for (;;) {
      const quote = text.indexOf('"', i)
      if (quote < 0) {
        fields.push(value + text.slice(from))
        return fields
      }
      const after = text[quote + 1]
      if (after === '"') {
        value += text.slice(from, quote + 1)
        i = from = quote + 2
        continue
      }
      let k = quote + 1
      while (text[k] !== delimiter && (text[k] === ' ' || text[k] === '\t')) k++
      if (k >= text.length || text[k] === delimiter) {
        fields.push(value + text.slice(from, quote))
        if (k >= text.length) return fields
        i = k + 1
        break
      }
      i = quote + 1
    }
  }
}

const special = /[",\n\r]/

/** One field as CSV text; quoted only when needed. Null and '' are both written as nothing. */
export function csvField(value: string | null | undefined, delimiter = ','): string {
  if (value === null || value === undefined || value === '') return ''
  if (delimiter === ',') return special.test(value) ? `"${value.replaceAll('"', '""')}"` : value
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i)
    if (c === 34 || c === 10 || c === 13 || value[i] === delimiter) return `"${value.replaceAll('"', '""')}"`
  }
  return value
}

/** Text without NUL characters and byte order marks: they are never meant. */
export function withoutMarks(text: string): string {
  return text.replaceAll('\0', '').replaceAll('\ufeff', '')
}
