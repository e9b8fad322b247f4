import metadata from 'libphonenumber-js/max/metadata'
import { foldText } from '../base/normalise.ts'
import { w, type Sql } from '../warehouse/index.ts'

/**
 * libphonenumber's own patterns as one RE2 pattern, so that rows and SQL judge by the same text. A number is valid when
 * it matches the pattern of any type of number of any region with that calling code, which is what `isValid` of
 * libphonenumber-js/max decides for a number in E.164.
 */
type Country = readonly unknown[]
type NumberType = readonly [pattern: string, lengths?: readonly number[]] | 0
const countries = (metadata as unknown as { countries: Record<string, Country> }).countries
const worldwide = (metadata as unknown as { nonGeographic: Record<string, Country> }).nonGeographic

/** Regions that the metadata knows, ISO 3166 alpha-2. */
export const phoneRegions: readonly string[] = Object.keys(countries)

/** Pattern of the national numbers of a region, without its trunk prefix. */
export function nationalPattern(country: Country, mobile: boolean): string {
  const types = country[11] as readonly NumberType[] | 0 | undefined
  if (!types) return country[2] as string
  // A type without a pattern of its own is the same as the fixed line (`FIXED_LINE_OR_MOBILE`).
  const chosen = mobile ? [types[1] && types[1][0] ? types[1] : types[0]] : types
  const patterns = chosen.filter((t): t is Exclude<NumberType, 0> => !!t && !!t[0]).map((t) => t[0])
  return patterns.join('|') || '[^\\x00-\\x{10ffff}]'
}

/** Digits after the plus sign: calling codes with their national numbers. */
function internationalPattern(regions: readonly string[] | 'all', mobile: boolean): string {
  const all = Object.entries(countries).filter(([region]) => regions === 'all' || regions.includes(region))
  const byCode = new Map<string, string[]>()
  const add = (country: Country): void => {
    const code = country[0] as string
    byCode.set(code, [...(byCode.get(code) ?? []), nationalPattern(country, mobile)])
  }
  all.forEach(([, country]) => add(country))
  if (regions === 'all') Object.values(worldwide).forEach(add)
  return [...byCode].map(([code, patterns]) => `${code}(?:${patterns.join('|')})`).join('|')
}

export interface PhoneForm {
  /** Home region: its numbers are tried first, also without calling code. */
  readonly home: string
  /** Everything else; absent when only the home region is allowed. */
  readonly abroad?: string
}

/** Patterns over a compacted number (`compactPhone`). */
export function phoneForm(region: string, regions: readonly string[] | 'all', mobile: boolean): PhoneForm {
  const country = countries[region]!
  const trunk = (country[5] as string | 0 | undefined) || ''
  const national = nationalPattern(country, mobile)
  // A Chinese mobile is often typed with 86 and no plus sign.
  const bare = region === 'CN' ? `|86(?:${nationalPattern(country, true)})` : ''
  const home = `(?:(?:\\+|00)${country[0] as string}|${trunk ? `(?:${trunk})?` : ''})(?:${national})${bare}`
  const others = internationalPattern(regions, mobile)
  return others ? { home, abroad: `(?:\\+|00)(?:${others})` } : { home }
}

/** Pattern of Chinese mobile numbers in libphonenumber's metadata, 11 digits. */
export const cnMobilePattern = nationalPattern(countries['CN']!, true)

const punctuation = '[ ().‐-―-]'
const punctuationJs = new RegExp(punctuation, 'g')

/** Folded, without blanks, brackets, dots and dashes. */
export function compactPhone(text: string): string {
  return foldText(text).replace(punctuationJs, '')
}

/** The twin of `compactPhone`. */
export function compactPhoneSql(x: Sql): Sql {
  return w.regexReplace(w.foldText(x), punctuation, '')
}
