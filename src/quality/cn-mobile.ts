import { matches } from './pattern.ts'
import { cnMobilePattern, compactPhone } from './phones.ts'

// With +86 or 0086 as well: that is how an IoT number looks once it is stored as E.164.
const iot = '(?:\\+86|0086)?(?:10648\\d{8}|1440\\d{9})'
const prefix = '(?:\\+86|0086|86)?'
const mvno = `${prefix}(?:170|171|162|165|167)\\d{8}`

/** Pattern over a compacted number, and its row form. */
export function cnMobileForm(
  level: 'format' | 'strict',
  iotNumbers: 'flag' | 'fail',
): { readonly pattern: string; readonly fits: (text: string) => boolean } {
  const mobile = `${prefix}(?:${level === 'format' ? '1[3-9]\\d{9}' : cnMobilePattern})`
  const pattern = iotNumbers === 'flag' ? `${mobile}|${iot}` : mobile
  return { pattern, fits: matches(pattern) }
}

const isIot = matches(iot)
const isMvno = matches(mvno)

/** Flags of a number that passes: of a thing, not a person (`iot`); of a virtual operator (`mvno`). */
export function cnMobileFlags(value: string): readonly ('iot' | 'mvno')[] {
  const text = compactPhone(value)
  return isIot(text) ? ['iot'] : isMvno(text) ? ['mvno'] : []
}
