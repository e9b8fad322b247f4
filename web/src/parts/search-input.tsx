import { CloseCircleFilled, SearchOutlined } from '@ant-design/icons'
import { useEffect, useRef, useState } from 'react'
import { useCommon } from './words.ts'

/** Search as you type, but never in the middle of an input method's composition. */
export function SearchInput({
  value,
  onSearch,
  label,
  placeholder,
  wait = 250,
}: {
  value: string
  onSearch(value: string): void
  label: string
  placeholder?: string
  wait?: number
}) {
  const t = useCommon()
  const [text, setText] = useState(value)
  const composing = useRef(false)
  const timer = useRef(0)
  useEffect(() => setText(value), [value])
  useEffect(() => () => window.clearTimeout(timer.current), [])
  const later = (next: string) => {
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => onSearch(next.trim()), wait)
  }
  return (
    <div className="search inline" role="search">
      <SearchOutlined aria-hidden />
      <input
        type="text"
        value={text}
        aria-label={label}
        placeholder={placeholder ?? label}
        onCompositionStart={() => {
          composing.current = true
          window.clearTimeout(timer.current)
        }}
        onCompositionEnd={(event) => {
          composing.current = false
          later(event.currentTarget.value)
        }}
        onChange={(event) => {
          setText(event.target.value)
          if (!composing.current) later(event.target.value)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            window.clearTimeout(timer.current)
            onSearch(text.trim())
          }
        }}
      />
      {text && (
        <button
          type="button"
          className="help-button clear"
          aria-label={`${t('remove')}: ${label}`}
          onClick={() => {
            setText('')
            onSearch('')
          }}
        >
          <CloseCircleFilled aria-hidden />
        </button>
      )}
    </div>
  )
}
