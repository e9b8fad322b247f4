import { readFile, readdir } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { zipSync, strToU8 } from 'fflate'
import { pack } from 'tar-stream'
import { describe, expect, it } from 'vitest'
import { quiet } from '../../../base/context.ts'
import { file } from '../../connectors/file.ts'
import { createFileReader } from '../file-reader.ts'
import { testFolder } from '../../folder.testing.ts'

const folder = await testFolder()
const reader = createFileReader({ scratch: folder.work })

async function tar(members: Record<string, string>, links: Record<string, string> = {}): Promise<Buffer> {
  const out = pack()
  for (const [name, content] of Object.entries(members)) out.entry({ name }, content)
  for (const [name, linkname] of Object.entries(links)) out.entry({ name, type: 'symlink', linkname })
  out.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of out) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
const find = async (path: string, more = {}) => {
  const found = []
  for await (const f of file.find(file.configure({ path, ...more }), quiet)) found.push(f)
  return found
}

describe('archives', () => {
  it.each(['zip', 'tar.gz', 'tgz', 'tar'])('finds and reads the members of a %s', async (kind) => {
    const members = { 'in/a.csv': 'id,n\n1,2\n', 'b.json': '[{"x":1}]', 'readme.md': '# no', '__MACOSX/a.csv': 'x' }
    const bytes =
      kind === 'zip'
        ? zipSync(Object.fromEntries(Object.entries(members).map(([k, v]) => [k, strToU8(v)])))
        : kind === 'tar'
          ? await tar(members)
          : gzipSync(await tar(members))
    const path = await folder.write(`archives/pack.${kind}`, bytes)
    const found = await find(path)
    expect(found.map((f) => f.path)).toEqual([`pack.${kind}!b.json`, `pack.${kind}!in/a.csv`])
    expect(found.every((f) => f.localPath === path)).toBe(true)
    const inspection = await reader.inspect(path, { member: 'in/a.csv' })
    expect(inspection.plan).toMatchObject({ format: 'csv', member: 'in/a.csv', columns: ['id', 'n'] })
    const prepared = await reader.prepare(path, inspection.plan, folder.work)
    expect(await folder.engineRows(prepared)).toEqual([['1', '2']])
    expect(await reader.rawRow(path, inspection.plan, 1)).toBe('1,2')
    expect((await reader.inspect(path)).choices?.members).toContain('in/a.csv')
    await expect(reader.inspect(path, { member: 'none.csv' })).rejects.toMatchObject({ code: 'archive_member' })
  })

  it('keeps a prepared member after the reader is closed', async () => {
    const other = createFileReader({ scratch: folder.work })
    const path = await folder.write('kept.zip', zipSync({ 'a.csv': strToU8('id,n\n1,2\n') }))
    const { plan } = await other.inspect(path, { member: 'a.csv' })
    const prepared = await other.prepare(path, plan, folder.work)
    await other.close()
    expect(await readFile(prepared.path, 'utf8')).toBe('id,n\n1,2\n')
    expect((await readdir(folder.work)).filter((f) => f.startsWith('tributary-read-')).length).toBeLessThanOrEqual(1)
  })

  it('reads a single gzip file', async () => {
    const path = await folder.write('one.csv.gz', gzipSync('id,n\n1,2\n'))
    expect((await find(path)).map((f) => f.path)).toEqual(['one.csv.gz'])
    const { plan } = await reader.inspect(path)
    expect(await folder.engineRows(await reader.prepare(path, plan, folder.work))).toEqual([['1', '2']])
  })

  it.each(['../evil.csv', '/etc/evil.csv', 'a/../../evil.csv', '..\\evil.csv'])(
    'refuses a member named %s',
    async (name) => {
      const zip = await folder.write('climb.zip', zipSync({ [name]: strToU8('a,b\n1,2\n') }))
      await expect(find(zip)).rejects.toMatchObject({ code: 'archive_path' })
      const tgz = await folder.write('climb.tar.gz', gzipSync(await tar({ [name]: 'a,b\n1,2\n' })))
      await expect(find(tgz)).rejects.toMatchObject({ code: 'archive_path' })
    },
  )

  it('never follows links', async () => {
    const path = await folder.write(
      'links.tar.gz',
      gzipSync(await tar({ 'a.csv': 'x,y\n1,2\n' }, { 'b.csv': '/etc/passwd' })),
    )
    expect((await find(path)).map((f) => f.path)).toEqual(['links.tar.gz!a.csv'])
    await expect(reader.inspect(path, { member: 'b.csv' })).rejects.toMatchObject({ code: 'archive_member' })
  })

  it('refuses bombs and damaged archives', async () => {
    const zeros = Buffer.alloc(66 * 1024 * 1024, '1,2\n')
    const gz = await folder.write('bomb.csv.gz', gzipSync(zeros))
    await expect(reader.inspect(gz)).rejects.toMatchObject({ code: 'archive_bomb' })
    // smaller ones under a lower floor, for the time it takes to pack them
    const strict = createFileReader({ scratch: folder.work, limits: { ratioFloorBytes: 1024 * 1024 } })
    const some = zeros.subarray(0, 4 * 1024 * 1024)
    const tgz = await folder.write('bomb.tar.gz', gzipSync(await tar({ 'a.csv': some.toString('latin1') })))
    await expect(strict.inspect(tgz)).rejects.toMatchObject({ code: 'archive_bomb' })
    const zip = await folder.write('bomb.zip', zipSync({ 'a.csv': some }))
    await expect(strict.inspect(zip)).rejects.toMatchObject({ code: 'archive_bomb' })
    const cut = gzipSync(await tar({ 'a.csv': 'x,y\n'.repeat(100_000) }))
    const damaged = await folder.write('cut.tar.gz', cut.subarray(0, cut.length - 100))
    await expect(find(damaged)).rejects.toMatchObject({ code: 'archive_damaged' })
    const few = createFileReader({ scratch: folder.work, limits: { archiveEntries: 2 } })
    const many = await folder.write(
      'many.zip',
      zipSync({ 'a.csv': strToU8('1'), 'b.csv': strToU8('1'), 'c.csv': strToU8('1') }),
    )
    await expect(few.inspect(many)).rejects.toMatchObject({ code: 'archive_bomb' })
  })
})
