import { Button, Select } from 'antd'
import type { InspectResponse, ReadPlan, Upload } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Failed } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { Banner } from '../../parts/tag.tsx'
import { useIntake } from './words.ts'

const encodings = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be', 'windows-1252']

interface Choice {
  key: keyof ReadPlan
  label: string
  value: string | undefined
  options: { value: string; label: string }[]
  make(value: string): Partial<ReadPlan>
}

/** Encoding, delimiter, header, sheet: what was found, why, and a way to say otherwise. */
export function ReadStep({
  file,
  response,
  choice,
  failed,
  onChoice,
  onNext,
}: {
  file: Upload['files'][number] | undefined
  response: InspectResponse
  choice: Partial<ReadPlan> | undefined
  failed: unknown
  onChoice(choice: Partial<ReadPlan>): void
  onNext(): void
}) {
  const t = useIntake()
  const f = useFormat()
  const { inspection } = response
  const { plan, choices } = inspection
  const header = plan.header === false ? 'none' : String(plan.skipLines ?? 0)
  const all: (Choice | false | undefined)[] = [
    plan.encoding !== undefined && {
      key: 'encoding',
      label: t('encoding'),
      value: plan.encoding,
      options: [...new Set([plan.encoding, ...encodings])].map((value) => ({ value, label: value.toUpperCase() })),
      make: (value) => ({ encoding: value as NonNullable<ReadPlan['encoding']> }),
    },
    plan.format === 'csv' && {
      key: 'delimiter',
      label: t('delimiter'),
      value: plan.delimiter,
      options: [
        { value: ',', label: t('comma') },
        { value: ';', label: t('semicolon') },
        { value: '\t', label: t('tab') },
        { value: '|', label: t('pipe') },
      ],
      make: (delimiter) => ({ delimiter }),
    },
    (plan.format === 'csv' || plan.format === 'xlsx') && {
      key: 'header',
      label: t('header'),
      value: header,
      options: [
        { value: '0', label: t('headerFirst') },
        ...[...new Set([1, 2, 3, 4, 5, Number(header) || 1])]
          .sort((a, b) => a - b)
          .map((n) => ({ value: String(n), label: t('headerAfter', { n }) })),
        { value: 'none', label: t('headerNone') },
      ],
      make: (value) =>
        value === 'none' ? { header: false, skipLines: 0 } : { header: true, skipLines: Number(value) },
    },
    choices?.sheets && {
      key: 'sheet',
      label: t('sheet'),
      value: plan.sheet,
      options: choices.sheets.map((value) => ({ value, label: value })),
      make: (sheet) => ({ sheet }),
    },
    choices?.members && {
      key: 'member',
      label: t('member'),
      value: plan.member,
      options: choices.members.map((value) => ({ value, label: value })),
      make: (member) => ({ member }),
    },
    choices?.recordsAt && {
      key: 'recordsAt',
      label: t('recordsAt'),
      value: plan.recordsAt,
      options: choices.recordsAt.map((value) => ({ value, label: value || '·' })),
      make: (recordsAt) => ({ recordsAt }),
    },
  ]
  return (
    <>
      <Panel
        title={file?.name ?? t('reasons')}
        extra={
          <span className="muted small num">
            {plan.format.toUpperCase()}
            {file && ` · ${f.bytes(file.bytes)}`}
            {inspection.estimatedRows !== undefined && ` · ${t('estimated', { n: f.n(inspection.estimatedRows) })}`}
          </span>
        }
      >
        <div className="stack">
          <p className="muted">{t('reasonsLead')}</p>
          <div className="choice-grid">
            {all
              .filter((c): c is Choice => !!c)
              .map((one) => (
                <div key={one.key}>
                  <label htmlFor={`choice-${one.key}`}>{one.label}</label>
                  <Select
                    id={`choice-${one.key}`}
                    aria-label={one.label}
                    style={{ width: '100%' }}
                    value={one.value}
                    options={one.options}
                    onChange={(value) => onChoice({ ...choice, ...one.make(value) })}
                  />
                </div>
              ))}
          </div>
          <ul className="reasons" aria-label={t('reasons')}>
            {inspection.reasons.map((reason, i) => (
              <li key={i}>{f.text(reason)}</li>
            ))}
          </ul>
          {inspection.warnings.length > 0 && (
            <Banner tone="warn">
              <strong>{t('warnings')}</strong>
              <ul>
                {inspection.warnings.map((warning) => (
                  <li key={warning.code}>{f.text(warning.text)}</li>
                ))}
              </ul>
            </Banner>
          )}
          {failed ? <Failed error={failed} /> : null}
        </div>
      </Panel>
      <Panel title={t('preview')} flush>
        <DataTable
          caption={t('preview')}
          maxHeight={340}
          rows={inspection.sample.slice(0, 50)}
          rowKey={(_, i) => String(i)}
          cols={inspection.columns.map((column, i) => ({
            key: column.name,
            head: column.name,
            nowrap: true,
            cell: (row: readonly (string | null)[]) => row[i] ?? <span className="muted">–</span>,
          }))}
        />
      </Panel>
      <Panel title={t('rawHead')}>
        <pre className="raw" tabIndex={0}>
          {inspection.head.join('\n')}
        </pre>
      </Panel>
      <div className="wizard-foot">
        <span />
        <Button type="primary" size="large" onClick={onNext}>
          {t('toMapping')}
        </Button>
      </div>
    </>
  )
}
