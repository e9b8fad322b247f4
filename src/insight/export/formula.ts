/**
 * Text that a spreadsheet would run as a formula is made harmless with a leading apostrophe: texts that begin with
 * `= + - @`, their full-width forms, a tab or a carriage return. Blanks before them do not hide them.
 */
export function escapeFormula(text: string): string {
  return /^[\s\u3000\u200b\ufeff]*[=+\-@＝＋－＠﹢﹣\t\r]/u.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text
}
