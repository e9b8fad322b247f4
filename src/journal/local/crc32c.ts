/** Slicing-by-8 tables of the Castagnoli polynomial (reflected 0x82F63B78). */
const tables = new Int32Array(8 * 256)
for (let n = 0; n < 256; n++) {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0x82f63b78 : c >>> 1
  tables[n] = c
}
for (let n = 0; n < 256; n++) {
  for (let t = 1; t < 8; t++) {
    const c = tables[(t - 1) * 256 + n]!
    tables[t * 256 + n] = (c >>> 8) ^ tables[c & 255]!
  }
}

/**
 * CRC-32C of `bytes[start, end)`, unsigned 32 bit. `crc` continues an earlier value (or salts it).
 * @see RFC 3720, appendix B.4 (test vectors)
 * @example crc32c(Buffer.from('123456789')) // 0xe3069283
 */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length, crc = 0): number {
  let c = ~crc
  let i = start
  for (; i + 8 <= end; i += 8) {
    c ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
    c =
      tables[1792 + (c & 255)]! ^
      tables[1536 + ((c >>> 8) & 255)]! ^
      tables[1280 + ((c >>> 16) & 255)]! ^
      tables[1024 + (c >>> 24)]! ^
      tables[768 + bytes[i + 4]!]! ^
      tables[512 + bytes[i + 5]!]! ^
      tables[256 + bytes[i + 6]!]! ^
      tables[bytes[i + 7]!]!
  }
  for (; i < end; i++) c = (c >>> 8) ^ tables[(c ^ bytes[i]!) & 255]!
  return ~c >>> 0
}
