import { useEffect, useRef } from 'react'

const editable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(input|textarea|select)$/i.test(target.tagName) ||
    target.getAttribute('role') === 'combobox')

/**
 * Single-key shortcuts. Ignored while somebody types, while an input method composes, and with a modifier held,
 * so that Chinese input and screen readers keep their keys.
 */
export function useShortcuts(keys: Readonly<Record<string, () => void>>, enabled = true): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    if (!enabled) return
    const listen = (event: KeyboardEvent) => {
      // keyCode 229: the key went to the input method; some browsers tell it only so.
      if (
        event.isComposing ||
        event.keyCode === 229 ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        editable(event.target)
      )
        return
      const action = latest.current[event.key.toLowerCase()]
      if (!action) return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [enabled])
}
