import { Input, InputNumber, Select } from 'antd'
import { useFormat } from '../../i18n/format.ts'
import { useNames } from '../../parts/names.ts'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import type { SegmentField } from '../../api/types.ts'
import { useInsight } from './words.ts'

interface Property {
  type?: string
  enum?: readonly string[]
  default?: unknown
  minimum?: number
  maximum?: number
}

const known = [
  'by',
  'of',
  'field',
  'value',
  'bands',
  'top',
  'minCustomers',
  'minSupport',
  'items',
  'limit',
  'halfDays',
] as const
const knownValues = ['decile', 'month', 'limited', 'value', 'rfm_level', 'level'] as const

/** Options of an analysis, from its JSON schema; lists have no control of their own and keep their defaults. */
export function ParamsForm({
  schema,
  value,
  onChange,
}: {
  schema: unknown
  value: Record<string, unknown>
  onChange(value: Record<string, unknown>): void
}) {
  const t = useInsight()
  const f = useFormat()
  const { columnName } = useNames()
  const properties = Object.entries(
    (schema as { properties?: Record<string, Property> } | undefined)?.properties ?? {},
  ).filter(([, p]) => p.type !== 'array')
  const fields = useQuery({
    queryKey: ['/segments/fields'],
    staleTime: 600_000,
    enabled: properties.some(([name]) => name === 'field'),
    queryFn: ({ signal }) => api.get<SegmentField[]>('/segments/fields', {}, signal),
  })
  if (!properties.length) return null
  const label = (name: string) => {
    const key = known.find((one) => one === name)
    return key ? t(`param_${key}`) : name
  }
  const valueName = (code: string) => {
    const key = knownValues.find((one) => one === code)
    return key ? t(`paramValue_${key}`) : columnName(code)
  }
  const set = (name: string, next: unknown) => {
    const { [name]: _old, ...rest } = value
    onChange(next === undefined || next === null || next === '' ? rest : { ...rest, [name]: next })
  }
  return (
    <div className="filters">
      {properties.map(([name, property]) => {
        const now = value[name] ?? property.default
        return (
          <span className="field" key={name}>
            <span className="muted small">{label(name)}</span>
            {property.enum ? (
              <Select
                aria-label={label(name)}
                style={{ minWidth: 120 }}
                value={String(now ?? '')}
                onChange={(next: string) => set(name, next)}
                options={property.enum.map((code) => ({ value: code, label: valueName(code) }))}
              />
            ) : name === 'field' ? (
              <Select
                aria-label={label(name)}
                style={{ minWidth: 150 }}
                showSearch={{ optionFilterProp: 'label' }}
                value={String(now ?? '')}
                onChange={(next: string) => set(name, next)}
                options={fields.data
                  ?.filter((one) => !one.call && !one.path.includes('.'))
                  .map((one) => ({ value: one.path, label: f.text(one.text) }))}
              />
            ) : property.type === 'integer' || property.type === 'number' ? (
              <InputNumber
                aria-label={label(name)}
                style={{ width: 90 }}
                min={property.minimum}
                max={property.maximum}
                defaultValue={Number(now ?? 0)}
                onBlur={(event) => set(name, event.target.value === '' ? undefined : Number(event.target.value))}
              />
            ) : (
              <Input
                aria-label={label(name)}
                style={{ width: 150 }}
                defaultValue={String(now ?? '')}
                onBlur={(event) => set(name, event.target.value.trim())}
              />
            )}
          </span>
        )
      })}
    </div>
  )
}
