import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { webDir } from './web-dir.ts'

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

const manifestPath = join(webDir, '.vite/manifest.json')
const missing = existsSync(manifestPath) ? '' : ' (skipped: web/dist is missing, run `npm run build`)'

/** What a browser must fetch before it can draw these modules: their files, what they import statically, their styles. */
function filesOf(manifest: Record<string, Chunk>, entries: readonly string[]): Set<string> {
  const files = new Set<string>()
  const seen = new Set<string>()
  const take = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    const chunk = manifest[name]!
    files.add(chunk.file)
    for (const css of chunk.css ?? []) files.add(css)
    for (const next of chunk.imports ?? []) take(next)
  }
  entries.forEach(take)
  return files
}

describe.skipIf(missing)(`size of the first screen${missing}`, () => {
  const manifest = missing ? {} : (JSON.parse(readFileSync(manifestPath, 'utf8')) as Record<string, Chunk>)
  const kilobytes = (entries: readonly string[]): number =>
    [...filesOf(manifest, entries)].reduce((sum, file) => sum + gzipSync(readFileSync(join(webDir, file))).length, 0) /
    1024

  it('is at most 250 KB compressed: the frame and the home page, charts excepted', () => {
    const size = kilobytes(['index.html', 'src/screens/home/home.tsx'])
    expect(size).toBeGreaterThan(50)
    expect(size).toBeLessThanOrEqual(250)
  })

  it('leaves the chart library, the virtual list and the segment builder to the screens that use them', () => {
    const first = filesOf(manifest, ['index.html', 'src/screens/home/home.tsx'])
    for (const later of [
      'src/chart/echarts.ts',
      'src/screens/profiles/customers.tsx',
      'src/screens/segments/builder.tsx',
    ]) {
      expect(manifest[later], later).toBeDefined()
      expect(first.has(manifest[later]!.file), later).toBe(false)
    }
  })
})
