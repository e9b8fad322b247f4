import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'

/** `one` and `other` are one key to the caller; only English needs both. */
type Base<K extends string> = K extends `${infer B}_one` ? B : K extends `${infer B}_other` ? B : K
type Needed<K extends string> = K extends `${string}_one` ? never : K
type Params = Readonly<Record<string, string | number>>

export interface Words<E extends Record<string, string>> {
  (): (key: Base<keyof E & string>, params?: Params) => string
  readonly namespace: string
  readonly catalogue: { readonly en: E; readonly zh: Record<string, string> }
}

// Initialised on import: screens register their words when their chunk loads, before anything is drawn.
void i18next.use(initReactI18next).init({
  lng: pageLanguage(),
  fallbackLng: false,
  resources: {},
  interpolation: { escapeValue: false },
  returnNull: false,
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  react: { useSuspense: false },
})

function pageLanguage(): 'zh' | 'en' {
  return typeof document !== 'undefined' && document.documentElement.lang.startsWith('zh') ? 'zh' : 'en'
}

/**
 * Register a screen's words in both languages; gives a hook whose `t` takes only keys that exist.
 * `zh` must have every key of `en` (but for English singulars `…_one`): checked by types and by a test.
 */
export function words<const E extends Record<string, string>>(
  namespace: string,
  catalogue: { en: E; zh: Record<Needed<keyof E & string>, string> },
): Words<E> {
  i18next.addResourceBundle('en', namespace, catalogue.en)
  i18next.addResourceBundle('zh', namespace, catalogue.zh)
  const hook = () => {
    const { t } = useTranslation(namespace)
    return t as never
  }
  return Object.assign(hook, { namespace, catalogue }) as Words<E>
}

export { i18next }
