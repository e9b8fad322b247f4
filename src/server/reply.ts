import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

const types: Record<string, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  svg: 'image/svg+xml; charset=utf-8',
  yaml: 'application/yaml; charset=utf-8',
}

/** Send a file for download under a name that may be Chinese (RFC 6266, RFC 5987). */
export function sendFile(
  reply: FastifyReply,
  name: string,
  content: Uint8Array | string | AsyncIterable<Uint8Array | string> | Iterable<Uint8Array>,
  inline = false,
): FastifyReply {
  const extension = name.slice(name.lastIndexOf('.') + 1)
  void reply.header('Content-Type', types[extension] ?? 'application/octet-stream')
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  void reply.header(
    'Content-Disposition',
    `${inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  )
  if (extension === 'html')
    void reply.header(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
    )
  if (typeof content === 'string' || content instanceof Uint8Array) return reply.send(Buffer.from(content as string))
  return reply.send(Readable.from(content))
}
