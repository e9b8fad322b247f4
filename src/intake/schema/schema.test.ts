import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { domainNames, domains } from './index.ts'
import { domainTables, systemColumns } from '../tables.ts'

const documented = readFileSync(new URL('../../../ARCHITECTURE.md', import.meta.url), 'utf8').split(
  '## Domain fields',
)[1]!

describe('the unified schema', () => {
  it.each(domainNames)('%s has exactly the fields of ARCHITECTURE.md', (name) => {
    const line = new RegExp(`\`${name}\`: ([^·\n]*)`).exec(documented)![1]!
    const fields = line
      .split(', ')
      .map((word) => word.trim().replace(/\(.*\)$/, ''))
      .filter((word) => word !== 'unless' && !word.includes(' '))
    expect(Object.keys(domains[name].fields)).toEqual(fields)
  })

  it('names keys that exist, and gives each field a text in both languages and folded header words', () => {
    for (const domain of Object.values(domains)) {
      for (const key of [...domain.naturalKey, ...domain.keyFields])
        expect(domain.fields, `${domain.name}.${key}`).toHaveProperty(key)
      for (const [name, f] of Object.entries(domain.fields)) {
        expect(f.text.zh && f.text.en, `${domain.name}.${name}`).toBeTruthy()
        for (const word of f.synonyms) expect(word, `${domain.name}.${name}`).toMatch(/^[\p{Ll}\p{Lo}\p{N}]+$/u)
        expect(Object.keys(systemColumns)).not.toContain(name)
      }
    }
  })

  it('masks whatever is above non-sensitive', () => {
    for (const t of Object.values(domainTables)) {
      for (const [name, c] of Object.entries(t.columns))
        if (c.class !== 'non_sensitive') expect(c.mask, `${t.name}.${name}`).not.toBe('none')
    }
  })
})
