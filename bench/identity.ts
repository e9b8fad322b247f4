/**
 * Identity and profiles on generated rows: `npx tsx bench/identity.ts [customers] [lines]`, default 1,000,000 customer
 * rows and 5,000,000 order lines. Two in three people have a second record elsewhere, one in ten shares a household's
 * phone. Prints one JSON line: seconds by step, pairwise precision and recall against the planted truth, peak memory.
 */
import { rm } from 'node:fs/promises'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quiet } from '../src/base/context.ts'
import { createIdentity } from '../src/identity/index.ts'
import { openWorkbench } from '../src/identity/workbench.testing.ts'
import { createProfiles, profileTables } from '../src/profiles/index.ts'
import { sql } from '../src/warehouse/index.ts'

const customers = Number(process.argv[2] ?? 1_000_000)
const lines = Number(process.argv[3] ?? 5_000_000)
const people = Math.round(customers * 0.6)
const seconds: Record<string, number> = {}
async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  try {
    return await work()
  } finally {
    seconds[name] = Math.round((performance.now() - start) / 10) / 100
  }
}

const dir = await mkdtemp(join(tmpdir(), 'tributary-bench-'))
const bench = await openWorkbench({ tables: profileTables, dir, file: true })
const { warehouse } = bench.ground
const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅鑫宇浩然子涵轩梓雨欣怡佳琪博文思远'
const char = (chars: string, seed: ReturnType<typeof sql>) =>
  sql`substr(${chars}, 1 + cast(hash(${seed}) % ${chars.length} as integer), 1)`

await timed('generate', () =>
  warehouse.transaction(async (writer) => {
    // Person p: a name, a phone (one in ten takes that of person p - 1: a household), an e-mail.
    await writer.run(sql`create or replace temp table world as
      select
        p,
        concat(${char(surnames, sql`p * 7 + 1`)}, ${char(given, sql`p * 7 + 2`)}, case when p % 3 > 0 then ${char(given, sql`p * 7 + 3`)} else '' end) as name,
        concat('+861', 3 + hash(case when p % 10 = 0 then p - 1 else p end) % 7, lpad(cast(case when p % 10 = 0 then p - 1 else p end as varchar), 9, '0')) as phone,
        concat('u', p, '@qq.com') as email,
        date '1950-02-02' + cast(hash(p) % 20000 as integer) as birth
      from range(1, ${people} + 1) t(p)`)
    await writer.run(sql`
      insert into customer (record_key, source, space, batch, row, copy, content_hash, customer_id, name, phone, email, birth_date, region, level, channel, registered_at)
      select
        md5(concat(c, 'r')), case when c <= ${people} then 'crm' else 'mall' end, case when c <= ${people} then 'crm' else 'mall' end, 1, c, 1, '',
        concat('C', c), w.name,
        case when hash(c) % 10 < 8 then w.phone end,
        case when hash(c * 3) % 10 < 6 then w.email end,
        case when hash(c * 5) % 2 = 0 then w.birth end,
        '浙江省', 'gold', 'mall', timestamp '2023-01-01' + interval 1 minute * (c % 500000)
      from range(1, ${customers} + 1) t(c)
      join world w on w.p = case when c <= ${people} then c else c - ${people} end`)
    await writer.run(sql`
      insert into "order" (record_key, source, space, batch, row, copy, content_hash, order_id, customer_id, ordered_at, channel)
      select md5(concat(o, 'o')), 'mall', case when o % 2 = 0 then 'crm' else 'mall' end, 2, o, 1, '', concat('O', o),
        concat('C', case when o % 2 = 0 then 1 + hash(o) % ${people} else ${people} + 1 + hash(o) % ${customers - people} end),
        timestamp '2023-06-01' + interval 1 minute * (o % 500000), case when o % 3 = 0 then '门店' else '商城' end
      from range(1, ${Math.round(lines / 3)} + 1) t(o)`)
    await writer.run(sql`
      insert into order_line (record_key, source, space, batch, row, copy, content_hash, order_id, sku, category, quantity, unit_price, amount)
      select md5(concat(l, 'l')), 'mall', case when (l % ${Math.round(lines / 3)} + 1) % 2 = 0 then 'crm' else 'mall' end, 3, l, 1, '', concat('O', l % ${Math.round(lines / 3)} + 1), concat('S', hash(l) % 2000),
        concat('品类', hash(l) % 20), 1 + hash(l) % 3, 99, 99 * (1 + hash(l) % 3)
      from range(1, ${lines} + 1) t(l)`)
    await writer.run(
      sql`insert into batch (batch, source, dataset, path, sha256, stored) select b, 'mall', 'x', 'x', '', 1 from range(1, 4) t(b)`,
    )
  }),
)
const identity = createIdentity(bench.ground)
const profiles = createProfiles(bench.ground, {})
const resolved = await timed('resolve', () => identity.resolve(quiet))
await timed('resolve_again', () => identity.resolve(quiet))
await warehouse.transaction((writer) => writer.run(sql`update batch set stored = 2 where batch = 1`))
await timed('resolve_unchanged', () => identity.resolve(quiet))
const built = await timed('profiles', () => profiles.build(quiet))
const actor = { id: 'bench', role: 'admin' } as const
await timed('list_first', () => profiles.list({ sort: 'amount', dir: 'desc' }, actor))
await timed('list_pinyin', () => profiles.list({ q: 'zhangwei' }, actor))
await timed('list_hanzi', () => profiles.list({ q: '张伟' }, actor))
const top = await profiles.list({ sort: 'amount', dir: 'desc' }, actor)
await timed('get', () => profiles.get(top.items[0]!.personId, actor))
await timed('timeline', () => profiles.timeline(top.items[0]!.personId, actor, {}))

const [score] = await warehouse.query<{ wrong: number; right: number; all: number }>(sql`
  with truth as (
    select k.person_id, case when c.row <= ${people} then c.row else c.row - ${people} end as p
    from customer c
    join person_key k on k.key_type = 'ref' and k.key_value = concat(c.space, ':', c.customer_id)
  ),
  cells as (select person_id, p, count(*) as n from truth group by person_id, p)
  select
    (select sum(n * (n - 1) / 2) from (select sum(n) as n from cells group by person_id) x) as all_linked,
    (select sum(n * (n - 1) / 2) from cells) as "right",
    (select sum(n * (n - 1) / 2) from (select sum(n) as n from cells group by p) y) as "all",
    0 as wrong`)
const linked = score as unknown as { all_linked: number; right: number; all: number }
console.log(
  JSON.stringify({
    customers,
    lines,
    seconds,
    persons: resolved.persons,
    conflicts: resolved.conflicts,
    profiles: built.profiles,
    purchases: built.purchases,
    precision: linked.right / linked.all_linked,
    recall: linked.right / linked.all,
    peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)
await bench.close()
await rm(dir, { recursive: true, force: true })
