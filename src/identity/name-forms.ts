import type { Ground } from '../governance/index.ts'
import { sql } from '../warehouse/index.ts'
import { nameForms } from './name-form.ts'
import { nameFormTable } from './tables.ts'

const columns = ['name', 'name_key', 'kind', 'sound', 'pinyin', 'initials'] as const

/** Give every distinct customer name its forms; names that have them are passed over. Bounded memory. */
export async function fillNameForms(ground: Pick<Ground, 'warehouse'>): Promise<number> {
  const { warehouse } = ground
  const form = nameForms()
  const missing = sql`
    select distinct c.name
    from customer c
    left join name_form f on f.name = c.name
    where c.name is not null and f.name is null`
  let rows: string[][] = []
  let total = 0
  const flush = async (): Promise<void> => {
    if (!rows.length) return
    const batch = rows
    rows = []
    total += await warehouse.transaction((writer) => writer.append(nameFormTable, columns, batch))
  }
  for await (const chunk of warehouse.stream<{ name: string }>(missing, { lane: 'heavy' })) {
    for (const { name } of chunk) {
      const f = form(name)
      rows.push([name, f.key, f.kind, f.sound, f.pinyin, f.initials])
    }
    if (rows.length >= 200_000) await flush()
  }
  await flush()
  return total
}
