/**
 * Ids and phone numbers as one-to-one images of a person's number: unique without remembering what was given out,
 * so that memory stays flat and a smaller shop is a prefix of a larger one.
 */
export interface Numbers {
  /** 8 digits. */
  id(n: number): string
  phone(n: number): string
  /** 7 digits for the local part of an e-mail. */
  mail(n: number): string
}

// real mobile prefixes; 137 and 138 are left to the stores and to 13800138000
const prefixes = [
  '130',
  '131',
  '132',
  '133',
  '135',
  '136',
  '139',
  '150',
  '151',
  '152',
  '153',
  '155',
  '156',
  '157',
  '158',
  '159',
  '176',
  '177',
  '178',
  '180',
  '181',
  '182',
  '183',
  '185',
  '186',
  '187',
  '188',
  '189',
]
const weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]

export function numbers(seed: number): Numbers {
  const shift = (seed * 7_919 + 104_729) % 10_000_000
  return {
    id: (n) => String((n * 61_803_399 + shift) % 100_000_000).padStart(8, '0'),
    phone(n) {
      const m = (n * 161_803_399 + shift) % (prefixes.length * 10_000_000)
      return checked(prefixes[m % prefixes.length]! + String(Math.floor(m / prefixes.length)).padStart(7, '0'))
    },
    mail: (n) => String((n * 1_618_033 + shift) % 10_000_000).padStart(7, '0'),
  }
}

/** The eleventh digit is a check digit: a phone with one digit mistyped is never another person's. */
function checked(ten: string): string {
  let sum = 0
  for (let i = 0; i < 10; i++) sum += (ten.charCodeAt(i) - 48) * weights[i]!
  return ten + String((10 - (sum % 10)) % 10)
}
