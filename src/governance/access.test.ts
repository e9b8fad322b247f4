import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { DataClass, MaskKind, Role, Table } from '../warehouse/index.ts'
import { may, maskingOf } from './access.ts'
import { catalogueOf, checkCatalogue, reclassify } from './catalogue.ts'

const src = new URL('../', import.meta.url)

/** Every table that any stage declares, found in the stages' `tables.ts`. */
async function declaredTables(): Promise<Map<string, Table>> {
  const found = new Map<string, Table>()
  for (const stage of readdirSync(src).filter((name) => existsSync(new URL(`${name}/tables.ts`, src)))) {
    const exported = (await import(new URL(`${stage}/tables.ts`, src).href)) as Record<string, unknown>
    for (const value of Object.values(exported).flat())
      if (typeof value === 'object' && value !== null && 'columns' in value && 'owner' in value)
        found.set((value as Table).name, value as Table)
  }
  return found
}

describe('the catalogue', () => {
  it('has a class and a meaning in both languages for every declared column', async () => {
    const tables = await declaredTables()
    expect([...tables.keys()]).toContain('audit_entry')
    expect(() => checkCatalogue([...tables.values()])).not.toThrow()
    for (const t of catalogueOf([...tables.values()])) expect(t.columns.length, t.name).toBeGreaterThan(0)
  })

  const text = { zh: '列', en: 'column' }
  const good: Table = {
    name: 't',
    owner: 'x',
    text,
    columns: { id: { type: 'int', text, class: 'non_sensitive' } },
    key: ['id'],
  }

  it('refuses what is not declared in full', () => {
    expect(() => checkCatalogue([good])).not.toThrow()
    for (const wrong of [
      [good, good],
      [{ ...good, key: ['nope'] }],
      [{ ...good, columns: { id: { type: 'int', text } } }],
      [{ ...good, columns: { id: { type: 'int', text: { zh: '列', en: '' }, class: 'sensitive' } } }],
    ])
      expect(() => checkCatalogue(wrong as Table[])).toThrow(expect.objectContaining({ code: 'catalogue_incomplete' }))
  })

  it('takes classes from the configuration, known columns and classes only', () => {
    expect(catalogueOf(reclassify([good], { 't.id': 'core_sensitive' }))[0]!.columns[0]!.class).toBe('core_sensitive')
    expect(good.columns.id!.class).toBe('non_sensitive')
    for (const wrong of [
      { 't.nope': 'sensitive' },
      { 'nope.id': 'sensitive' },
      { 't.id': 'secret' },
      { t: 'sensitive' },
    ])
      expect(() => reclassify([good], wrong as unknown as Record<string, DataClass>)).toThrow(
        expect.objectContaining({ code: 'class_unknown' }),
      )
  })
})

describe('access', () => {
  const see = (role: Role, of: DataClass, mask?: MaskKind): MaskKind => maskingOf({ role }, { class: of, mask })

  it.each<[Role, MaskKind, MaskKind, MaskKind, MaskKind, MaskKind]>([
    // role, core sensitive id number, phone, name, sensitive without mask, non-sensitive
    ['system', 'none', 'none', 'none', 'none', 'none'],
    ['admin', 'none', 'none', 'none', 'none', 'none'],
    ['steward', 'none', 'none', 'none', 'none', 'none'],
    ['analyst', 'id_number', 'phone', 'none', 'none', 'none'],
    ['marketer', 'id_number', 'phone', 'name', 'redact', 'none'],
    ['viewer', 'id_number', 'phone', 'name', 'redact', 'none'],
    ['stranger' as Role, 'redact', 'redact', 'redact', 'redact', 'redact'],
    ['constructor' as Role, 'redact', 'redact', 'redact', 'redact', 'redact'],
  ])('shows to the %s what the table says', (role, id, phone, name, other, plain) => {
    expect([
      see(role, 'core_sensitive', 'id_number'),
      see(role, 'sensitive', 'phone'),
      see(role, 'sensitive', 'name'),
      see(role, 'sensitive'),
      see(role, 'non_sensitive'),
    ]).toEqual([id, phone, name, other, plain])
  })

  it('never takes the mask `none` of a sensitive column for leave to show it', () => {
    expect(see('viewer', 'sensitive', 'none')).toBe('redact')
    expect(see('analyst', 'core_sensitive', 'none')).toBe('redact')
  })

  it('allows what is listed and nothing else', () => {
    expect(may('viewer', 'read')).toBe(true)
    expect(may('viewer', 'export')).toBe(false)
    expect(may('analyst', 'review')).toBe(false)
    expect(may('steward', 'administer')).toBe(false)
    expect(may('toString' as Role, 'read')).toBe(false)
  })
})
