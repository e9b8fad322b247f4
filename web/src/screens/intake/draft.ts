import { useCallback, useState } from 'react'
import type { Mapping, ReadPlan, Upload } from '../../api/types.ts'

/** What somebody has decided so far about one uploaded file. */
export interface FileDraft {
  choice?: Partial<ReadPlan>
  mapping?: Mapping
}

/** An unfinished import: survives a reload and a closed tab, in this browser only. */
export interface Draft {
  upload: Upload
  source: string
  files: Record<number, FileDraft>
}

const key = (id: string): string => `tributary.import.${id}`
const last = 'tributary.import.last'

function read(id: string): Draft | undefined {
  try {
    return JSON.parse(localStorage.getItem(key(id)) ?? '') as Draft
  } catch {
    return undefined
  }
}

export function writeDraft(draft: Draft): void {
  try {
    localStorage.setItem(key(draft.upload.id), JSON.stringify(draft))
    localStorage.setItem(last, draft.upload.id)
  } catch {
    // Without storage the wizard still works; it only cannot be resumed.
  }
}

export function forgetDraft(id: string): void {
  localStorage.removeItem(key(id))
  if (localStorage.getItem(last) === id) localStorage.removeItem(last)
}

export function unfinished(): string | undefined {
  const id = localStorage.getItem(last)
  return id && read(id) ? id : undefined
}

/** `orders (2).2024-05.csv` → `orders`: a name that later imports of the same kind will have too. */
export function sourceName(file: string): string {
  const stem = file.replace(/\.(tar\.gz|[a-z0-9]+)$/i, '')
  const name = stem
    .replace(/[\s_.-]*\(?\d[\d\s_.-]*\)?$/u, '')
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return name || stem.replace(/[^\p{L}\p{N}_-]+/gu, '-') || 'import'
}

export function useDraft(id: string): { draft: Draft | undefined; change(change: (draft: Draft) => Draft): void } {
  const [draft, setDraft] = useState(() => read(id))
  const change = useCallback((make: (draft: Draft) => Draft) => {
    setDraft((now) => {
      if (!now) return now
      const next = make(now)
      writeDraft(next)
      return next
    })
  }, [])
  return { draft, change }
}
