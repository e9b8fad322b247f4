import { Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import type { SegmentField } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { DayInput } from '../../parts/day-input.tsx'
import { leafFor, opsOf, takesList, takesNoValue, type Leaf } from './tree.ts'
import { useSegmentWords } from './words.ts'

const spans = ['30d', '90d', '180d', '365d'] as const
const knownOps = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'contains',
  '~',
  'in',
  'not in',
  'missing',
  'not missing',
  'is',
] as const

/** One condition: field, window of a behaviour, comparison, value; each control has its own name. */
export function ConditionEditor({
  index,
  leaf,
  fields,
  tools,
  onChange,
}: {
  index: number
  leaf: Leaf
  fields: readonly SegmentField[]
  tools: ReactNode
  onChange(leaf: Leaf): void
}) {
  const t = useSegmentWords()
  const f = useFormat()
  const field = fields.find((one) => one.path === leaf.field)
  const nth = (label: string) => `${label} ${index + 1}`
  const groups = [...new Set(fields.map((one) => f.text(one.group)))]
  if (leaf.field === 'expression') {
    return (
      <div className="condition">
        <span className="muted small">{t('expression')}</span>
        <Input
          style={{ flex: 1, minWidth: 200 }}
          aria-label={nth(t('expression'))}
          className="mono"
          value={String(leaf.value ?? '')}
          onChange={(event) => onChange({ ...leaf, value: event.target.value })}
        />
        {tools}
      </div>
    )
  }
  const opName = (op: string) => {
    const known = knownOps.find((one) => one === op)
    return known ? t(`op_${known}`) : op
  }
  const texts = (leaf.args ?? []).filter(
    (arg): arg is string | number => typeof arg === 'string' || typeof arg === 'number',
  )
  return (
    <div className="condition">
      <Select
        aria-label={nth(t('field'))}
        style={{ width: 156 }}
        popupMatchSelectWidth={260}
        showSearch={{ optionFilterProp: 'search' }}
        placeholder={t('chooseField')}
        value={leaf.field || undefined}
        onChange={(path: string) => {
          const next = fields.find((one) => one.path === path)
          if (next) onChange(leafFor(next))
        }}
        options={groups.map((group) => ({
          label: group,
          options: fields
            .filter((one) => f.text(one.group) === group)
            .map((one) => ({
              value: one.path,
              label: f.text(one.text),
              search: `${one.text.zh} ${one.text.en} ${one.path}`,
            })),
        }))}
      />
      {leaf.args && (field?.type === 'bool' || texts.length > 0) && (
        <ValueInput
          label={nth(t('argument'))}
          field={field && { ...field, type: 'text' }}
          op="="
          value={texts[0] ?? ''}
          onChange={(value) => onChange({ ...leaf, args: [value, ...(leaf.args ?? []).slice(1)] })}
        />
      )}
      {(leaf.args !== undefined || leaf.within !== undefined) &&
        !/^(in_segment|list|tag)$|\.days$/.test(leaf.field) && (
          <Select
            aria-label={nth(t('within'))}
            style={{ width: 118 }}
            value={leaf.within ?? ''}
            onChange={(within: string) => onChange({ ...leaf, within: within || undefined, args: leaf.args ?? [] })}
            options={[
              { value: '', label: t('withinAny') },
              ...spans.map((span) => ({ value: span, label: t(`within_${span}`) })),
              ...(leaf.within && !(spans as readonly string[]).includes(leaf.within)
                ? [{ value: leaf.within, label: t('withinSpan', { span: leaf.within }) }]
                : []),
            ]}
          />
        )}
      {!(field?.type === 'bool' && leaf.op === 'is') && (
        <Select
          aria-label={nth(t('op'))}
          style={{ width: 92 }}
          value={leaf.op}
          disabled={!leaf.field}
          onChange={(op: string) => {
            const { value: _old, ...rest } = leaf
            const value = takesNoValue(op)
              ? undefined
              : takesList(op)
                ? Array.isArray(leaf.value)
                  ? leaf.value
                  : leaf.value === undefined || leaf.value === ''
                    ? []
                    : [leaf.value]
                : Array.isArray(leaf.value)
                  ? leaf.value[0]
                  : leaf.value
            onChange(value === undefined ? { ...rest, op } : { ...rest, op, value })
          }}
          options={opsOf(field, leaf.op).map((op) => ({ value: op, label: opName(op) }))}
        />
      )}
      {leaf.field && !takesNoValue(leaf.op) && (
        <ValueInput
          label={nth(t('value'))}
          field={field}
          op={leaf.op}
          value={leaf.value}
          onChange={(value) => onChange({ ...leaf, value })}
        />
      )}
      {tools}
    </div>
  )
}

function ValueInput({
  label,
  field,
  op,
  value,
  onChange,
}: {
  label: string
  field: SegmentField | undefined
  op: string
  value: unknown
  onChange(value: unknown): void
}) {
  const t = useSegmentWords()
  if (takesList(op)) {
    return (
      <Select
        mode="tags"
        aria-label={label}
        style={{ minWidth: 180, flex: 1 }}
        tokenSeparators={[',', '，', '、']}
        placeholder={t('values')}
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={(list: string[]) =>
          onChange(
            field?.type === 'number' || field?.type === 'money' ? list.map(Number).filter(Number.isFinite) : list,
          )
        }
        options={field?.values?.map((one) => ({ value: one, label: one }))}
      />
    )
  }
  if (field?.type === 'number' || field?.type === 'money')
    return (
      <InputNumber
        aria-label={label}
        style={{ width: 92 }}
        value={value === '' || value === undefined ? null : Number(value)}
        onChange={(n) => onChange(n ?? '')}
      />
    )
  if (field?.type === 'bool') {
    return (
      <Select
        aria-label={label}
        style={{ width: 90 }}
        value={value === true ? 'true' : value === false ? 'false' : undefined}
        onChange={(one: string) => onChange(one === 'true')}
        options={[
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]}
      />
    )
  }
  if (field?.type === 'date')
    return (
      <DayInput
        label={label}
        clearable={false}
        value={String(value ?? '').slice(0, 10) || undefined}
        onChange={(day) => onChange(day ?? '')}
      />
    )
  if (field?.values?.length && (op === '=' || op === '!=')) {
    return (
      <Select
        aria-label={label}
        style={{ minWidth: 130 }}
        showSearch
        value={value === '' || value === undefined ? undefined : String(value)}
        placeholder={t('value')}
        onChange={onChange}
        options={[...new Set([...field.values, ...(value ? [String(value)] : [])])].map((one) => ({
          value: one,
          label: one,
        }))}
      />
    )
  }
  return (
    <Input
      aria-label={label}
      style={{ width: 170 }}
      placeholder={t('value')}
      value={String(value ?? '')}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
