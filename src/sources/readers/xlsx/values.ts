import type { NumberForm } from './styles.ts'

const dayMs = 86_400_000
const pad = (n: number, width = 2): string => String(n).padStart(width, '0')

/** A stored number as text: whole numbers with all their digits (phones kept as 1.38E+10), 15 digits otherwise. */
export function numberText(raw: string): string {
  const v = raw.trim()
  if (/^-?\d+$/.test(v)) return v
  const n = Number(v)
  if (!Number.isFinite(n)) return v
  if (Number.isInteger(n) && Math.abs(n) < 1e21) return BigInt(n).toString()
  // Excel keeps 15 digits; what lies behind is noise of binary fractions
  const clean = Number(n.toPrecision(15))
  if (Number.isInteger(clean) && Math.abs(clean) < 1e21) return BigInt(clean).toString()
  const text = String(clean)
  return text.includes('e') ? clean.toFixed(Math.min(100, 20)).replace(/0+$/, '').replace(/\.$/, '') : text
}

/** A serial day as ISO: `2024-05-01`, with a time `2024-05-01 08:30:00`, below one day `08:30:00`. */
export function serialDate(raw: string, date1904: boolean): string {
  const serial = Number(raw)
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return numberText(raw)
  const seconds = Math.round(serial * 86_400)
  if (serial < 1 && !date1904) return clock(seconds)
  // Excel believes that 1900 was a leap year: serials below 60 are one day off
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : serial < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30)
  const at = new Date(epoch + Math.floor(seconds / 86_400) * dayMs)
  const day = `${pad(at.getUTCFullYear(), 4)}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`
  const rest = seconds % 86_400
  return rest ? `${day} ${clock(rest)}` : day
}

function clock(seconds: number): string {
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
}

export function styledNumber(raw: string, form: NumberForm | undefined, date1904: boolean): string {
  if (form?.kind === 'date') return serialDate(raw, date1904)
  if (form?.kind === 'elapsed') return clock(Math.round(Number(raw) * 86_400))
  const text = numberText(raw)
  return form?.kind === 'padded' && /^\d+$/.test(text) ? text.padStart(form.digits, '0') : text
}
