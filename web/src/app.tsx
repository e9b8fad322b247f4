import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { Fault } from './api/client.ts'
import { Gate } from './frame/gate.tsx'
import { PreferencesProvider, usePreferences } from './i18n/preferences.tsx'
import { ToastProvider } from './parts/toast.tsx'
import { themeOf } from './theme/theme.ts'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // A refusal stays a refusal; only an unreachable or overloaded server is asked again.
      retry: (count, error) => error instanceof Fault && (error.status === 0 || error.status === 503) && count < 2,
    },
  },
})

type KitLocale = NonNullable<Parameters<typeof ConfigProvider>[0]['locale']>

/** The UI kit, its dates and our words change language together. */
function Kit({ children }: { children: ReactNode }) {
  const { locale, mode } = usePreferences()
  const [kit, setKit] = useState<KitLocale>()
  useEffect(() => {
    let current = true
    const load =
      locale === 'zh'
        ? Promise.all([import('antd/es/locale/zh_CN'), import('dayjs'), import('dayjs/locale/zh-cn')]).then(
            ([m, dayjs]) => {
              dayjs.default.locale('zh-cn')
              return m.default
            },
          )
        : Promise.all([import('antd/es/locale/en_US'), import('dayjs'), import('dayjs/locale/en-gb')]).then(
            ([m, dayjs]) => {
              dayjs.default.locale('en-gb')
              return m.default
            },
          )
    void load.then((loaded) => current && setKit(loaded))
    return () => {
      current = false
    }
  }, [locale])
  const theme = useMemo(() => themeOf(mode), [mode])
  return (
    <ConfigProvider locale={kit} theme={theme} button={{ autoInsertSpace: false }}>
      {children}
    </ConfigProvider>
  )
}

export function App() {
  return (
    <QueryClientProvider client={client}>
      <PreferencesProvider>
        <Kit>
          <ToastProvider>
            <Gate />
          </ToastProvider>
        </Kit>
      </PreferencesProvider>
    </QueryClientProvider>
  )
}
