import { describe, expect, it } from 'vitest'
import { difference } from './difference.ts'

describe('difference', () => {
  it('marks only the changed middle', () => {
    expect(difference('1,280.00', '128.00')).toEqual({ head: '1', removed: ',280', added: '28', tail: '.00' })
  })
  it('treats a hanzi outside the basic plane as one character', () => {
    expect(difference('𠮷野', '吉野')).toEqual({ head: '', removed: '𠮷', added: '吉', tail: '野' })
  })
  it('shows an insertion with nothing removed', () => {
    expect(difference('ab', 'axb')).toEqual({ head: 'a', removed: '', added: 'x', tail: 'b' })
  })
})
