import { raw, sql, type Writer } from '../warehouse/index.ts'
import { plainKeySql } from './key-sql.ts'

/** So many numbers must be in both spaces, and so large a share of them must carry one name, before they count as the same. */
const least = { numbers: 10, agreeing: 0.8 }

/**
 * Which id spaces speak of the same membership numbers, as when the mall knows the card number of the membership
 * system. Two systems that each count from 1 share numbers too: only the names told side by side can say which it is.
 */
export async function fillRealms(writer: Writer): Promise<void> {
  await writer.run(sql`delete from identity_realm`)
  await writer.run(sql`
    insert into identity_realm (space, realm)
    with held as (
      select distinct c.space, ${plainKeySql(raw('c.member_no'))} as number, f.name_key
      from customer c
      join name_form f on f.name = c.name and f.kind = 'full'
      where c.member_no is not null
    ),
    compared as (
      select a.space as one, b.space as other
      from held a
      join held b on b.number = a.number and b.space <> a.space
      group by a.space, b.space
      having count(distinct a.number) >= ${least.numbers}
        and sum(case when a.name_key = b.name_key then 1 else 0 end) >= ${least.agreeing} * count(*)
    )
    select one, least(one, min(other))
    from compared
    group by one`)
}
