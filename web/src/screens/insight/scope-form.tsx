import { Select } from 'antd'
import { useFormat } from '../../i18n/format.ts'
import { DayInput } from '../../parts/day-input.tsx'
import { useSegments } from '../profiles/names.ts'
import { useInsight } from './words.ts'

export interface ScopeValue {
  people?: string
  asOf?: string
  windowDays?: number
}

/** People, day and window of an analysis; the people are a segment or everybody. */
export function ScopeForm({ value, onChange }: { value: ScopeValue; onChange(value: ScopeValue): void }) {
  const t = useInsight()
  const f = useFormat()
  const segments = useSegments()
  const options = segments.data?.map((s) => ({ value: s.rule, label: f.text(s.text) || s.name })) ?? []
  if (value.people && !options.some((o) => o.value === value.people))
    options.unshift({ value: value.people, label: value.people })
  return (
    <div className="filters">
      <Select
        aria-label={t('people')}
        style={{ minWidth: 200, maxWidth: 340 }}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('everyone')}
        value={value.people}
        onChange={(people?: string) => onChange({ ...value, people })}
        options={options}
      />
      <DayInput label={t('asOf')} value={value.asOf} onChange={(asOf) => onChange({ ...value, asOf })} />
      <Select
        aria-label={t('window')}
        style={{ width: 120 }}
        allowClear
        placeholder={t('window')}
        value={value.windowDays}
        onChange={(windowDays?: number) => onChange({ ...value, windowDays })}
        options={[...new Set([30, 90, 180, 365, 730, value.windowDays ?? 365])]
          .sort((a, b) => a - b)
          .map((n) => ({ value: n, label: t('windowDays', { n }) }))}
      />
    </div>
  )
}
