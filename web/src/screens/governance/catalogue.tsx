import { DownloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { api, apiUrl } from '../../api/client.ts'
import type { CatalogueView } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCodeName } from '../../parts/code-name.ts'
import { Panel } from '../../parts/page.tsx'
import { SearchInput } from '../../parts/search-input.tsx'
import { Loaded } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import './governance.css'
import { GovernanceHead } from './head.tsx'
import { useGovernance } from './words.ts'

const route = getRouteApi('/governance')
const tones: Record<string, Tone> = { core_sensitive: 'bad', sensitive: 'warn' }

export function Catalogue() {
  const t = useGovernance()
  const f = useFormat()
  const code = useCodeName()
  const { q, table: open } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery({
    queryKey: ['/catalogue'],
    queryFn: ({ signal }) => api.get<CatalogueView>('/catalogue', {}, signal),
  })
  const word = q?.toLowerCase()
  const hit = (name: string, text: { zh: string; en: string }) =>
    !word || `${name} ${text.zh} ${text.en}`.toLowerCase().includes(word)
  return (
    <>
      <GovernanceHead
        lead={t('leadCatalogue')}
        actions={
          <Button icon={<DownloadOutlined aria-hidden />} href={apiUrl('/definitions.yaml')}>
            {t('definitions')}
          </Button>
        }
      />
      <div className="stack">
        <div className="filters">
          <SearchInput
            value={q ?? ''}
            onSearch={(value) => void navigate({ search: { table: open, q: value || undefined }, replace: true })}
            label={t('search')}
          />
        </div>
        <Loaded query={query}>
          {({ tables }) => {
            const shown = tables.filter(
              (table) => hit(table.name, table.text) || table.columns.some((c) => hit(c.name, c.text)),
            )
            if (!shown.length) return <p className="muted">{t('noMatch', { q: q ?? '' })}</p>
            return (
              <Panel flush>
                {shown.map((table) => {
                  const sensitive = table.columns.filter((c) => c.class !== 'non_sensitive').length
                  const columns =
                    word && !hit(table.name, table.text)
                      ? table.columns.filter((c) => hit(c.name, c.text))
                      : table.columns
                  return (
                    <details
                      key={table.name}
                      className="table-entry"
                      open={open === table.name || (!!word && shown.length <= 3)}
                    >
                      <summary>
                        <code>{table.name}</code>
                        <strong>{f.text(table.text)}</strong>
                        <span className="muted small num facts">
                          {[
                            table.owner,
                            t('rowCount', { n: f.n(table.rows) }),
                            t('columns', { count: table.columns.length }),
                          ].join(' · ')}
                          {sensitive > 0 && ` · ${t('sensitive', { n: sensitive })}`}
                        </span>
                      </summary>
                      <DataTable
                        caption={f.text(table.text)}
                        rows={columns}
                        rowKey={(c) => c.name}
                        cols={[
                          { key: 'name', head: t('column'), cell: (c) => <code>{c.name}</code> },
                          { key: 'text', head: t('meaning'), cell: (c) => f.text(c.text) },
                          { key: 'type', head: t('type'), cell: (c) => <code className="muted">{c.type}</code> },
                          { key: 'unit', head: t('unit'), cell: (c) => c.unit ?? '' },
                          {
                            key: 'class',
                            head: t('class'),
                            cell: (c) => (
                              <Tag tone={tones[c.class] ?? 'plain'} icon={c.class !== 'non_sensitive'}>
                                {code('class', c.class)}
                              </Tag>
                            ),
                          },
                        ]}
                      />
                    </details>
                  )
                })}
              </Panel>
            )
          }}
        </Loaded>
      </div>
    </>
  )
}
