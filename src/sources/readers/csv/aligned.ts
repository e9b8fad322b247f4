/** Columns lined up by blanks as TAB-separated text: blanks around a line dropped, runs of blanks to one TAB; lines stay lines. */
export function alignedToTabs(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/gm, '').replace(/[ \t]+/g, '\t')
}
