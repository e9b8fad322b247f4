/** Filters, tabs and open drawers live in the address: each screen reads its own part of it, typed and forgiving. */
type Raw = Record<string, unknown>

export const text = (raw: Raw, key: string): string | undefined => {
  const value = raw[key]
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
}

export const number = (raw: Raw, key: string): number | undefined => {
  const value = Number(raw[key])
  return raw[key] !== undefined && raw[key] !== '' && Number.isFinite(value) ? value : undefined
}

export const oneOf = <const T extends string>(raw: Raw, key: string, allowed: readonly T[]): T | undefined => {
  const value = raw[key]
  return allowed.find((item) => item === value)
}

/** Leave out what is not set, so that addresses stay short. */
export const tidy = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> | undefined } =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T
