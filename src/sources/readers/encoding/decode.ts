import iconv from 'iconv-lite'

export type Decodable = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5' | 'windows-1252'

/** Bytes to text in one go; what cannot be decoded becomes U+FFFD. A byte order mark is dropped. */
export function decodeAll(bytes: Uint8Array, encoding: Decodable): string {
  return new TextDecoder(encoding).decode(bytes)
}

export interface StreamDecoder {
  write(bytes: Uint8Array): string
  end(): string
}

/** Bytes to text piece by piece; characters cut between pieces are put together. */
export function streamDecoder(encoding: Decodable): StreamDecoder {
  const decoder = new TextDecoder(encoding)
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
}

export function encode(text: string, encoding: 'gb18030' | 'windows-1252'): Buffer {
  return iconv.encode(text, encoding)
}
