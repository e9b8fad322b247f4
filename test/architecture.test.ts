import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The import rules of ARCHITECTURE.md, as a plain test over the text of every source file. */
const root = resolve(import.meta.dirname, '..')
const src = join(root, 'src')

const river = ['sources', 'intake', 'quality', 'identity', 'profiles', 'segments', 'insight', 'activation']
const ground = ['base', 'algorithms', 'journal', 'warehouse']
const plugins = [
  'sources/connectors',
  'quality/rules',
  'profiles/enrichers',
  'insight/analyses',
  'activation/destinations',
]

interface Import {
  from: string
  to: string
  typeOnly: boolean
  names: string
}

function* walk(dir: string): Generator<string> {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue
    const path = join(dir, entry.name)
    if (entry.isDirectory()) yield* walk(path)
    else if (/\.(ts|tsx)$/.test(entry.name)) yield path
  }
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  const found: Import[] = []
  const pattern =
    /(?:^|\n)\s*(import|export)\s+(type\s+)?([\w*{][^'"`;]*?\s+from\s+)?['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)/g
  for (const m of text.matchAll(pattern)) {
    const to = m[4] ?? m[5]!
    const names = m[3] ?? ''
    const inlineTypes = /^\{\s*(type\s+\w+(\s+as\s+\w+)?\s*,?\s*)+\}/.test(names.trim())
    found.push({
      from: relative(src, file),
      to: relative(src, resolve(dirname(file), to)),
      typeOnly: Boolean(m[2]) || inlineTypes,
      names,
    })
  }
  return found
}

/** Tests, what only tests use, and programs that tests start. */
const isTest = (file: string): boolean => /\.(test|testing|child)\.ts$/.test(file)
const sourceFiles = [...walk(src)].filter((f) => !isTest(f))
const imports = sourceFiles.flatMap(importsOf)
const roomOf = (path: string): string => (path.includes('/') ? path.split('/')[0]! : path)
const pluginOf = (path: string): string | undefined => plugins.find((p) => path.startsWith(`${p}/`))

/** Rooms a room may import from, besides itself. */
function allowed(room: string): string[] {
  if (room === 'base') return []
  if (ground.includes(room)) return ['base']
  if (room === 'governance') return ground
  const place = river.indexOf(room)
  if (place >= 0) return [...ground, 'governance', ...river.slice(0, place)]
  if (room === 'server' || room === 'cli') return ['base', 'platform.ts', 'config.ts', 'server']
  return ['*']
}

const describeImport = (i: Import): string => `${i.from} → ${i.to}`

describe('import rules', () => {
  it('reads a sensible number of files, so that the other rules are not vacuous', () => {
    expect(sourceFiles.length).toBeGreaterThan(100)
    expect(imports.length).toBeGreaterThan(200)
  })

  it('lets a room import only what lies below it', () => {
    const wrong = imports.filter((i) => {
      const from = roomOf(i.from)
      const to = roomOf(i.to)
      if (from === to || i.to.startsWith('..')) return false
      const may = allowed(from)
      if (may.includes('*') || may.includes(to)) return false
      // Doors speak of stages in types only.
      return !((from === 'server' || from === 'cli') && i.typeOnly)
    })
    expect(wrong.map(describeImport)).toEqual([])
  })

  it('enters another room only through its index (base and the configuration have none)', () => {
    const wrong = imports.filter((i) => {
      const to = roomOf(i.to)
      if (roomOf(i.from) === to || !i.to.includes('/') || to === 'base' || to === 'presets' || i.to.startsWith('..'))
        return false
      // The HTTP contract names the shapes that stages declare; it is types alone.
      if (i.typeOnly && i.to.endsWith('/contract.ts')) return false
      return !/^[^/]+\/index\.ts$/.test(i.to)
    })
    expect(wrong.map(describeImport)).toEqual([])
  })

  it('keeps plug-ins apart from each other', () => {
    const wrong = imports.filter((i) => {
      const plugin = pluginOf(i.from)
      return plugin !== undefined && i.to.startsWith(`${plugin}/`) && i.from !== i.to
    })
    expect(wrong.map(describeImport)).toEqual([])
  })

  it('has no SQL in the doors', () => {
    const wrong = sourceFiles.filter(
      (f) => /^(server|cli)\//.test(relative(src, f)) && /\bsql`/.test(readFileSync(f, 'utf8')),
    )
    expect(wrong.map((f) => relative(src, f))).toEqual([])
  })

  it('gives the web app nothing of the server but types of the contract', () => {
    const web = [...walk(join(root, 'web', 'src'))].flatMap(importsOf).filter((i) => !i.to.startsWith('../web'))
    expect(web.filter((i) => !(i.typeOnly && i.to === 'server/contract.ts')).map(describeImport)).toEqual([])
  })

  it('has no cycles between files', () => {
    const edges = new Map<string, string[]>()
    for (const i of imports) if (!i.typeOnly) edges.set(i.from, [...(edges.get(i.from) ?? []), i.to])
    const state = new Map<string, 'open' | 'done'>()
    const cycles: string[] = []
    const visit = (file: string, path: string[]): void => {
      if (state.get(file) === 'done') return
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
        return
      }
      state.set(file, 'open')
      for (const next of edges.get(file) ?? []) visit(next, [...path, file])
      state.set(file, 'done')
    }
    for (const file of edges.keys()) visit(file, [])
    expect(cycles).toEqual([])
  })

  it('throws only errors with a code outside base', () => {
    const wrong = sourceFiles.filter(
      (f) =>
        !/^(base|testing)\//.test(relative(src, f)) &&
        /throw new (Error|TypeError|RangeError)\(/.test(readFileSync(f, 'utf8')),
    )
    expect(wrong.map((f) => relative(src, f))).toEqual([])
  })

  it('loads vendor clients only where they belong', () => {
    const home: Record<string, RegExp> = {
      '@duckdb/node-api': /^warehouse\/engines\/duckdb\//,
      fastify: /^server\//,
      commander: /^cli\//,
    }
    const wrong = sourceFiles.flatMap((f) => {
      const text = readFileSync(f, 'utf8')
      return Object.entries(home)
        .filter(([name, where]) => new RegExp(`from ['"]${name}['"]`).test(text) && !where.test(relative(src, f)))
        .map(([name]) => `${relative(src, f)} → ${name}`)
    })
    expect(wrong).toEqual([])
  })

  it('keeps files small', () => {
    // The error codes are one list on purpose: a code is looked up there and nowhere else.
    const long = sourceFiles.filter(
      (f) =>
        !f.includes('.gen.') && !f.endsWith('base/error-codes.ts') && readFileSync(f, 'utf8').split('\n').length > 400,
    )
    expect(long.map((f) => relative(src, f))).toEqual([])
  })
})
