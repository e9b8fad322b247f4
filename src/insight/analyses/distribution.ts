import { z } from 'zod'
import { InputError } from '../../base/errors.ts'
import { id, sql, steps, w } from '../../warehouse/index.ts'
import { column } from '../columns.ts'
import type { Analysis } from '../contract.ts'
import { both, num, pct } from '../words.ts'

const params = z.strictObject({
  /** A column of the profile. */
  field: z.string().default('region'),
  /** Bands of a numeric field. */
  bands: z.number().int().min(2).max(50).default(10),
  top: z.number().int().min(1).max(200).default(20),
})
type Params = z.infer<typeof params>

export const distribution: Analysis<Params> = {
  id: 'distribution',
  layer: 'descriptive',
  name: { zh: '属性分布', en: 'Distribution of an attribute' },
  question: { zh: '客户在某一属性上如何分布？', en: 'How are customers spread over an attribute?' },
  definition: {
    zh: '范围内客户按画像字段取值计数；数值字段分成人数相近的段（下限含、上限不含，最后一段含上限），文本字段取人数最多的值，其余合为“其他”；空值单列。高度敏感字段不可用。',
    en: 'People in scope by a field of their profile; numbers in bands of about equal size (lower bound in, upper out, the last one in), texts by their most frequent values, the rest as "other"; missing apart. Core-sensitive fields cannot be used.',
  },
  params,
  run: async (scope, { field, bands, top }, tools) => {
    void scope
    const profile = tools.tables.find((t) => t.name === 'profile')
    const allowed = Object.entries(profile?.columns ?? {}).filter(
      ([name, c]) => name !== 'person_id' && c.class !== 'core_sensitive',
    )
    const found = allowed.find(([name]) => name === field)
    if (!found)
      throw new InputError('unknown_identifier', { name: field, known: allowed.map(([name]) => name).join(', ') })
    const [, declared] = found
    const numeric = ['int', 'bigint', 'double', 'decimal'].includes(declared.type)
    const values = sql`select ${id('profile', field)} as value from profile join ${tools.people} people on people.person_id = profile.person_id`
    const rows = numeric
      ? await tools.query<{ low: number | null; high: number | null; customers: number }>(
          steps(
            {
              all_values: values,
              banded: sql`select cast(value as double) as value, case when value is null then 0 else ntile(${bands}) over (partition by value is null order by value) end as band from all_values`,
            },
            sql`select min(value) as low, max(value) as high, count(*) as customers from banded group by band order by band`,
          ),
        )
      : await tools.query<{ value: unknown; customers: number; place: number }>(
          steps(
            {
              all_values: values,
              counted: sql`select ${w.cast(sql`value`, 'text')} as value, count(*) as customers from all_values group by 1`,
              placed: sql`select value, customers, row_number() over (order by value is null, customers desc, value) as place from counted`,
            },
            sql`
              select case when value is null then null when place > ${top} then 'other' else value end as value, sum(customers) as customers, min(place) as place
              from placed
              group by 1
              order by 3`,
          ),
        )
    const people = rows.reduce((sum, x) => sum + Number(x.customers), 0)
    const label = (x: Record<string, unknown>): string | null =>
      numeric
        ? x['low'] === null
          ? null
          : x['low'] === x['high']
            ? num(Number(x['low']), 2)
            : `${num(Number(x['low']), 2)}–${num(Number(x['high']), 2)}`
        : x['value'] === null
          ? null
          : String(x['value'])
    const table = rows.map((x) => ({
      value: label(x),
      customers: Number(x.customers),
      share: Number(x.customers) / people,
    }))
    // Missing ones come last.
    table.sort((a, b) => Number(a.value === null) - Number(b.value === null))
    const biggest = numeric ? undefined : table.find((x) => x.value !== null && x.value !== 'other')
    const missing = table.find((x) => x.value === null)
    const { zh, en } = declared.text
    return {
      columns: [
        {
          ...column('value', 'text', zh, en, { values: numeric ? {} : { other: both('其他', 'Other') } }),
          class: declared.class,
          mask: declared.mask,
        },
        column('customers', 'int', '客户数', 'Customers'),
        column('share', 'percent', '占比', 'Share'),
      ],
      rows: table,
      figures: { customers: { value: people, text: both('客户数', 'Customers') } },
      findings: [
        ...(biggest
          ? [
              {
                text: both(
                  `${zh}以“${biggest.value}”最多，占 ${pct(biggest.share)}（${num(biggest.customers)} 人）。`,
                  `${en}: "${biggest.value}" is most frequent, ${pct(biggest.share)} (${num(biggest.customers)} people).`,
                ),
                ...(declared.class === 'non_sensitive'
                  ? { people: `${field} = '${String(biggest.value).replaceAll("'", "''")}'` }
                  : {}),
              },
            ]
          : []),
        ...(missing && missing.share >= 0.3
          ? [
              {
                text: both(
                  `${pct(missing.share)} 的客户缺少“${zh}”。`,
                  `"${en}" is missing for ${pct(missing.share)} of customers.`,
                ),
                advice: both(
                  '在会员资料与结账环节补采该字段后再据此分群。',
                  'Collect it in the member form and at check-out before building segments on it.',
                ),
                people: `${field} is missing`,
              },
            ]
          : []),
      ],
      chart: { kind: 'bar', x: 'value', y: ['customers'] },
    }
  },
}
