import { GlobalOutlined } from '@ant-design/icons'
import { useEffect, type ReactNode } from 'react'
import { usePreferences } from '../i18n/preferences.tsx'
import { Mark } from './brand.tsx'
import { useFrame } from './words.ts'

export function GateCard({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  const t = useFrame()
  const { locale, setLocale } = usePreferences()
  useEffect(() => {
    document.title = `${title} · Tributary 百川`
  }, [title])
  return (
    <main className="gate">
      <button
        type="button"
        className="icon-button gate-lang"
        lang={locale === 'zh' ? 'en' : 'zh-CN'}
        aria-label={t('language')}
        onClick={() => setLocale(locale === 'zh' ? 'en' : 'zh')}
      >
        <GlobalOutlined aria-hidden />
        {locale === 'zh' ? 'English' : '中文'}
      </button>
      <div className="gate-card">
        <div className="gate-brand">
          <Mark />
          <span>
            Tributary <span lang="zh-CN">百川</span>
          </span>
        </div>
        <h1>{title}</h1>
        <p className="muted" style={{ margin: '6px 0 22px' }}>
          {lead}
        </p>
        {children}
      </div>
    </main>
  )
}

/** One labelled field of a small form; the browser's own validation is replaced by words in our language. */
export function Field({
  id,
  label,
  hint,
  problem,
  ...input
}: { id: string; label: string; hint?: string; problem?: string } & React.ComponentProps<'input'>) {
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="text-input"
        aria-invalid={!!problem}
        aria-describedby={problem || hint ? `${id}-note` : undefined}
        {...input}
      />
      {problem ? (
        <div className="problem" id={`${id}-note`} role="alert">
          {problem}
        </div>
      ) : (
        hint && (
          <div className="hint" id={`${id}-note`}>
            {hint}
          </div>
        )
      )}
    </div>
  )
}
