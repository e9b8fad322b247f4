import type { Text } from '../base/text.ts'

/** Numbers inside sentences, the same in both languages. */
export const pct = (share: number): string => `${trim((share * 100).toFixed(1))}%`
export const num = (n: number, digits = 1): string =>
  trim(n.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: 0 }))
export const money = (n: number): string => n.toLocaleString('en-US', { maximumFractionDigits: 0 })
export const pValue = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`)
/** Days as months of 30.44 days. */
export const months = (days: number): string => (days / 30.44).toFixed(1)

const trim = (text: string): string => text.replace(/\.0+$/, '')

export function both(zh: string, en: string): Text {
  return { zh, en }
}
