import { SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import { api } from '../api/client.ts'
import type { CustomerRow, Page, SegmentView } from '../api/types.ts'
import { useFormat } from '../i18n/format.ts'
import { useShortcuts } from '../parts/shortcuts.ts'
import { screens } from './screens.ts'
import { useFrame } from './words.ts'

interface Hit {
  key: string
  text: string
  note?: string
  kind: string
  go(): void
}

/** Customers, segments and screens from one box; `/` or Ctrl/⌘ K puts the cursor into it. */
export function GlobalSearch() {
  const t = useFrame()
  const f = useFormat()
  const navigate = useNavigate()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const composing = useRef(false)
  const [text, setText] = useState('')
  const [q, setQ] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)

  useShortcuts({ '/': () => input.current?.focus() })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        input.current?.focus()
        input.current?.select()
      }
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  useEffect(() => {
    const timer = window.setTimeout(() => !composing.current && setQ(text.trim()), 200)
    return () => window.clearTimeout(timer)
  }, [text])

  const customers = useQuery({
    queryKey: ['/customers', 'search', q],
    enabled: open && q.length > 0,
    queryFn: ({ signal }) => api.get<Page<CustomerRow>>('/customers', { q, limit: 8 }, signal),
  })
  const segments = useQuery({
    queryKey: ['/segments'],
    enabled: open && q.length > 0,
    queryFn: ({ signal }) => api.get<SegmentView[]>('/segments', {}, signal),
  })

  const lower = q.toLowerCase()
  const hits: Hit[] = q
    ? [
        ...(customers.data?.items ?? []).map((row) => ({
          key: row.personId,
          text: row.name ?? row.phone ?? row.email ?? row.personId,
          note: [row.phone, row.region].filter(Boolean).join(' · '),
          kind: t('kindCustomer'),
          go: () => void navigate({ to: '/profiles/$id', params: { id: row.personId } }),
        })),
        ...(segments.data ?? [])
          .filter((s) => f.text(s.text).toLowerCase().includes(lower) || s.name.toLowerCase().includes(lower))
          .slice(0, 5)
          .map((s) => ({
            key: `s:${s.name}`,
            text: f.text(s.text) || s.name,
            note: f.n(s.size),
            kind: t('kindSegment'),
            go: () => void navigate({ to: '/segments/$name', params: { name: s.name } }),
          })),
        ...screens
          .filter((s) => t(s.key).toLowerCase().includes(lower) || s.key.includes(lower))
          .map((s) => ({ key: s.to, text: t(s.key), kind: t('kindScreen'), go: () => void navigate({ to: s.to }) })),
      ]
    : []
  const choose = (hit: Hit | undefined) => {
    if (!hit) return
    setOpen(false)
    setText('')
    input.current?.blur()
    hit.go()
  }
  const list = open && q.length > 0
  return (
    <div className="search">
      <SearchOutlined aria-hidden />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={t('searchLabel')}
        aria-expanded={list}
        aria-controls={list ? id : undefined}
        aria-activedescendant={list && hits[at] ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        placeholder={t('searchHint')}
        value={text}
        autoComplete="off"
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onCompositionStart={() => (composing.current = true)}
        onCompositionEnd={(event) => {
          composing.current = false
          setText(event.currentTarget.value)
          setQ(event.currentTarget.value.trim())
        }}
        onChange={(event) => {
          setAt(0)
          setText(event.target.value)
          setOpen(true)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || composing.current) return
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            setAt((now) => (hits.length ? (now + (event.key === 'ArrowDown' ? 1 : -1) + hits.length) % hits.length : 0))
          } else if (event.key === 'Enter') choose(hits[at])
          else if (event.key === 'Escape') {
            setText('')
            input.current?.blur()
          }
        }}
      />
      <kbd aria-hidden>/</kbd>
      {list && (
        <div className="search-list" role="listbox" id={id} aria-label={t('searchLabel')}>
          {hits.map((hit, i) => (
            <div
              key={hit.key}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === at}
              onMouseEnter={() => setAt(i)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(hit)}
            >
              <span>{hit.text}</span>
              {hit.note && <span className="muted small num ellipsis">{hit.note}</span>}
              <span className="kind">{hit.kind}</span>
            </div>
          ))}
          {!hits.length && !customers.isFetching && (
            <div role="option" aria-selected={false} aria-disabled>
              {t('searchNone', { q })}
            </div>
          )}
        </div>
      )}
    </div>
  )
}
