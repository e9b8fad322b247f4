import { useEffect, useId, useRef, useState, type ReactNode } from 'react'

/** A button with a small panel: Esc and a click outside close it, focus returns to the button. */
export function Flyout({
  button,
  label,
  className = 'icon-button',
  align = 'start',
  tray = false,
  children,
}: {
  button: ReactNode
  /** Accessible name of button and panel. */
  label: string
  className?: string
  align?: 'start' | 'end'
  tray?: boolean
  children: ReactNode | ((close: () => void) => ReactNode)
}) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLSpanElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()

  useEffect(() => {
    if (!open) return
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    // Keep the panel inside the window without a layout library.
    const box = panel.current
    if (box && !tray) {
      const rect = box.getBoundingClientRect()
      const over = rect.right - (document.documentElement.clientWidth - 8)
      if (over > 0) box.style.transform = `translateX(${-over}px)`
      else if (rect.left < 8) box.style.transform = `translateX(${8 - rect.left}px)`
    }
    return () => document.removeEventListener('pointerdown', outside)
  }, [open, tray])

  const close = () => {
    setOpen(false)
    trigger.current?.focus()
  }
  return (
    <span
      className={tray ? 'flyout tray' : 'flyout'}
      ref={root}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) {
          event.stopPropagation()
          close()
        }
      }}
    >
      <button
        ref={trigger}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <div id={id} ref={panel} role="dialog" aria-label={label} className={`flyout-panel ${align}`}>
          {typeof children === 'function' ? children(close) : children}
        </div>
      )}
    </span>
  )
}
