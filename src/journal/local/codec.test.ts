import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { topics, type RecordHeader } from '../contract.ts'
import { encodeFrame, findFrame, frameOverhead, parseFrame, prepare, recordOf } from './codec.ts'
import { crc32c } from './crc32c.ts'

describe('crc32c', () => {
  it('gives the published values', () => {
    // RFC 3720, B.4, and the common check value
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa)
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43)
    expect(crc32c(Buffer.from(Array.from({ length: 32 }, (_, i) => i)))).toBe(0x46dd794e)
  })

  it('gives the same over parts as over the whole', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, cut) => {
        const at = Math.min(cut, bytes.length)
        expect(crc32c(bytes, at, bytes.length, crc32c(bytes, 0, at))).toBe(crc32c(bytes))
      }),
    )
  })
})

const header: fc.Arbitrary<RecordHeader> = fc.record(
  {
    topic: fc.constantFrom(...topics),
    kind: fc.string({ unit: 'grapheme' }),
    format: fc.nat(),
    time: fc.maxSafeNat(),
    workspace: fc.string({ unit: 'grapheme' }),
    source: fc.string({ unit: 'grapheme' }),
    subjects: fc.array(fc.string()),
  },
  { requiredKeys: ['topic', 'kind', 'format', 'time', 'workspace'] },
)

describe('record format', () => {
  it('gives back every record, and notices every flipped bit', () => {
    fc.assert(
      fc.property(
        header,
        fc.uint8Array({ maxLength: 300 }),
        fc.maxSafeNat(),
        fc.nat(0xffff),
        fc.nat(0xffff_ffff),
        fc.nat(),
        (h, body, position, left, salt, flip) => {
          const prepared = prepare({ header: h, body })
          const buffer = Buffer.alloc(prepared.bytes + 5)
          expect(encodeFrame(buffer, 5, prepared, position, left, salt)).toBe(buffer.length)
          const parsed = parseFrame(buffer, 5, salt)
          if (parsed.kind !== 'frame') return expect.fail(JSON.stringify(parsed))
          expect(parsed.frame).toMatchObject({ position, left, bytes: prepared.bytes })
          const record = recordOf(parsed.frame)
          expect({ ...record.header }).toEqual(JSON.parse(JSON.stringify(h)))
          expect(Buffer.compare(record.body, body)).toBe(0)
          const bit = flip % (prepared.bytes * 8)
          buffer[5 + (bit >> 3)]! ^= 1 << (bit & 7)
          expect(parseFrame(buffer, 5, salt).kind).not.toBe('frame')
        },
      ),
      { numRuns: 500 },
    )
  })

  it('asks for more bytes instead of judging a part', () => {
    const prepared = prepare({
      header: { topic: 'rows', kind: 'k', format: 1, time: 0, workspace: 'w' },
      body: Buffer.from('body'),
    })
    const buffer = Buffer.alloc(prepared.bytes)
    encodeFrame(buffer, 0, prepared, 1, 0, 7)
    for (let n = 0; n < buffer.length; n++)
      expect(parseFrame(buffer.subarray(0, n), 0, 7)).toEqual({
        kind: 'short',
        need: n < frameOverhead ? frameOverhead : buffer.length,
      })
    expect(findFrame(Buffer.concat([Buffer.from('TRJR..'), buffer]), 0, 7, 1)).toMatchObject({ position: 1, at: 6 })
    expect(findFrame(buffer, 0, 8, 1)).toBeUndefined()
  })
})
