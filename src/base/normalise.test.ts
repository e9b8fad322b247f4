import { describe, expect, it } from 'vitest'
import { awkwardTexts } from '../testing/awkward-texts.ts'
import { bucketOf, foldText, md5 } from './normalise.ts'

describe('folding text', () => {
  it.each([
    ['  two   words ', 'two words'],
    ['Ａｌｉｃｅ　（１２３）', 'Alice (123)'],
    ['￥１００', '¥100'],
    ['a\u200bb\ufeffc\u00ad', 'abc'],
    ['e\u0301', 'é'],
    ['e\u200b\u0301', 'é'],
    ['\u3000\u200b\u00a0', ''],
    ['line\r\nbreak\tand tab', 'line break and tab'],
    ['ｶﾅ ﬁ ① 臺', 'ｶﾅ ﬁ ① 臺'],
  ])('makes %j %j', (text, folded) => {
    expect(foldText(text)).toBe(folded)
  })

  it('changes nothing the second time', () => {
    for (const text of awkwardTexts) expect(foldText(foldText(text))).toBe(foldText(text))
  })
})

it('hashes the UTF-8 bytes', () => {
  // RFC 1321, and `printf 中 | md5sum`.
  expect(md5('abc')).toBe('900150983cd24fb0d6963f7d28e17f72')
  expect(md5('中')).toBe('aed1dfbc31703955e64806b799b67645')
  expect(bucketOf('abc', 1000)).toBe(0x90015098 % 1000)
})
