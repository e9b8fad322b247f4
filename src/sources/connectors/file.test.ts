import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { quiet } from '../../base/context.ts'
import { matchesAny } from '../glob.ts'
import { testFolder } from '../folder.testing.ts'
import { file } from './file.ts'

const folder = await testFolder()
for (const name of [
  'a.csv',
  'B.CSV',
  'sub/deep/c.xlsx',
  'sub/d.txt',
  'notes.md',
  '.hidden.csv',
  '~$c.xlsx',
  'sub/.git/x.csv',
])
  await folder.write(`data/${name}`, 'x,y\n1,2\n')
const data = join(folder.root, 'data')
await symlink(data, join(data, 'sub', 'circle'))

async function paths(config: Record<string, unknown>): Promise<string[]> {
  const found: string[] = []
  for await (const f of file.find(file.configure(config), quiet)) found.push(f.path)
  return found
}

describe('the file connector', () => {
  it('finds readable files of a folder and its subfolders, in a stable order, without litter', async () => {
    expect(await paths({ path: data })).toEqual(['B.CSV', 'a.csv', 'sub/d.txt', 'sub/deep/c.xlsx'])
  })

  it.each([
    ['*.csv', ['B.CSV', 'a.csv']],
    ['**/*.{txt,xlsx}', ['sub/d.txt', 'sub/deep/c.xlsx']],
    ['sub/*', ['d.txt']],
    ['?.csv', ['B.CSV', 'a.csv']],
    ['*.md', ['notes.md']],
  ])('finds by the glob %s', async (glob, expected) => {
    expect(await paths({ path: `${data}/${glob}` })).toEqual(expected)
  })

  it('keeps to include and exclude', async () => {
    expect(await paths({ path: data, include: ['*.csv', 'sub/**'], exclude: ['a.*'] })).toEqual([
      'B.CSV',
      'sub/d.txt',
      'sub/deep/c.xlsx',
    ])
  })

  it('reads a file that is named outright whatever it is called', async () => {
    expect(await paths({ path: join(data, 'notes.md') })).toEqual(['notes.md'])
  })

  it('gives a stamp that stays until the file is touched', async () => {
    const stamps = async (): Promise<string[]> => {
      const found: string[] = []
      for await (const f of file.find({ path: join(data, 'a.csv') }, quiet)) found.push(f.stamp)
      return found
    }
    const before = await stamps()
    expect(await stamps()).toEqual(before)
    await folder.write('data/a.csv', 'x,y\n1,2\n3,4\n')
    expect(await stamps()).not.toEqual(before)
  })

  it('says what is wrong in a configuration, and when nothing is there', async () => {
    expect(() => file.configure({ path: 'x', includes: [] })).toThrow(
      expect.objectContaining({ code: 'source_config' }),
    )
    expect(() => file.configure({})).toThrow(expect.objectContaining({ code: 'source_config' }))
    await expect(paths({ path: join(folder.root, 'nowhere') })).rejects.toMatchObject({ code: 'file_not_found' })
  })

  it('matches members of archives by name and by path', () => {
    expect(matchesAny('x.zip!in/a.csv', ['*.csv'])).toBe(true)
    expect(matchesAny('x.zip!in/a.csv', ['x.zip/in/*'])).toBe(true)
    expect(matchesAny('x.zip!in/a.csv', ['b/*.csv'])).toBe(false)
  })
})
