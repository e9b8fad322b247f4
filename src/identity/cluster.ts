import type { Ground } from '../governance/index.ts'
import { sql } from '../warehouse/index.ts'
import { identityClusterTable } from './tables.ts'
import { components, type Apart, type Links, type Partition } from './union-find.ts'
import type { ManualDecision } from './manual.ts'

type Heavy = Pick<Ground, 'warehouse'>
const heavy = { lane: 'heavy' } as const

/** Connected components of the proposed links and of people's decisions; only nodes that are linked are written. */
export async function clusterNodes(
  { warehouse }: Heavy,
  manual: readonly ManualDecision[],
): Promise<{ linked: number; refused: number }> {
  const [{ size }] = (await warehouse.query<{ size: number }>(sql`select count(*) as size from identity_node`)) as [
    { size: number },
  ]
  const found = await warehouse.columns(
    sql`
      select a, b, case when agreement in ('equal', 'sound') then 1 else 0 end as firm
      from identity_link
      order by priority, firm desc, a, b, type`,
    heavy,
  )
  const decided = await manualLinks({ warehouse }, manual)
  const links = prepend(decided.together, found.columns as unknown as Links)
  const facts = await nodeFacts({ warehouse }, Number(size))
  const partition = components(Number(size), links, facts, decided.apart)
  const rows = linkedRows(partition)
  const linked = await warehouse.transaction(async (writer) => {
    await writer.run(sql`delete from identity_cluster`)
    const count = await writer.append(identityClusterTable, ['node', 'root'], rows)
    const offset = decided.together.length
    await noteRefused(
      writer.run,
      partition.refused.filter((i) => i >= offset).map((i) => [links.a[i]!, links.b[i]!]),
    )
    return count
  })
  return { linked, refused: partition.refused.length }
}

function* linkedRows({ root }: Partition): Iterable<readonly [number, number]> {
  for (let i = 0; i < root.length; i++) if (root[i] !== i) yield [i, root[i]!]
}

/** Codes of what must not differ within a cluster: the smallest node that has the same value, plus 1. */
async function nodeFacts(
  { warehouse }: Heavy,
  size: number,
): Promise<{ exclusive: Float64Array[]; name: Float64Array }> {
  const { columns, rows } = await warehouse.columns(
    sql`
      with touched as (
        select a as node from identity_link union select b from identity_link
      ),
      names as (
        select r.node, min(r.name_key) as name_key
        from identity_record r
        join touched t on t.node = r.node
        where r.kind = 'full'
        group by r.node
      ),
      known as (
        select t.node, n.birth, n.id_card, m.name_key
        from touched t
        join identity_node n on n.node = t.node
        left join names m on m.node = t.node
      )
      select
        node,
        case when birth is not null then min(node) over (partition by birth) + 1 else 0 end as birth,
        case when id_card is not null then min(node) over (partition by id_card) + 1 else 0 end as id_card,
        case when name_key is not null then min(node) over (partition by name_key) + 1 else 0 end as name
      from known`,
    heavy,
  )
  const out = { birth: new Float64Array(size), id_card: new Float64Array(size), name: new Float64Array(size) }
  const node = columns['node'] as Float64Array
  for (const key of ['birth', 'id_card', 'name'] as const) {
    const values = columns[key] as Float64Array
    for (let i = 0; i < rows; i++) out[key][node[i]!] = values[i]!
  }
  return { exclusive: [out.birth, out.id_card], name: out.name }
}

/** People's decisions by node: each side belongs together, the sides of a split stay apart. References that are gone drop out. */
async function manualLinks(
  { warehouse }: Heavy,
  manual: readonly ManualDecision[],
): Promise<{ together: (readonly [number, number])[]; apart: Apart[] }> {
  if (!manual.length) return { together: [], apart: [] }
  const rows = await warehouse.query<{ node: number; ref: string }>(
    sql`select distinct n.node, n.ref from identity_manual m join identity_node n on n.ref = m.ref order by n.node`,
  )
  const nodeOf = new Map(rows.map((r) => [r.ref, Number(r.node)]))
  const nodes = (refs: readonly string[]): number[] => refs.flatMap((r) => nodeOf.get(r) ?? [])
  const chain = (list: readonly number[]): (readonly [number, number])[] => list.slice(1).map((n) => [list[0]!, n])
  const together: (readonly [number, number])[] = []
  const apart: Apart[] = []
  for (const decision of manual) {
    const left = nodes(decision.left)
    const right = nodes(decision.right)
    if (decision.kind === 'merge') together.push(...chain([...left, ...right]))
    else {
      together.push(...chain(left), ...chain(right))
      apart.push({ left, right })
    }
  }
  return { together, apart }
}

function prepend(first: readonly (readonly [number, number])[], rest: Links): Links {
  if (!first.length) return rest
  const joined = (head: number[], tail: Float64Array): Float64Array => Float64Array.from([...head, ...tail])
  return {
    a: joined(
      first.map((p) => p[0]),
      rest.a,
    ),
    b: joined(
      first.map((p) => p[1]),
      rest.b,
    ),
    firm: joined(
      first.map(() => 1),
      rest.firm,
    ),
  }
}

/** A refused link is a conflict of the values that both ends share. */
async function noteRefused(
  run: (query: ReturnType<typeof sql>) => Promise<number>,
  pairs: readonly (readonly [number, number])[],
): Promise<void> {
  for (const [a, b] of pairs.slice(0, 1_000))
    await run(sql`
      insert into identity_conflict (key_type, key_value, reason, records, sample)
      with both_ends as (
        select x.type, x.value
        from identity_shared x
        join identity_shared y on y.type = x.type and y.value = x.value and y.node = ${b}
        where x.node = ${a}
        order by x.type, x.value
        limit 1
      )
      select s.type, s.value, 'contradiction', 2, concat(na.ref, ' ', nb.ref)
      from both_ends s
      join identity_node na on na.node = ${a}
      join identity_node nb on nb.node = ${b}
      left join identity_conflict c on c.key_type = s.type and c.key_value = s.value
      where c.key_value is null`)
}
