import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import metadata from 'libphonenumber-js/max/metadata'
import { describe, expect, it } from 'vitest'
import { seeded } from '../base/random.ts'
import { cnMobileFlags } from './cn-mobile.ts'
import { phone } from './rules/phone.ts'

describe('phone', () => {
  it('judges numbers in E.164 as libphonenumber does, in every region', () => {
    const random = seeded(11)
    const any = phone.params({}, { now: 0 })
    const mobile = phone.params({ type: 'mobile' }, { now: 0 })
    const countries = Object.entries(
      (metadata as unknown as { countries: Record<string, [string, unknown, string, number[]]> }).countries,
    )
    let valid = 0
    let compared = 0
    for (const [, [code, , , lengths]] of countries) {
      for (let i = 0; i < 120; i++) {
        const digits = Array.from({ length: random.pick(lengths) }, () => random.int(10)).join('')
        const number = `+${code}${digits}`
        const parsed = parsePhoneNumberFromString(number)
        // A number that the library rewrites (a trunk prefix inside) is not in E.164.
        if (parsed && parsed.number !== number) continue
        compared += 1
        const sound = parsed?.isValid() ?? false
        if (sound) valid += 1
        expect([number, phone.passes!([number], any)]).toEqual([number, sound])
        const type = sound ? parsed?.getType() : undefined
        expect([number, phone.passes!([number], mobile)]).toEqual([
          number,
          type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE',
        ])
      }
    }
    expect(compared).toBeGreaterThan(20_000)
    expect(valid).toBeGreaterThan(1_000)
  })

  it('flags numbers of things and of virtual operators', () => {
    expect(cnMobileFlags('1064812345678')).toEqual(['iot'])
    expect(cnMobileFlags('1440123456789')).toEqual(['iot'])
    expect(cnMobileFlags('+86 170 1234 5678')).toEqual(['mvno'])
    expect(cnMobileFlags('13800138000')).toEqual([])
  })
})
