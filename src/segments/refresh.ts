import { readFile } from 'node:fs/promises'
import { InputError } from '../base/errors.ts'
import type { Work } from '../base/context.ts'
import type { Expression } from '../base/expression.ts'
import type { Ground } from '../governance/index.ts'
import { jsonRecord } from '../journal/index.ts'
import { sql, type Sql, type Writer } from '../warehouse/index.ts'
import { builtInSegments, type SegmentDefinition } from './definition.ts'
import { lifecycleQuery } from './lifecycle-query.ts'
import { rfmQuery, type RfmPeriod } from './rfm-query.ts'
import { lifecycleSettings, rfmSettings } from './settings.ts'
import { orderKey, validSale } from './sales.ts'
import { segmentMemberTable } from './tables.ts'
import type { Calendar } from './local-time.ts'

export interface RefreshResult {
  readonly customers: number
  readonly sizes: Readonly<Record<string, number>>
  /** Segments that could not be computed, with the reason. */
  readonly broken: readonly { readonly name: string; readonly error: InputError }[]
}

export interface RefreshParts {
  readonly days: Calendar
  /** The statement that gives a rule's people. @throws InputError */
  readonly membersOf: (rule: Expression, asOf: string) => Sql
  readonly ruleOf: (name: string) => Expression | 'list' | undefined
}

/** Derive RFM, life cycle, members and sizes anew, all in one transaction. */
export async function refreshTables(
  ground: Ground,
  period: RfmPeriod,
  parts: RefreshParts,
  work: Work,
): Promise<RefreshResult> {
  const definitions = ground.definitions.list<SegmentDefinition>('segment')
  const sizes: Record<string, number> = {}
  const broken: { name: string; error: InputError }[] = []
  const customers = await ground.warehouse.transaction(async (writer) => {
    work.progress.step({ zh: '计算 RFM', en: 'Scoring RFM' })
    await writeOrders(writer)
    const scored = await writeScores(ground, writer, period, parts.days)
    work.signal?.throwIfAborted()
    await writeStages(ground, writer, period.asOf, parts.days)
    await countBuiltIn(writer, sizes)

    work.progress.step({ zh: '计算分群', en: 'Computing segments' }, { total: definitions.length })
    await writer.run(sql`delete from segment_member`)
    // Lists first: rules may look them up.
    const inOrder = [...definitions].sort((a, b) => Number(b.value.kind === 'list') - Number(a.value.kind === 'list'))
    for (const { id: name, value } of inOrder) {
      work.signal?.throwIfAborted()
      try {
        if (value.kind === 'list') await loadList(ground, writer, name, value.sha256)
        else
          await writer.run(
            sql`insert into segment_member (segment, person_id) select ${name}, m.person_id from (${parts.membersOf(parts.ruleOf(name) as Expression, period.asOf)}) m`,
          )
      } catch (error) {
        if (!(error instanceof InputError)) throw error
        broken.push({ name, error })
        work.progress.note({ zh: `分群“${name}”：${error.text.zh}`, en: `Segment "${name}": ${error.text.en}` })
      }
      work.progress.advance(1)
    }
    const counted = await writer.query<{ segment: string; n: number }>(
      sql`select segment, count(*) as n from segment_member group by 1`,
    )
    for (const { id: name } of definitions)
      if (!broken.some((b) => b.name === name)) sizes[name] = counted.find((c) => c.segment === name)?.n ?? 0
    await writeSegments(writer, definitions, sizes, period.asOf)
    return scored
  })
  await journalSizes(ground, period.asOf, sizes)
  return { customers, sizes, broken }
}

/** Members and size of one rule that was just put: people look at it at once, not after the next run. */
export async function refreshOne(
  ground: Ground,
  definition: { readonly id: string; readonly value: SegmentDefinition },
  asOf: string,
  members: Sql,
): Promise<void> {
  const { id: name } = definition
  const size = await ground.warehouse.transaction(async (writer) => {
    await writer.run(sql`delete from segment_member where segment = ${name}`)
    const n = await writer.run(
      sql`insert into segment_member (segment, person_id) select ${name}, m.person_id from (${members}) m`,
    )
    await writer.run(sql`delete from segment where name = ${name}`)
    await writeSegment(writer, definition, n, asOf)
    return n
  })
  await journalSizes(ground, asOf, { [name]: size })
}

async function writeOrders(writer: Writer): Promise<void> {
  await writer.run(sql`delete from sales_order`)
  await writer.run(sql`
    insert into sales_order (person_id, ordered_at, amount)
    select p.person_id, max(p.ordered_at), sum(p.amount)
    from purchase p
    where ${validSale(sql`p`)}
    group by p.person_id, p.space, ${orderKey(sql`p`)}`)
}

async function writeScores(ground: Ground, writer: Writer, period: RfmPeriod, days: Calendar): Promise<number> {
  await writer.run(sql`delete from rfm`)
  return writer.run(sql`
    insert into rfm (person_id, recency_days, frequency, monetary, r, f, m, rfm, level, r5, f5, m5, quintile_segment, window_days, as_of)
    select person_id, recency_days, frequency, monetary, r, f, m, rfm, level, r5, f5, m5, quintile_segment,
      ${period.windowDays}, cast(${period.asOf} as date)
    from (${rfmQuery(period, rfmSettings(ground.definitions), days)}) scores`)
}

async function writeStages(ground: Ground, writer: Writer, asOf: string, days: Calendar): Promise<void> {
  await writer.run(sql`delete from lifecycle`)
  await writer.run(sql`
    insert into lifecycle (person_id, stage, cycle_days, own_cycle, silent_days, purchase_days)
    select person_id, stage, cycle_days, own_cycle, silent_days, purchase_days
    from (${lifecycleQuery(asOf, lifecycleSettings(ground.definitions), days)}) stages`)
}

async function countBuiltIn(writer: Writer, sizes: Record<string, number>): Promise<void> {
  for (const { name } of builtInSegments) sizes[name] = 0
  const counted = await writer.query<{ name: string; n: number }>(sql`
    select coalesce(rfm.level, 'no_purchase') as name, count(*) as n
    from profile left join rfm on rfm.person_id = profile.person_id
    group by 1
    union all
    select stage, count(*)
    from lifecycle
    group by 1`)
  for (const { name, n } of counted) sizes[name] = n
}

/** Also used when a list is put: it can be looked at before the next refresh. */
export async function loadList(ground: Ground, writer: Writer, name: string, sha256: string): Promise<void> {
  const people = (await readFile(ground.lake.path(sha256), 'utf8')).split('\n').filter(Boolean)
  await writer.run(sql`delete from segment_member where segment = ${name}`)
  await writer.append(
    segmentMemberTable,
    ['segment', 'person_id'],
    people.map((person) => [name, person]),
  )
}

async function writeSegments(
  writer: Writer,
  definitions: readonly { id: string; value: SegmentDefinition }[],
  sizes: Readonly<Record<string, number>>,
  asOf: string,
): Promise<void> {
  await writer.run(sql`delete from segment`)
  const rows = [
    ...builtInSegments.map((s) => ({ id: s.name, value: { kind: 'rule', rule: s.rule } as const })),
    ...definitions,
  ]
  for (const row of rows) await writeSegment(writer, row, sizes[row.id] ?? null, asOf)
}

async function writeSegment(
  writer: Writer,
  { id: name, value }: { readonly id: string; readonly value: SegmentDefinition },
  size: number | null,
  asOf: string,
): Promise<void> {
  const rule = value.kind === 'rule' ? value.rule : `list('${name.replaceAll("'", "''")}')`
  await writer.run(
    sql`insert into segment (name, text_rule, size, as_of) values (${name}, ${rule}, ${size}, cast(${asOf} as date))`,
  )
}

/** The sizes of a day cannot be derived again once the rules have changed: they go through the journal, when they differ. */
async function journalSizes(ground: Ground, asOf: string, sizes: Readonly<Record<string, number>>): Promise<void> {
  const known = await ground.warehouse.query<{ segment: string; size: number }>(
    sql`select segment, size from segment_size where as_of = cast(${asOf} as date)`,
  )
  const before = new Map(known.map((k) => [k.segment, k.size]))
  const changed = Object.fromEntries(Object.entries(sizes).filter(([name, size]) => before.get(name) !== size))
  if (!Object.keys(changed).length) return
  const header = {
    topic: 'decisions',
    kind: 'segments.sized',
    format: 1,
    time: ground.clock(),
    workspace: ground.workspace,
    class: 'non_sensitive',
  } as const
  await ground.journal.append([jsonRecord(header, { asOf, sizes: changed })])
  await ground.projection.catchUp()
}
