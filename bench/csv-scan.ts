// Speed of the CSV scanner and of the whole preparation, on generated files. Run: npx tsx bench/csv-scan.ts [MB]
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seeded } from '../src/base/random.ts'
import { defaultLimits } from '../src/sources/limits.ts'
import { scanCsv } from '../src/sources/readers/csv/scan.ts'
import { createFileReader } from '../src/sources/index.ts'
import type { ReadPlan } from '../src/sources/index.ts'

const megabytes = Number(process.argv[2] ?? 100)
const folder = await mkdtemp(join(tmpdir(), 'bench-csv-'))
const random = seeded(7)
const columns = ['order_id', 'ordered_at', 'name', 'sku', 'quantity', 'amount', 'city', 'note']
const words = ['连衣裙', 'linen shirt', '羽绒服', 'socks, 3 pairs', '限量款', '5" buttons']
const cities = ['广州市', '深圳市', 'Beijing', '上海市']

function lines(kind: 'plain' | 'quoted'): Buffer {
  const rows: string[] = []
  for (let i = 0; i < 20_000; i++) {
    const note =
      kind === 'quoted' ? `"${random.pick(words).replaceAll('"', '""')}, ""fast""\nsecond line"` : 'delivered in time'
    rows.push(
      `${100_000 + i},2024-05-${10 + random.int(20)} 08:${10 + random.int(50)}:00,customer ${random.int(9999)},SKU-${random.int(999)},${1 + random.int(5)},${(random.next() * 900).toFixed(2)},${random.pick(cities)},${note}`,
    )
  }
  return Buffer.from(rows.join('\n') + '\n')
}

try {
  for (const kind of ['plain', 'quoted'] as const) {
    const part = lines(kind)
    const copies = Math.max(1, Math.round((megabytes * 1e6) / part.length))
    const path = join(folder, `${kind}.csv`)
    await writeFile(path, columns.join(',') + '\n')
    for (let i = 0; i < copies; i++) await writeFile(path, part, { flag: 'a' })
    const { size } = await stat(path)
    const plan: ReadPlan = { format: 'csv', encoding: 'utf-8', delimiter: ',', skipLines: 0, header: true, columns }
    for (let round = 0; round < 3; round++) {
      const from = performance.now()
      const { rows } = await scanCsv(path, {
        delimiter: ',',
        fields: columns.length,
        skipLines: 0,
        header: true,
        limits: defaultLimits,
        name: kind,
      })
      const seconds = (performance.now() - from) / 1000
      console.log(
        JSON.stringify({
          bench: 'csv-scan',
          kind,
          round,
          mb: Math.round(size / 1e6),
          rows,
          seconds: +seconds.toFixed(3),
          mb_per_s: Math.round(size / 1e6 / seconds),
        }),
      )
    }
    const reader = createFileReader({ scratch: folder })
    const broken = join(folder, `${kind}-broken.csv`)
    await writeFile(broken, columns.join(',') + '\n1,2,"x\n')
    for (let i = 0; i < copies; i++) await writeFile(broken, part, { flag: 'a' })
    const from = performance.now()
    const { rows, bad } = await reader.prepare(broken, plan, folder)
    const seconds = (performance.now() - from) / 1000
    console.log(
      JSON.stringify({
        bench: 'csv-prepare with a bad row',
        kind,
        rows,
        bad: bad.length,
        seconds: +seconds.toFixed(3),
        mb_per_s: Math.round(size / 1e6 / seconds),
      }),
    )
    await reader.close()
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
console.log(JSON.stringify({ bench: 'csv-scan', peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024) }))
