import type { Text } from '../base/text.ts'
import { id, sql, w, type Warehouse } from '../warehouse/index.ts'
import { behaviours } from './language/behaviours.ts'
import { allRfmLevels } from './rfm-levels.ts'
import { lifecycleStages } from './lifecycle-stages.ts'
import { lifecycleTable, rfmTable } from './tables.ts'

export interface SegmentField {
  readonly path: string
  readonly text: Text
  readonly type: 'text' | 'number' | 'money' | 'date' | 'bool'
  readonly group: Text
  /** For choosing: the most frequent values. */
  readonly values?: readonly string[]
  readonly call?: boolean
}

const groups = {
  profile: { zh: '属性', en: 'Attributes' },
  value: { zh: '价值', en: 'Value' },
  behaviour: { zh: '行为', en: 'Behaviour' },
  segment: { zh: '分群与标签', en: 'Segments and tags' },
} as const

/** Attributes with few values, whose values are offered. */
const choosable = [
  'region',
  'city',
  'level',
  'gender',
  'channel',
  'industry',
  'favourite_category',
  'contact_role',
  'country',
]

/** What conditions may use, attributes with their most frequent values. */
export async function segmentFields(warehouse: Warehouse): Promise<SegmentField[]> {
  const profile = warehouse.tables.find((t) => t.name === 'profile')
  const columns = Object.entries(profile?.columns ?? {}).filter(([name]) => name !== 'person_id')
  const attributes = await Promise.all(
    columns.map(async ([path, column]): Promise<SegmentField> => {
      const type =
        column.type === 'bool'
          ? 'bool'
          : ['date', 'timestamp'].includes(column.type)
            ? 'date'
            : column.unit === 'money' || column.type === 'decimal'
              ? 'money'
              : ['int', 'bigint', 'double'].includes(column.type)
                ? 'number'
                : 'text'
      if (!choosable.includes(path) || column.class === 'core_sensitive')
        return { path, text: column.text, type, group: groups.profile }
      const values = await warehouse.query<{ value: string }>(sql`
        select ${id(path)} as value, count(*) as n
        from profile
        where ${id(path)} is not null
        group by 1
        order by n desc, value
        ${w.page(50, 0)}`)
      return { path, text: column.text, type, group: groups.profile, values: values.map((v) => String(v.value)) }
    }),
  )
  const scores = Object.entries(rfmTable.columns).filter(
    ([name]) => !['person_id', 'as_of', 'window_days'].includes(name),
  )
  const cycle = Object.entries(lifecycleTable.columns).filter(([name]) => !['person_id', 'stage'].includes(name))
  return [
    ...attributes,
    ...scores.map(([name, c]): SegmentField => ({
      path: `rfm.${name}`,
      text: c.text,
      type: c.type === 'text' ? 'text' : name === 'monetary' ? 'money' : 'number',
      group: groups.value,
      ...(name === 'level' ? { values: allRfmLevels.map((l) => l.id) } : {}),
    })),
    {
      path: 'stage',
      text: lifecycleTable.columns.stage.text,
      type: 'text',
      group: groups.value,
      values: lifecycleStages.map((s) => s.id),
    },
    ...cycle.map(([name, c]): SegmentField => ({
      path: `lifecycle.${name}`,
      text: c.text,
      type: c.type === 'bool' ? 'bool' : 'number',
      group: groups.value,
    })),
    ...behaviours
      .filter((b) => warehouse.tables.some((t) => t.name === b.table))
      .flatMap((b) =>
        Object.entries(b.measures).map(([name, m]): SegmentField => ({
          path: `${b.name}.${name}`,
          text: m.text,
          type: m.type,
          group: groups.behaviour,
          call: true,
        })),
      ),
    {
      path: 'in_segment',
      text: { zh: '属于分群', en: 'Is in a segment' },
      type: 'bool',
      group: groups.segment,
      call: true,
    },
    { path: 'list', text: { zh: '在名单中', en: 'Is on a list' }, type: 'bool', group: groups.segment, call: true },
    { path: 'tag', text: { zh: '带有标签', en: 'Has a tag' }, type: 'bool', group: groups.segment, call: true },
  ]
}
