import { countries } from './countries.ts'
import { industries } from './industries.ts'
import { contactRoles, genders } from './people.ts'
import { oddCities, regions, shortCity } from './regions.ts'
import { currencies, orderKinds } from './trade.ts'

/** Meanings whose values have standard forms, looked up by the folded word. */
export type WordKind =
  'region' | 'city' | 'industry' | 'contact_role' | 'gender' | 'currency' | 'country' | 'order_kind'

export interface StandardWord {
  readonly kind: WordKind
  /** As `wordKey` folds it. */
  readonly word: string
  readonly standard: string
}

/** The form under which a value is looked up: as SQL see `wordKeySql`. Symbols such as ¥ stay. */
export function wordKey(value: string): string {
  return value
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s._、,，·/-]/g, '')
}

function entries(kind: WordKind, words: Readonly<Record<string, readonly string[]>>): StandardWord[] {
  return Object.entries(words).flatMap(([standard, aliases]) =>
    [...new Set([standard, ...aliases].map(wordKey))].map((word) => ({ kind, word, standard })),
  )
}

const tables: Readonly<Record<WordKind, readonly StandardWord[]>> = {
  region: entries('region', regions),
  city: entries('city', Object.fromEntries(oddCities.map((name) => [name, [shortCity(name)]]))),
  industry: entries('industry', industries),
  contact_role: entries('contact_role', contactRoles),
  gender: entries('gender', genders),
  currency: entries('currency', currencies),
  country: entries('country', countries),
  order_kind: entries('order_kind', orderKinds),
}

export function standardWords(kinds: Iterable<WordKind>): StandardWord[] {
  return [...new Set(kinds)].flatMap((kind) => tables[kind])
}

export function isWordKind(semantic: string | undefined): semantic is WordKind {
  return semantic !== undefined && Object.hasOwn(tables, semantic)
}

const known = new Map<WordKind, Set<string>>()

/** True when the value has a standard form of this kind. */
export function isStandardWord(kind: WordKind, value: string): boolean {
  let words = known.get(kind)
  if (!words) known.set(kind, (words = new Set(tables[kind].map((w) => w.word))))
  return words.has(wordKey(value))
}
