import { DownloadOutlined, TableOutlined } from '@ant-design/icons'
import { Checkbox } from 'antd'
import { apiUrl, type Query } from '../../api/client.ts'
import { Flyout } from '../../parts/flyout.tsx'
import { columnKeys, type ColumnKey } from './columns.tsx'
import { useProfiles } from './words.ts'

export function ColumnPicker({
  columns,
  onChange,
}: {
  columns: readonly ColumnKey[]
  onChange(columns: ColumnKey[]): void
}) {
  const t = useProfiles()
  return (
    <Flyout
      align="end"
      label={t('columns')}
      button={
        <>
          <TableOutlined aria-hidden />
          {t('columns')}
        </>
      }
    >
      <div className="column-list" role="group" aria-label={t('columns')}>
        {columnKeys.map((key) => (
          <Checkbox
            key={key}
            disabled={key === 'name'}
            checked={columns.includes(key)}
            onChange={(event) =>
              onChange(columnKeys.filter((one) => (one === key ? event.target.checked : columns.includes(one))))
            }
          >
            {t(`col_${key}`)}
          </Checkbox>
        ))}
      </div>
    </Flyout>
  )
}

/** Downloads of the whole filtered list, not only of what is on screen. */
export function ExportMenu({ query }: { query: Query }) {
  const t = useProfiles()
  const links = [
    ['exportXlsx', apiUrl('/customers.xlsx', query)],
    ['exportCsv', apiUrl('/customers.csv', query)],
    ['exportGb', apiUrl('/customers.csv', { ...query, encoding: 'gb18030' })],
    ['exportTemplate', apiUrl('/customers.xlsx', { ...query, template: '1' })],
  ] as const
  return (
    <Flyout
      align="end"
      label={t('export')}
      className="icon-button outlined"
      button={
        <>
          <DownloadOutlined aria-hidden />
          {t('export')}
        </>
      }
    >
      {(close) => (
        <div className="stack tight">
          {links.map(([key, href]) => (
            <a key={key} href={href} download onClick={close}>
              {t(key)}
            </a>
          ))}
          <p className="muted small">{t('exportNote')}</p>
        </div>
      )}
    </Flyout>
  )
}
