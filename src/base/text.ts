/** A text in both first-class languages. Plug-ins carry their names, questions and definitions as `Text`. */
export type Text = { readonly zh: string; readonly en: string }

export type Locale = keyof Text

/** `zh*` is Chinese, everything else English. */
export function localeOf(tag: string | undefined): Locale {
  return tag?.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** Fill `{name}` in a template; an unknown name stays as it is, so that a missing parameter is seen. */
export function fill(template: string, params: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
}

export function fillText(text: Text, params: Readonly<Record<string, unknown>>): Text {
  return { zh: fill(text.zh, params), en: fill(text.en, params) }
}
