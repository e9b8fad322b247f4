import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seeded } from '../../src/base/random.ts'
import { spawnTributary, tributary } from './cli.ts'

const work = mkdtempSync(join(tmpdir(), 'tributary-durability-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const files = 30
const rowsPerFile = 3000

/** Order lines whose totals are known by construction; every 100th row is broken. */
function makeProject(dir: string): { rows: number; bad: number; amount: number } {
  mkdirSync(join(dir, 'data'), { recursive: true })
  writeFileSync(
    join(dir, 'tributary.yaml'),
    `sources:
  lines:
    path: \${dir}/data/*.csv
    as: order_line
    key: [order_id, line_no]
    map: { order_id: 订单号, line_no: 行号, customer_id: 会员号, ordered_at: 下单时间, sku: 商品编码, quantity: 数量, unit_price: 单价 }
insight: { asOf: 2026-01-01, windowDays: 365 }
`,
  )
  let bad = 0
  let amount = 0
  for (let f = 0; f < files; f++) {
    const lines = ['订单号,行号,会员号,下单时间,商品编码,数量,单价']
    for (let i = 0; i < rowsPerFile; i++) {
      const n = f * rowsPerFile + i
      const broken = n % 100 === 50
      if (broken) bad += 1
      else amount += (n % 5) + 1
      lines.push(
        `O${n},1,M${n % 997},2025-0${(n % 9) + 1}-1${n % 10} 10:00:00,S${n % 50},${broken ? 'two' : (n % 5) + 1},1`,
      )
    }
    writeFileSync(join(dir, 'data', `lines-${String(f).padStart(2, '0')}.csv`), `${lines.join('\n')}\n`)
  }
  return { rows: files * rowsPerFile, bad, amount }
}

describe('kill -9 during an import', () => {
  const dir = join(work, 'project')
  const home = join(work, 'home')
  let truth: { rows: number; bad: number; amount: number }
  beforeAll(() => {
    truth = makeProject(dir)
  })

  it('loses nothing that was accepted and counts nothing twice, over 20 rounds', async () => {
    const random = seeded('kill')
    let killed = 0
    for (let round = 0; round < 20; round++) {
      const { child, ended } = spawnTributary(['run', dir, '--home', home, '--json'])
      const timer = setTimeout(() => child.kill('SIGKILL'), 300 + random.int(1600))
      const end = await ended
      clearTimeout(timer)
      if (end.code === null) killed += 1
      else expect(end.code, end.stderr).toBe(0)
    }
    expect(killed).toBeGreaterThan(3)
    const last = await tributary('run', dir, '--home', home, '--json')
    expect(last.code, last.stderr).toBe(0)
    expect(last.json).toMatchObject({
      rows_read: truth.rows,
      rows_stored: truth.rows - truth.bad,
      rows_quarantined: truth.bad,
      rows_duplicate: 0,
      valid_amount: truth.amount,
    })
  }, 240_000)

  it('rebuilds to the same export hash', async () => {
    const rebuilt = await tributary('rebuild', dir, '--home', home, '--json')
    expect(rebuilt.json).toMatchObject({ equal: true, differ: [] })
  }, 120_000)

  it('finds a flipped byte in the middle of the journal and refuses to go on over it', async () => {
    const journal = join(home, 'journal')
    const segment = readdirSync(journal)
      .filter((f) => /\d/.test(f) && !f.includes('reserve') && !f.includes('lock'))
      .sort()[0]!
    const bytes = readFileSync(join(journal, segment))
    const damaged = Buffer.from(bytes)
    damaged[Math.floor(bytes.length / 3)]! ^= 0x40
    writeFileSync(join(journal, segment), damaged)
    const doctor = await tributary('doctor', dir, '--home', home, '--json')
    expect(doctor.code).not.toBe(0)
    expect(`${doctor.stdout}${doctor.stderr}`).toMatch(/damag/i)
    writeFileSync(join(journal, segment), bytes)
    expect((await tributary('doctor', dir, '--home', home, '--json')).code).toBe(0)
  }, 120_000)
})

const canMount = process.platform === 'linux' && process.getuid?.() === 0

/** A real small file system; needs root to mount it. */
describe.skipIf(!canMount)('a full disk (skipped where a tmpfs cannot be mounted: not root, or not Linux)', () => {
  const mount = join(work, 'small')
  let mounted = false
  beforeAll(() => {
    mkdirSync(mount)
    mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'tmpfs', mount]).status === 0
  })
  afterAll(() => {
    if (mounted) spawnSync('umount', [mount])
  })

  it('refuses work with a clear message and goes on when space returns', async ({ skip }) => {
    if (!mounted) skip('mount -t tmpfs was refused on this machine')
    const dir = join(work, 'full')
    const truth = makeProject(dir)
    const home = join(mount, 'home')
    const first = await tributary('run', dir, '--home', home, '--json')
    expect(first.code, first.stderr).toBe(0)
    // Fill the disk up, then bring one more file.
    spawnSync('dd', ['if=/dev/zero', `of=${join(mount, 'ballast')}`, 'bs=1M', 'count=1024'])
    writeFileSync(
      join(dir, 'data', 'more.csv'),
      '订单号,行号,会员号,下单时间,商品编码,数量,单价\nX1,1,M1,2025-05-05,S1,1,1\n',
    )
    const full = await tributary('run', dir, '--home', home, '--json')
    expect(full.code).toBe(5)
    expect(full.stderr).toMatch(/disk/i)
    rmSync(join(mount, 'ballast'))
    const after = await tributary('run', dir, '--home', home, '--json')
    expect(after.code, after.stderr).toBe(0)
    expect(after.json).toMatchObject({ rows_read: truth.rows + 1, rows_stored: truth.rows - truth.bad + 1 })
  }, 240_000)
})
