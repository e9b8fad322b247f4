import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

/** Bytes as text for people: UTF-8 when they are, else GB18030 when it decodes well, else windows-1252. Never fails. */
export function bestText(bytes: Uint8Array): string {
  const buf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (isUtf8(buf)) return buf.toString('utf8')
  const gb = new TextDecoder('gb18030').decode(buf)
  const damage = count(gb, '\ufffd')
  if (damage === 0 && /[\u4e00-\u9fff]/.test(gb)) return gb
  const utf8 = buf.toString('utf8')
  if (count(utf8, '\ufffd') <= 2 && /[^\p{ASCII}\ufffd]/u.test(utf8)) return utf8
  return iconv.decode(buf, 'windows-1252')
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}
