/**
 * A header as the schema's words are written: NFKC (full-width to half-width), lower case, units and remarks in
 * brackets gone, no separators: `Invoice_No`, `ＩｎｖｏｉｃｅＮｏ`, `invoice no.` → `invoiceno`; `实付金额（元）*` → `实付金额`.
 */
export function headerWord(header: string): string {
  const folded = header.normalize('NFKC').toLowerCase()
  const bare = folded.replaceAll(/[([{【〔〈《].*?[)\]}】〕〉》]/g, '')
  const letters = (bare.trim() ? bare : folded).replaceAll(/[^\p{L}\p{N}]/gu, '')
  return letters
}
