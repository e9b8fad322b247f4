import type { ApiError } from './types.ts'

/** What the server said went wrong, or that it could not be reached (`code: 'unreachable'`). */
export class Fault extends Error {
  readonly code: string
  readonly status: number
  readonly text?: { zh: string; en: string }
  readonly params: Record<string, unknown>

  constructor(status: number, error: Partial<ApiError['error']>) {
    super(error.message ?? error.code ?? String(status))
    this.code = error.code ?? `http_${status}`
    this.status = status
    this.text = error.text
    this.params = error.params ?? {}
  }
}

/** The server knows no thing of this name (`person_unknown`, `segment_unknown`, `not_found` …). */
export const isUnknown = (error: unknown): boolean =>
  error instanceof Fault && (error.status === 404 || error.code.endsWith('_unknown'))

export type Query = Record<string, string | number | boolean | undefined | null>

/** `/api/path?…` without the empty parameters; also for download links. */
export function apiUrl(path: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value))
  const text = params.toString()
  return `/api${path}${text ? `?${text}` : ''}`
}

async function call<T>(method: string, url: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const form = body instanceof FormData
  let response: Response
  try {
    response = await fetch(url, {
      method,
      credentials: 'same-origin',
      signal,
      headers: {
        accept: 'application/json',
        'accept-language': document.documentElement.lang,
        ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Fault(0, { code: 'unreachable' })
  }
  const text = await response.text()
  let value: unknown
  try {
    value = text ? JSON.parse(text) : undefined
  } catch {
    throw new Fault(response.status, {
      code: response.ok ? 'not_json' : `http_${response.status}`,
      message: text.slice(0, 200),
    })
  }
  if (!response.ok) throw new Fault(response.status, (value as Partial<ApiError> | undefined)?.error ?? {})
  return value as T
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => call<T>('GET', apiUrl(path, query), undefined, signal),
  post: <T>(path: string, body: unknown = {}, signal?: AbortSignal) => call<T>('POST', apiUrl(path), body, signal),
  put: <T>(path: string, body: unknown) => call<T>('PUT', apiUrl(path), body),
  delete: <T>(path: string) => call<T>('DELETE', apiUrl(path)),
}

/** Upload with progress: `fetch` cannot tell how much has been sent. */
export function upload<T>(path: string, files: readonly File[], onProgress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const form = new FormData()
    for (const file of files) form.append('file', file, file.name)
    const request = new XMLHttpRequest()
    request.open('POST', apiUrl(path))
    request.setRequestHeader('accept-language', document.documentElement.lang)
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onerror = () => reject(new Fault(0, { code: 'unreachable' }))
    request.onload = () => {
      try {
        const value = JSON.parse(request.responseText) as T & Partial<ApiError>
        if (request.status < 400) resolve(value)
        else reject(new Fault(request.status, value.error ?? {}))
      } catch {
        reject(new Fault(request.status, {}))
      }
    }
    request.send(form)
  })
}

/** A path segment. */
export const seg = encodeURIComponent
