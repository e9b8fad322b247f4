import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.test.ts'))
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(root, path), 'utf8') }))

interface Catalogue {
  namespace: string
  hook: string
  path: string
  en: Record<string, string>
  zh: Record<string, string>
}

/** Every `export const useX = words('namespace', …)`, imported for real. */
const catalogues: Catalogue[] = []
for (const { path, text } of sources) {
  if (path.startsWith('i18n/')) continue
  for (const [, exported, hook, namespace] of text.matchAll(/^(export )?const (use\w+) = words\('(\w+)'/gm)) {
    if (!exported) {
      // Kept inside one component file: read it from the text.
      const block = (language: string): Record<string, string> =>
        Object.fromEntries(
          [
            ...new RegExp(`\\n  ${language}: \\{([\\s\\S]*?)\\n  \\},`)
              .exec(text)![1]!
              .matchAll(/^\s+'?([\w. ]+)'?:\s*\n?\s*['"](.*)['"],$/gm),
          ].map((m) => [m[1]!, m[2]!]),
        )
      catalogues.push({ namespace: namespace!, hook: hook!, path, en: block('en'), zh: block('zh') })
      continue
    }
    const module = (await import(join(root, path))) as Record<
      string,
      { catalogue: { en: Record<string, string>; zh: Record<string, string> } }
    >
    catalogues.push({ namespace: namespace!, hook: hook!, path, ...module[hook!]!.catalogue })
  }
}

const base = (key: string): string => key.replace(/_(one|other)$/, '')
const params = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]!).sort()

/** Keys a file asks of a hook: literal ones, and the head of keys made of a code. */
function asked(text: string, hook: string): { literal: Set<string>; heads: string[] } {
  const literal = new Set<string>()
  const heads: string[] = []
  for (const [, name] of text.matchAll(new RegExp(`const (\\w+) = ${hook}\\(\\)`, 'g'))) {
    // What stands between `t(` and its closing bracket: all quoted words in it may be keys (conditional keys).
    for (const [, inner] of text.matchAll(new RegExp(`\\b${name}\\(((?:[^()]|\\([^()]*\\))*)\\)`, 'g'))) {
      const first = inner!.split(/,\s*\{/)[0]!
      for (const [, key] of first.matchAll(/'([^']+)'/g)) literal.add(key!)
      for (const [, head] of first.matchAll(/`([^`$]*)\$\{/g)) heads.push(head!)
    }
  }
  return { literal, heads }
}

describe('words of the app', () => {
  it('are found in every screen', () => {
    expect(catalogues.map((c) => c.namespace)).toEqual(
      expect.arrayContaining([
        'common',
        'frame',
        'home',
        'sources',
        'intake',
        'quality',
        'identity',
        'profiles',
        'segments',
        'rfm',
        'insight',
        'reports',
        'governance',
        'lineage',
      ]),
    )
    expect(new Set(catalogues.map((c) => c.namespace)).size).toBe(catalogues.length)
    for (const c of catalogues) expect(Object.keys(c.en).length, c.namespace).toBeGreaterThan(8)
  })

  it.each(catalogues)('$namespace: zh and en have the same keys and the same parameters', ({ en, zh }) => {
    expect([...new Set(Object.keys(zh).map(base))].sort()).toEqual([...new Set(Object.keys(en).map(base))].sort())
    for (const key of Object.keys(zh)) {
      const count = (list: string[]): string[] => list.filter((p) => p !== 'count')
      expect(count(params(zh[key]!)), key).toEqual(count(params(en[key] ?? en[`${base(key)}_other`]!)))
    }
  })

  it.each(catalogues)('$namespace: has no empty and no untranslated text', ({ en, zh }) => {
    for (const [key, text] of Object.entries(zh)) {
      expect(text.trim(), key).not.toBe('')
      // Chinese, a name (HTML, RFM, CSV …), or the name of the other language.
      if (!/\p{Script=Han}/u.test(text))
        expect(text.replace(/\{\{\w+\}\}/g, ''), key).toMatch(
          /^([\s\p{P}0-9]*|[A-Z]{2,}(（[-A-Z0-9]+）)?|Excel|Switch to English)$/u,
        )
    }
    for (const [key, text] of Object.entries(en)) expect(text.trim(), key).not.toBe('')
  })

  it.each(catalogues)('$namespace: every key is used, every used key exists', ({ namespace, hook, path, en }) => {
    // Keys of codes are looked up by `kind.code` in one place.
    if (namespace === 'codes') return
    const keys = new Set(Object.keys(en).map(base))
    const used = new Set<string>()
    for (const source of sources) {
      if (!source.text.includes(`${hook}(`)) continue
      const { literal, heads } = asked(source.text, hook)
      for (const key of literal) if (keys.has(key)) used.add(key)
      for (const key of keys) if (heads.some((head) => key.startsWith(head))) used.add(key)
      // Keys that travel through a list (`['goalExample1', …] as const`, `key: 'home'`) in a file of the same screen.
      if (dirname(source.path) === dirname(path))
        for (const key of keys)
          if (source.path !== path && new RegExp(`'${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}'`).test(source.text))
            used.add(key)
    }
    for (const source of sources) {
      if (dirname(source.path) === dirname(path) && source.path !== path)
        for (const key of keys) if (source.text.includes(`'${key}'`)) used.add(key)
    }
    const unused = [...keys].filter((key) => !used.has(key))
    expect(unused).toEqual([])
  })

  it('are the only place for Chinese text and for sentences', () => {
    const raw: string[] = []
    for (const { path, text } of sources) {
      if (/(^|\/)words\.ts$/.test(path) || path.startsWith('i18n/') || path === 'chart/ink.ts') continue
      const code = text
        .replace(/const use\w+ = words\('\w+', \{[\s\S]*?\n\}\)/g, '')
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/\/\/.*$/gm, '')
        .replaceAll('Tributary 百川', '')
        .replace(/lang="zh-CN">\s*百川/g, '')
        .replace(/'English' : '中文'|'EN' : '中文'/g, '')
        .replace(/tokenSeparators=\{[^}]*\}/g, '')
        .replace(/'zh' \? '、' : ', '/g, '')
      for (const line of code.split('\n')) if (/\p{Script=Han}/u.test(line)) raw.push(`${path}: ${line.trim()}`)
      // Text between tags, and labels and titles given as plain strings.
      for (const [, words] of code.matchAll(/>\s*([A-Z][a-z]+ [a-z][^<>{}=;()]*)</g)) raw.push(`${path}: ${words}`)
      for (const [whole] of code.matchAll(/(?:aria-label|title|placeholder|label)="[A-Z][^"]*"/g))
        raw.push(`${path}: ${whole}`)
    }
    expect(raw).toEqual([])
  })
})
