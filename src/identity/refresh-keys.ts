import { id, join, sql, type Writer } from '../warehouse/index.ts'
import { linkTypes } from './link-types.ts'

/**
 * Whose a phone, e-mail or card is, for rows that carry no customer number. Only values that one person alone carries:
 * what a household or a till shares belongs to nobody.
 */
export async function refreshKeys(writer: Writer): Promise<void> {
  await writer.run(sql`delete from person_key where key_type <> 'ref'`)
  const filled = await writer.query<Record<string, number>>(
    sql`select ${join(linkTypes.map((t) => sql`count(${id(t.name)}) as ${id(t.name)}`))} from identity_record`,
  )
  await writer.run(sql`create or replace temp table node_person as
    select n.node, k.person_id
    from identity_node n
    join person_key k on k.key_type = 'ref' and k.key_value = n.ref`)
  for (const type of linkTypes) {
    if (!Number(filled[0]?.[type.name])) continue
    const value = id(type.name)
    await writer.run(sql`
      insert into person_key (key_type, key_value, person_id)
      select ${type.name}, r.${value}, min(k.person_id)
      from identity_record r
      join node_person k on k.node = r.node
      left join identity_conflict g on g.key_type = ${type.name} and g.key_value = r.${value} and g.reason = 'generic'
      where r.${value} is not null and g.key_value is null
      group by r.${value}
      having min(k.person_id) = max(k.person_id)`)
  }
  await writer.run(sql`drop table if exists temp.node_person`)
}
