import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react'
import { useFaultText } from './states.tsx'
import { useCommon } from './words.ts'

interface Toast {
  id: number
  text: string
  bad?: boolean
  undo?: () => void
}

interface Toasts {
  say(text: string, options?: { undo?: () => void }): void
  fail(error: unknown): void
}

const Context = createContext<Toasts>({ say() {}, fail() {} })

/** Short messages at the foot of the window, with undo where something was taken away. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const next = useRef(0)
  const t = useCommon()
  const faultText = useFaultText()
  const drop = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])
  const push = useCallback(
    (toast: Omit<Toast, 'id'>) => {
      const id = next.current++
      setToasts((all) => [...all.slice(-2), { ...toast, id }])
      window.setTimeout(() => drop(id), toast.undo || toast.bad ? 12_000 : 5000)
    },
    [drop],
  )
  const faultRef = useRef(faultText)
  faultRef.current = faultText
  const value = useMemo<Toasts>(
    () => ({
      say: (text, options) => push({ text, undo: options?.undo }),
      fail: (error) => push({ text: faultRef.current(error), bad: true }),
    }),
    [push],
  )
  return (
    <Context value={value}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className={toast.bad ? 'toast bad' : 'toast'}>
            <span className="grow">{toast.text}</span>
            {toast.undo && (
              <button
                type="button"
                className="link-button"
                onClick={() => {
                  toast.undo!()
                  drop(toast.id)
                }}
              >
                {t('undo')}
              </button>
            )}
            <button type="button" className="link-button" onClick={() => drop(toast.id)}>
              {t('close')}
            </button>
          </div>
        ))}
      </div>
    </Context>
  )
}

export function useToast(): Toasts {
  return useContext(Context)
}
