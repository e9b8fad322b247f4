import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { Locale } from '../../../src/server/contract.ts'
import { i18next } from './words.ts'

export type Mode = 'light' | 'dark'

interface Preferences {
  locale: Locale
  mode: Mode
  setLocale(locale: Locale): void
  setMode(mode: Mode): void
}

const Context = createContext<Preferences | null>(null)

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Private windows may refuse storage; the choice then lasts for this page.
  }
}

/** Language and colour mode: remembered per browser, first taken from it (public/boot.js). */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [locale, setLocaleState] = useState<Locale>(document.documentElement.lang.startsWith('zh') ? 'zh' : 'en')
  const [mode, setModeState] = useState<Mode>(document.documentElement.dataset.mode === 'dark' ? 'dark' : 'light')

  const setLocale = useCallback((next: Locale) => {
    remember('tributary.locale', next)
    document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en'
    void i18next.changeLanguage(next)
    setLocaleState(next)
  }, [])
  const setMode = useCallback((next: Mode) => {
    remember('tributary.mode', next)
    setModeState(next)
  }, [])

  useEffect(() => {
    document.documentElement.dataset.mode = mode
  }, [mode])

  const value = useMemo(() => ({ locale, mode, setLocale, setMode }), [locale, mode, setLocale, setMode])
  return <Context value={value}>{children}</Context>
}

export function usePreferences(): Preferences {
  return useContext(Context)!
}
