import { id, sql, type Writer } from '../warehouse/index.ts'
import { linkTypes } from './link-types.ts'

/**
 * Whose a phone, e-mail or card is, for rows that carry no customer number. Only values that one person alone carries:
 * what a household or a till shares belongs to nobody.
 */
export async function refreshKeys(writer: Writer): Promise<void> {
  await writer.run(sql`delete from person_key where key_type <> 'ref'`)
  for (const type of linkTypes) {
    const value = id(type.name)
    await writer.run(sql`
      insert into person_key (key_type, key_value, person_id)
      select ${type.name}, r.${value}, min(k.person_id)
      from identity_record r
      join identity_node n on n.node = r.node
      join person_key k on k.key_type = 'ref' and k.key_value = n.ref
      left join identity_conflict g on g.key_type = ${type.name} and g.key_value = r.${value} and g.reason = 'generic'
      where r.${value} is not null and g.key_value is null
      group by r.${value}
      having min(k.person_id) = max(k.person_id)`)
  }
}
