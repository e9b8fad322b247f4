import { Select } from 'antd'
import type { InspectResponse, Mapping } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { DataTable } from '../../parts/table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useIntake } from './words.ts'

/** Source columns with samples beside the field each becomes, with confidence as a colour and a word. */
export function MappingTable({
  response,
  mapping,
  onMapping,
}: {
  response: InspectResponse
  mapping: Mapping
  onMapping(mapping: Mapping): void
}) {
  const t = useIntake()
  const f = useFormat()
  const { inspection, suggestion, datasets } = response
  const dataset = datasets.find((d) => d.name === mapping.dataset)
  const fieldOf = (column: string) => Object.entries(mapping.fields).find(([, made]) => made.column === column)?.[0]
  const choose = (column: string, field: string | undefined) => {
    const fields = Object.fromEntries(
      Object.entries(mapping.fields).filter(([name, made]) => made.column !== column && name !== field),
    )
    if (field) {
      const before = mapping.fields[field]
      fields[field] = { ...(before?.column === column ? before : {}), column }
    }
    onMapping({ ...mapping, fields })
  }
  return (
    <DataTable
      caption={t('step_map')}
      middle
      rows={inspection.columns}
      rowKey={(column) => column.name}
      cols={[
        {
          key: 'column',
          head: t('column'),
          cell: (column) => <strong style={{ fontWeight: 600 }}>{column.name}</strong>,
        },
        {
          key: 'samples',
          head: t('samples'),
          cell: (column) => (
            <div className="samples ellipsis" title={column.examples.join(' · ')}>
              {column.examples.slice(0, 3).map((example, i) => (
                <span key={i}>{example}</span>
              ))}
            </div>
          ),
        },
        {
          key: 'field',
          head: t('field'),
          cell: (column) => (
            <Select
              aria-label={t('fieldFor', { column: column.name })}
              style={{ width: 230 }}
              showSearch={{ optionFilterProp: 'search' }}
              allowClear
              placeholder={t('leaveOut')}
              value={fieldOf(column.name)}
              onChange={(field: string | undefined) => choose(column.name, field)}
              options={dataset?.fields.map((field) => ({
                value: field.name,
                label: `${f.text(field.text)}${field.required ? ' *' : ''}`,
                search: `${field.text.zh} ${field.text.en} ${field.name}`,
              }))}
            />
          ),
        },
        {
          key: 'confidence',
          head: t('confidence'),
          cell: (column) => {
            const made = suggestion.fields.find((one) => one.column === column.name)
            const now = fieldOf(column.name)
            if (!now) return <span className="muted">{t('unmapped')}</span>
            if (now !== made?.field)
              return (
                <Tag tone="primary" icon>
                  {t('yours')}
                </Tag>
              )
            const tone = made.confidence >= 0.85 ? 'good' : made.confidence >= 0.6 ? 'primary' : 'warn'
            return (
              <span className="row" style={{ flexWrap: 'nowrap' }}>
                <Tag tone={tone} icon>
                  {t(tone === 'good' ? 'sure' : tone === 'primary' ? 'likely' : 'guess')} {f.pct(made.confidence, 0)}
                </Tag>
                <span className="muted small">{f.text(made.reason)}</span>
              </span>
            )
          },
        },
      ]}
    />
  )
}
