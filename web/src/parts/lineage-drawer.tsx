import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { api, Fault, seg } from '../api/client.ts'
import type { RowLineage } from '../api/types.ts'
import { useFormat } from '../i18n/format.ts'
import { words } from '../i18n/words.ts'
import { useCodeName } from './code-name.ts'
import { useNames } from './names.ts'
import { Loaded } from './states.tsx'
import { DataTable } from './table.tsx'
import { Tag } from './tag.tsx'

const useWords = words('lineage', {
  en: {
    title: 'Where this comes from',
    intro: 'A value is always one step from the line it was read from.',
    file: 'File',
    row: 'Row in the file',
    taken: 'Taken',
    batch: 'Import',
    mapping: 'Mapping version',
    hash: 'Fingerprint (SHA-256)',
    raw: 'Source line, unchanged',
    rawGone: 'The source line is no longer available.',
    stored: 'What was made of it',
    field: 'Field',
    column: 'Source column',
    value: 'Stored value',
    fixed: 'fixed value',
    rules: 'Rules that spoke up',
  },
  zh: {
    title: '数据来源',
    intro: '每个值都能一步追溯到读入时的那一行。',
    file: '文件',
    row: '文件中的行',
    taken: '导入时间',
    batch: '批次',
    mapping: '映射版本',
    hash: '指纹（SHA-256）',
    raw: '原始行，未改动',
    rawGone: '原始行已不可用。',
    stored: '入库结果',
    field: '字段',
    column: '来源列',
    value: '入库值',
    fixed: '固定值',
    rules: '触发的规则',
  },
})

export interface RowAt {
  dataset: string
  batch: number
  row: number
}

/** From any value down to its source row: file, line, mapping, stored values, rules. */
export function LineageDrawer({ at, onClose }: { at: RowAt | undefined; onClose(): void }) {
  const t = useWords()
  return (
    <Drawer open={!!at} onClose={onClose} title={t('title')} size={560} destroyOnHidden>
      {at && <Lineage at={at} />}
    </Drawer>
  )
}

function Lineage({ at }: { at: RowAt }) {
  const t = useWords()
  const f = useFormat()
  const code = useCodeName()
  const { columnName } = useNames()
  const query = useQuery({
    queryKey: ['lineage', at],
    queryFn: async ({ signal }) => {
      // A purchase comes from an order line or, without lines, from an order: `order_line|order`.
      const datasets = at.dataset.split('|')
      for (const [i, dataset] of datasets.entries()) {
        try {
          return await api.get<RowLineage>(`/lineage/${seg(dataset)}/${at.batch}/${at.row}`, {}, signal)
        } catch (error) {
          if (i === datasets.length - 1 || !(error instanceof Fault && error.status < 500)) throw error
        }
      }
      throw new Fault(404, { code: 'not_found' })
    },
  })
  return (
    <Loaded query={query}>
      {(row) => (
        <div className="stack">
          <p className="muted">{t('intro')}</p>
          <dl className="pairs">
            <dt>{t('file')}</dt>
            <dd>{row.path}</dd>
            <dt>{t('row')}</dt>
            <dd className="num">{f.n(row.row)}</dd>
            <dt>{t('batch')}</dt>
            <dd>
              <Link to="/sources/$id" params={{ id: row.source }}>
                {row.source} · {row.batch}
              </Link>
            </dd>
            <dt>{t('taken')}</dt>
            <dd>{f.time(row.takenAt)}</dd>
            <dt>{t('mapping')}</dt>
            <dd className="num">{row.mappingVersion}</dd>
            <dt>{t('hash')}</dt>
            <dd className="mono">{row.sha256}</dd>
          </dl>
          <div>
            <h3>{t('raw')}</h3>
            {row.raw === null ? (
              <p className="muted">{t('rawGone')}</p>
            ) : (
              <pre className="raw wrap" tabIndex={0}>
                {row.raw}
              </pre>
            )}
          </div>
          {row.rules.length > 0 && (
            <div className="stack tight">
              <h3>{t('rules')}</h3>
              {row.rules.map((rule) => (
                <div key={rule.id} className="row">
                  <Tag tone="warn" icon>
                    {code('outcome', rule.outcome)}
                  </Tag>
                  <span>{f.text(rule.message)}</span>
                </div>
              ))}
            </div>
          )}
          <div>
            <h3>{t('stored')}</h3>
            <DataTable
              caption={t('stored')}
              rows={Object.entries(row.values).filter(([, value]) => value !== null && value !== '')}
              rowKey={([name]) => name}
              cols={[
                {
                  key: 'field',
                  head: t('field'),
                  cell: ([name]) => <span title={name}>{columnName(name, row.dataset)}</span>,
                },
                { key: 'value', head: t('value'), cell: ([, value]) => String(value) },
                {
                  key: 'column',
                  head: t('column'),
                  cell: ([name]) => {
                    const made = row.mapping.fields[name]
                    return made?.column ?? (made?.value !== undefined ? t('fixed') : '')
                  },
                },
              ]}
            />
          </div>
        </div>
      )}
    </Loaded>
  )
}
