import { GlobalOutlined, MenuOutlined, MoonOutlined, SunOutlined, UserOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { api } from '../api/client.ts'
import type { Session } from '../api/types.ts'
import { usePreferences } from '../i18n/preferences.tsx'
import { useCodeName } from '../parts/code-name.ts'
import { Flyout } from '../parts/flyout.tsx'
import { useSession } from './gate.tsx'
import { GlobalSearch } from './search.tsx'
import { TaskTray } from './task-tray.tsx'
import { useFrame } from './words.ts'

export function Top({ onMenu, menuOpen }: { onMenu(): void; menuOpen: boolean }) {
  const t = useFrame()
  const code = useCodeName()
  const { locale, mode, setLocale, setMode } = usePreferences()
  const client = useQueryClient()
  const user = useSession().data?.user
  const signOut = async () => {
    const session = await api.delete<Session>('/session').catch(() => undefined)
    client.clear()
    if (session) client.setQueryData(['session'], session)
  }
  return (
    <header className="top">
      <button
        type="button"
        className="icon-button only-narrow"
        aria-label={t('openMenu')}
        aria-expanded={menuOpen}
        aria-controls="side"
        onClick={onMenu}
      >
        <MenuOutlined aria-hidden />
      </button>
      <GlobalSearch />
      <div className="top-actions">
        <TaskTray />
        <button
          type="button"
          className="icon-button"
          lang={locale === 'zh' ? 'en' : 'zh-CN'}
          aria-label={t('language')}
          title={t('language')}
          onClick={() => setLocale(locale === 'zh' ? 'en' : 'zh')}
        >
          <GlobalOutlined aria-hidden />
          <span className="hide-narrow">{locale === 'zh' ? 'EN' : '中文'}</span>
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={mode === 'dark' ? t('light') : t('dark')}
          title={mode === 'dark' ? t('light') : t('dark')}
          onClick={() => setMode(mode === 'dark' ? 'light' : 'dark')}
        >
          {mode === 'dark' ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
        </button>
        {user && (
          <Flyout
            align="end"
            label={t('account')}
            button={
              <>
                <UserOutlined aria-hidden />
                <span className="hide-narrow">{user.name}</span>
              </>
            }
          >
            <div className="stack tight" style={{ minWidth: 160 }}>
              <div>
                <strong>{user.name}</strong>
                <div className="muted">{code('role', user.role)}</div>
              </div>
              <Button onClick={() => void signOut()}>{t('signOut')}</Button>
            </div>
          </Flyout>
        )}
      </div>
    </header>
  )
}
